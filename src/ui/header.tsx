import { Logo } from "./drawing/logo.tsx";
import { displayHref, type PageShell, SITE_NAME } from "./page-shell.ts";

const PLACES = [
  { place: "home", title: "首页", href: "/" },
  { place: "news", title: "新闻", href: "/news" },
  { place: "downloads", title: "资料下载", href: "/downloads" },
  { place: "guides", title: "办事指南", href: "/guides" },
  { place: "sign-in", title: "登录", href: "/sign-in" },
  { place: "register", title: "注册", href: "/register" },
] as const;

/** An entry of the navigation. */
export type NavigationPlace = (typeof PLACES)[number]["place"];

/** Logo and name, the switch to 适老版, and the six entries of the navigation. */
export function Header({
  shell,
  current,
}: {
  shell: PageShell;
  current: NavigationPlace | undefined;
}) {
  return (
    <header class="top">
      <div class="wrap">
        <a class="brand" href="/">
          <Logo />
          <span>
            <span class="brand-name">{SITE_NAME}</span>
            <span class="brand-of">{shell.authorityName}</span>
          </span>
        </a>
        <ModeLink shell={shell} className="mode-link" />
        <nav class="nav" aria-label="主导航">
          <ul>
            {PLACES.map(({ place, title, href }) => (
              <li
                key={place}
                class={place === "sign-in" || place === "register" ? "as-button" : undefined}
              >
                <a href={href} aria-current={place === current ? "page" : undefined}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

/** Leads to 适老版, or from there back to 标准版; also without script. */
export function ModeLink({ shell, className }: { shell: PageShell; className?: string }) {
  const isElder = shell.mode === "elder";
  return (
    <a class={className} href={displayHref(shell, isElder ? "mode=standard" : "mode=elder")}>
      {isElder ? "标准版" : "适老版"}
    </a>
  );
}
