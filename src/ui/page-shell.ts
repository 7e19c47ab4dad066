/** What every page needs to know about the deployment and about how this visitor reads. */
export interface PageShell {
  cssHref: string;
  jsHref: string;
  /** The further style sheet of desks and workbenches; left out where no page of a test has one. */
  workCssHref?: string;
  /** The further style sheet of pages that show a long text; left out where no page of a test does. */
  articleCssHref?: string;
  /** The script of the editor of long texts. */
  editorJsHref?: () => string;
  /** The page's own address with its query, to come back to after a change of display. */
  path: string;
  mode: "standard" | "elder";
  theme: "auto" | "light" | "dark";
  authorityName: string;
  fundCentreName: string;
  cityName: string;
  isDemo: boolean;
  /** An owner is signed in: the header offers 我的 and 退出 in place of 登录 and 注册. */
  isOwner?: boolean;
  /** When the fund centre's windows are open, in words; left out while it is not known. */
  serviceHours?: string | undefined;
  /** The fund centre's address, where the deployment has given it. */
  serviceAddress?: string;
}

/** The name of the site, which every title ends with. */
export const SITE_NAME = "物业专项维修资金公众服务平台";

/** Where the display changes: remembers elder mode or dark, then comes back to this page. */
export function displayHref(
  shell: PageShell,
  change: `mode=${string}` | `theme=${string}`,
): string {
  return `/display?${change}&back=${encodeURIComponent(shell.path)}`;
}
