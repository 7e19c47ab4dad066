import type { Permission } from "#src/platform/http/route.ts";
import { siteDescriptors, siteRoutes } from "#src/site.ts";
import type { SiteParts } from "#src/site-parts.ts";
import type { WebVisitor } from "./web-visitor.ts";

/** A URL of the site as the site map writes it. */
export interface MappedRoute {
  /** `GET /me/houses/:house` */
  line: string;
  method: "GET" | "POST";
  permission: Permission;
  /** Whether the path names an object. */
  isOfObject: boolean;
}

/** A link or a form that a page offered, with what the form would send. */
export interface FoundUrl {
  route: MappedRoute;
  path: string;
  fields: readonly (readonly [string, string])[];
}

interface Pattern extends MappedRoute {
  matches: RegExp;
}

const PATTERNS: readonly Pattern[] = mapRoutes();

function mapRoutes(): Pattern[] {
  // Handlers are not called here, so the parts they stand on need not exist.
  const parts = { config: { disclosurePolicy: "open", fundCentreName: "" } };
  const bare = parts as unknown as SiteParts;
  return siteRoutes(bare, siteDescriptors(bare))
    .map(({ method, path, permission }) => ({
      line: `${method} ${path}`,
      method,
      permission,
      isOfObject: path.includes(":"),
      matches: new RegExp(`^${path.replaceAll(".", "\\.").replace(/:[a-z]+/gi, () => "([^/]+)")}$`),
    }))
    .toSorted((a, b) => Number(a.isOfObject) - Number(b.isOfObject));
}

/** Every route of the site map with one of these permissions. */
export function routesOf(permissions: readonly Permission[]): MappedRoute[] {
  return PATTERNS.filter(({ permission }) => permissions.includes(permission));
}

/** The route of a path; undefined for what is no page of the site map (style sheets, scripts). */
function routeOf(method: string, path: string): MappedRoute | undefined {
  const [bare = ""] = path.split(/[?#]/);
  return PATTERNS.find((one) => one.method === method && one.matches.test(bare));
}

/** A URL that no link or form leads to without an act before it, as a page after the act would offer it. */
export function urlOf(
  method: "GET" | "POST",
  path: string,
  fields: FoundUrl["fields"] = [],
): FoundUrl {
  const route = routeOf(method, path);
  if (route === undefined) throw new Error(`${method} ${path} is no URL of the site`);
  return { route, path, fields };
}

/** So many addresses of one route are enough: the twentieth page of a list guards itself as its first does. */
const OF_ONE_ROUTE = 3;

/**
 * Goes wherever a visitor's pages lead, from `starts` on, and gathers every link and every form that they offer.
 * Links are followed, forms are not sent. Pages for anyone are looked at only where they name an object, so that
 * the whole public site is not read again for each visitor. What `unread` matches is gathered and not opened.
 */
export async function crawl(
  visitor: WebVisitor,
  starts: readonly string[],
  unread = /^$/,
): Promise<FoundUrl[]> {
  const found = new Map<string, FoundUrl>();
  const counts = new Map<string, number>();
  const waiting = [...starts];
  for (const start of starts) note("GET", start, []);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const { status, headers, text } = await visitor.get(path);
    if (status >= 500) throw new Error(`${path} answered ${status}`);
    const isPage = `${headers["content-type"]}`.startsWith("text/html");
    if (status === 303) follow(headers.location ?? "");
    if (!isPage) continue;
    for (const href of linksOf(text)) follow(href);
    for (const form of formsOf(text, path)) note(form.method, form.action, form.fields);
  }
  return [...found.values()];

  function follow(href: string): void {
    const isNew = href.startsWith("/") && note("GET", href, []);
    if (isNew && !unread.test(href)) waiting.push(href.replace(/#.*/, ""));
  }

  /** Tells whether it is new and worth a visit. */
  function note(method: string, path: string, fields: FoundUrl["fields"]): boolean {
    const route = routeOf(method, path);
    const key = `${method} ${path.replace(/#.*/, "")} ${JSON.stringify(fields.map(([name]) => name))}`;
    if (route === undefined || found.has(key)) return false;
    if (route.permission === "anyone" && !route.isOfObject) return false;
    const count = counts.get(route.line) ?? 0;
    if (count >= OF_ONE_ROUTE) return false;
    counts.set(route.line, count + 1);
    found.set(key, { route, path: path.replace(/#.*/, ""), fields });
    return true;
  }
}

function linksOf(html: string): string[] {
  return [...html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)].map(([, href = ""]) => plain(href));
}

interface FoundForm {
  method: "GET" | "POST";
  action: string;
  fields: [string, string][];
}

function formsOf(html: string, page: string): FoundForm[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].flatMap(
    ([, tag = "", inner = ""]) => {
      const attribute = (name: string) =>
        plain(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
      const method = attribute("method").toLowerCase() === "post" ? "POST" : "GET";
      const fields = fieldsOf(inner);
      const actions = [...inner.matchAll(/\bformaction="([^"]*)"/g)].map(([, to = ""]) =>
        plain(to),
      );
      // Of a form that asks, only where it leads counts; what is typed into it is the visitor's.
      if (method === "GET") return [];
      return [attribute("action") || page, ...actions].map((action) => ({
        method,
        action,
        fields,
      }));
    },
  );
}

/** What the form holds without anything typed: hidden fields, prefilled boxes, the button that names something. */
function fieldsOf(inner: string): [string, string][] {
  const named = new Map<string, string>();
  for (const [, tag = ""] of inner.matchAll(/<(?:input|button)\b((?:"[^"]*"|[^">])*)>/g)) {
    const read = (name: string) => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1];
    const name = read("name");
    if (name === undefined || named.has(name) || read("type") === "file") continue;
    named.set(plain(name), plain(read("value") ?? ""));
  }
  return [...named];
}

function plain(text: string): string {
  const signs: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => signs[name] ?? "");
}
