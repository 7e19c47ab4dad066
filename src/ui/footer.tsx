import { Icon } from "./drawing/icon.tsx";
import { ModeLink } from "./header.tsx";
import { displayHref, type PageShell } from "./page-shell.ts";

const LINKS = [
  ["帮助", "/help"],
  ["搜索", "/search"],
  ["无障碍声明", "/accessibility"],
  ["隐私说明", "/privacy"],
  ["网站地图", "/sitemap"],
] as const;

/** Fewer in 适老版; the rest is one step away in the site map. */
const ELDER_LINKS = LINKS.filter(([, href]) => href !== "/search" && href !== "/accessibility");

/** The fund centre with hours, address and hotline, and the links that belong on every page. */
export function Footer({ shell }: { shell: PageShell }) {
  const address =
    shell.serviceAddress ?? (shell.isDemo ? `${shell.cityName}示范区民生路 1 号` : null);
  const links = shell.mode === "elder" ? ELDER_LINKS : LINKS;
  return (
    <footer class="foot on-deep">
      <div class="wrap">
        <div>
          <p class="foot-name">{shell.fundCentreName}</p>
          {(shell.serviceHours || address) && (
            <p>
              {shell.serviceHours && <span class="foot-fact">服务时间：{shell.serviceHours}</span>}
              {address && <span class="foot-fact">地址：{address}</span>}
            </p>
          )}
        </div>
        <p class="hotline">
          <Icon name="phone" />
          <a href="tel:12345">服务热线 12345</a>
        </p>
        <ul class={shell.theme === "auto" ? "theme-auto" : undefined}>
          <li>
            <ModeLink shell={shell} />
          </li>
          <ThemeLinks shell={shell} />
          {links.map(([title, href]) => (
            <li key={href}>
              <a href={href}>{title}</a>
            </li>
          ))}
        </ul>
      </div>
    </footer>
  );
}

/** While the system decides, both stand in the page and the style sheet shows the one that changes something. */
function ThemeLinks({ shell }: { shell: PageShell }) {
  return (
    <>
      {shell.theme !== "dark" && (
        <li class="theme-to-dark">
          <a href={displayHref(shell, "theme=dark")}>深色显示</a>
        </li>
      )}
      {shell.theme !== "light" && (
        <li class="theme-to-light">
          <a href={displayHref(shell, "theme=light")}>浅色显示</a>
        </li>
      )}
    </>
  );
}
