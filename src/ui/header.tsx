import { Logo } from "./drawing/logo.tsx";
import { displayHref, type PageShell, SITE_NAME } from "./page-shell.ts";

const PLACES = [
  { place: "home", title: "首页", href: "/" },
  { place: "news", title: "新闻", href: "/news" },
  { place: "downloads", title: "资料下载", href: "/downloads" },
  { place: "guides", title: "办事指南", href: "/guides" },
] as const;

const VISITOR_PLACES = [
  { place: "sign-in", title: "登录", href: "/sign-in" },
  { place: "register", title: "注册", href: "/register" },
] as const;

const OWNER_PLACES = [{ place: "me", title: "我的", href: "/me" }] as const;

/** An entry of the navigation. */
export type NavigationPlace = (
  | (typeof PLACES)[number]
  | (typeof VISITOR_PLACES)[number]
  | (typeof OWNER_PLACES)[number]
)["place"];

/** In 适老版 four entries in one row: files and registering, which institutions do, are in the site map. */
const ELDER_HIDES: readonly NavigationPlace[] = ["downloads", "register"];

/** Logo and name, the switch to 适老版, and the six entries of the navigation: 登录 and 注册, or 我的 and 退出. */
export function Header({
  shell,
  current,
}: {
  shell: PageShell;
  current: NavigationPlace | undefined;
}) {
  const isShown = ({ place }: { place: NavigationPlace }) =>
    shell.mode !== "elder" || !ELDER_HIDES.includes(place);
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
            {PLACES.filter(isShown).map((entry) => (
              <Entry key={entry.place} {...entry} current={current} />
            ))}
            {(shell.isOwner ? OWNER_PLACES : VISITOR_PLACES).filter(isShown).map((entry) => (
              <Entry key={entry.place} {...entry} current={current} isButton />
            ))}
            {shell.isOwner && <SignOut />}
          </ul>
        </nav>
      </div>
    </header>
  );
}

function Entry(props: {
  place: NavigationPlace;
  title: string;
  href: string;
  current: NavigationPlace | undefined;
  isButton?: boolean;
}) {
  const { place, title, href, current, isButton } = props;
  return (
    <li class={isButton ? "as-button" : undefined}>
      <a href={href} aria-current={place === current ? "page" : undefined}>
        {title}
      </a>
    </li>
  );
}

/** Signing out changes something, so it is a button that posts, looking like the links beside it. */
function SignOut() {
  return (
    <li class="as-button">
      <form action="/sign-out" method="post">
        <button type="submit">退出</button>
      </form>
    </li>
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
