import { newWebVisitor, type WebAnswer, type WebVisitor } from "../../tests/support/web-visitor.ts";

/** A page that a visitor came to. */
export interface WalkedPage {
  path: string;
  answer: WebAnswer;
  /** Of the walker, so that a browser can come as the same person. */
  cookies: ReadonlyMap<string, string>;
}

/** Who walks: a name for reports, and a door with what is typed there; without a door, anybody. */
export interface Walker {
  name: string;
  door?: { path: string; fields: Record<string, string> };
}

const PASSWORD = "Demo-2026!";
const institution = (kind: string, username: string): Walker => ({
  name: username,
  door: {
    path: `/sign-in/institution?kind=${kind}`,
    fields: { kind, username, password: PASSWORD },
  },
});
const staff = (username: string): Walker => ({
  name: username,
  door: { path: "/review/sign-in", fields: { username, password: PASSWORD } },
});

/** Anybody, and the demonstration's people, one of each kind. */
export const WALKERS: readonly Walker[] = [
  { name: "anybody" },
  {
    name: "owner-demo",
    door: { path: "/sign-in", fields: { username: "owner-demo", password: PASSWORD } },
  },
  institution("developer", "developer-demo"),
  institution("property-company", "property-demo"),
  institution("committee", "committee-demo"),
  {
    name: "teller-demo",
    door: { path: "/bank/sign-in", fields: { username: "teller-demo", password: PASSWORD } },
  },
  ...[
    "intake-demo",
    "approver-demo",
    "finance-demo",
    "editor-demo",
    "admin-demo",
    "auditor-demo",
  ].map(staff),
];

interface Walk {
  starts: readonly string[];
  /** How many pages of one shape, such as those of single houses, are looked at. */
  pagesOfShape: number;
}

/** A walk ends here in any case. */
const PAGES_MAX = 400;

/**
 * Goes through the demonstration from its home page and from where a door leads, by links alone, and tells each
 * HTML page once. Of pages whose addresses differ in numbers only, the first few. Throws where a door stays shut.
 */
export async function* walkSite(
  baseUrl: string,
  walker: Walker,
  { starts, pagesOfShape }: Walk,
): AsyncGenerator<WalkedPage> {
  const visitor = newWebVisitor(baseUrl);
  const queue = [...starts, ...(await enter(visitor, walker))];
  const seen = new Set<string>();
  const shapes = new Map<string, number>();
  for (
    let path = queue.shift();
    path !== undefined && seen.size < PAGES_MAX;
    path = queue.shift()
  ) {
    const shape = shapeOf(path);
    const count = shapes.get(shape) ?? 0;
    if (seen.has(path) || count >= pagesOfShape) continue;
    seen.add(path);
    shapes.set(shape, count + 1);
    const answer = await visitor.get(path);
    if (answer.status >= 300 && answer.status < 400)
      queue.push(...own(answer.headers.location, path));
    if (!String(answer.headers["content-type"]).startsWith("text/html")) continue;
    yield { path, answer, cookies: visitor.cookies };
    queue.push(...linksOf(answer.text, path));
  }
}

/** Where the visitor stands after the door; nowhere in particular without one. */
async function enter(visitor: WebVisitor, { name, door }: Walker): Promise<string[]> {
  if (door === undefined) return [];
  const page = await visitor.get(door.path);
  const captchaId = hiddenValue(page.text, "captchaId");
  const captcha =
    captchaId === null ? {} : { captchaId, captcha: await outboxCode(visitor, captchaId) };
  let answer = await visitor.post(door.path.replace(/\?.*/, ""), { ...door.fields, ...captcha });
  if (answer.headers.location?.endsWith("/code")) {
    const codeForm = answer.headers.location;
    await visitor.get(codeForm);
    answer = await visitor.post(codeForm, { code: await outboxCode(visitor, name) });
  }
  if (answer.status !== 303) throw new Error(`${name}: the door answered ${answer.status}`);
  return own(answer.headers.location, "/");
}

async function outboxCode(visitor: WebVisitor, to: string): Promise<string> {
  const { text } = await visitor.get("/demo/outbox.json");
  const rows = JSON.parse(text) as { to: string; code: string }[];
  const row = rows.find((one) => one.to.includes(to));
  if (row === undefined) throw new Error(`the outbox holds nothing for ${to}`);
  return row.code;
}

function hiddenValue(html: string, name: string): string | null {
  const tag = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(html)?.[0] ?? "";
  return /value="([^"]*)"/.exec(tag)?.[1] ?? null;
}

function linksOf(html: string, from: string): string[] {
  return [...html.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)].flatMap(([, href = ""]) =>
    own(href.replaceAll("&amp;", "&"), from),
  );
}

/** The address without its fragment, when it is one of the site's own. */
function own(href: string | undefined, from: string): string[] {
  if (href === undefined) return [];
  const base = new URL(from, "http://site.invalid");
  const url = URL.parse(href, base);
  return url !== null && url.origin === base.origin ? [url.pathname + url.search] : [];
}

function shapeOf(path: string): string {
  const [folder = "", query = ""] = path.split("?", 2);
  const names = [...new URLSearchParams(query).keys()].sort().join("&");
  const segments = folder.split("/").map((part) => (/\d|%/.test(part) ? "#" : part));
  return `${segments.join("/")}?${names}`;
}
