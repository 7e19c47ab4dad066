import type { ComponentChildren } from "preact";
import { type PageShell, SITE_NAME } from "./page-shell.ts";

export interface DocumentProps {
  shell: PageShell;
  title: string;
  /** What the page has, in one sentence of its own for search engines; nothing personal. */
  description?: string | undefined;
  /** Starts the title with 出错：, so that it is the first thing heard. */
  hasErrors?: boolean | undefined;
  /** Asks search engines to leave the page out. */
  isPrivate?: boolean | undefined;
  bodyClass?: string | undefined;
  /** Brings the style sheet of desks and workbenches. */
  isWork?: boolean | undefined;
  /** Whose session its reader stands in, so that the script tells before it ends; left out for visitors. */
  session?: "owner" | "institution" | "bank" | "staff" | undefined;
  /** Brings the style sheet of long texts, and the script of their editor where it is one. */
  longText?: "read" | "write" | undefined;
  /** A feed that readers can subscribe to from this page. */
  feed?: { title: string; href: string } | undefined;
  children: ComponentChildren;
}

/** The outermost of every page: language, title, style sheet, script, skip link. */
export function Document(props: DocumentProps) {
  const { shell, title, description, hasErrors, isPrivate, bodyClass } = props;
  const { isWork, session, longText, feed, children } = props;
  return (
    <html
      lang="zh-CN"
      data-mode={shell.mode}
      data-theme={shell.theme === "auto" ? undefined : shell.theme}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${hasErrors ? "出错：" : ""}${title} - ${SITE_NAME}`}</title>
        <meta
          name="description"
          content={describe(
            description ??
              `${shell.cityName}${SITE_NAME}：交款、退款、查明细、看进度，不登录也能办。`,
          )}
        />
        {isPrivate && <meta name="robots" content="noindex" />}
        <meta name="color-scheme" content={shell.theme === "auto" ? "light dark" : shell.theme} />
        <link rel="stylesheet" href={shell.cssHref} />
        {isWork && <link rel="stylesheet" href={shell.workCssHref} />}
        {longText && <link rel="stylesheet" href={shell.articleCssHref} />}
        {feed && (
          <link rel="alternate" type="application/rss+xml" title={feed.title} href={feed.href} />
        )}
        <link rel="icon" href="/favicon.ico" type="image/svg+xml" />
        <script type="module" src={shell.jsHref} />
        {longText === "write" && <script type="module" src={shell.editorJsHref?.()} />}
      </head>
      <body class={bodyClass} data-session={session}>
        <i id="sprite" />
        <a class="skip" href="#main">
          跳到正文
        </a>
        {children}
      </body>
    </html>
  );
}

/** Search engines show about so much. */
const DESCRIPTION_MAX = 110;

/** Puts a description on one line, not longer than it is shown. */
function describe(text: string): string {
  const characters = Array.from(text.replace(/\s+/gu, " ").trim());
  return characters.length <= DESCRIPTION_MAX
    ? characters.join("")
    : `${characters.slice(0, DESCRIPTION_MAX - 1).join("")}…`;
}
