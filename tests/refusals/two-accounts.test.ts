import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  INSTITUTION_PERMISSIONS,
  type InstitutionKind,
  type Permission,
  STAFF_PERMISSIONS,
  type StaffPermission,
} from "#src/platform/http/route.ts";
import { crawl, type FoundUrl, routesOf } from "../support/crawl.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import {
  type AccountKind,
  buildWatchedCases,
  buildWatchedInstitution,
  buildWatchedOwner,
  buildWatchedTeller,
  CASE_MARKS,
  enterOtherInstitution,
  enterOtherOwner,
  WATCHED_STAFF,
  type WatchedAccount,
} from "../support/two-accounts.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

/**
 * Two accounts of each kind. Everything that the pages of one lead to, links and forms with what they hold, is tried
 * by the other one and by everybody else who can sign in: nothing of it opens, nothing of it is told, nothing changes.
 */

const KINDS: readonly InstitutionKind[] = INSTITUTION_PERMISSIONS.institution;
const WHO: readonly AccountKind[] = ["owner", ...KINDS, "bank-teller"];

/** A whole site is built and gone through, also on a machine that does something else besides. */
const WHOLE_SITE_MS = 240_000;

let site: ServedSite;
const watched = new Map<AccountKind, WatchedAccount>();
const others = new Map<AccountKind | "editor", WebVisitor>();

beforeAll(async () => {
  site = await serveSite();
  const person = { name: "鸾业主", document: "110101198506155020", phone: "13900007101" };
  watched.set("owner", await buildWatchedOwner(site, person, "鸾业苑"));
  others.set("owner", await enterOtherOwner(site));
  for (const [n, kind] of KINDS.entries()) {
    watched.set(kind, await buildWatchedInstitution(site, kind, n + 2));
    others.set(kind, await enterOtherInstitution(site, kind));
  }
  watched.set("bank-teller", await buildWatchedTeller(site));
  others.set("bank-teller", await site.teller("teller-other"));
  others.set("editor", await site.staff("editor-demo"));
}, WHOLE_SITE_MS);
afterAll(() => site?.stop());

/** The permissions that let an account of a kind in at all. */
function permissionsOf(kind: AccountKind | "editor"): Permission[] {
  if (kind === "owner" || kind === "bank-teller") return [kind];
  if (kind === "editor") return ["staff", "editor"];
  const permissions = Object.entries(INSTITUTION_PERMISSIONS);
  return permissions.flatMap(([name, kinds]) =>
    (kinds as readonly string[]).includes(kind) ? [name as Permission] : [],
  );
}

/** Pages that name an object and belong to whoever asks all the same: an address that is found in the search. */
const ANYBODYS = ["", "/documents"].flatMap((more) =>
  ["GET", "POST"].map((method) => `${method} /me/link/:house${more}`),
);
/** Anybody may pay for any house; that form is filled in with nothing of the owner's for others. */
const ANYBODYS_ACT = "POST /deposit/:house";
/** Of the acts without an object in their address, the one whose form names one. */
const NAMED_IN_FORM = "POST /workbench/sessions/end";

const DOORS = ["/sign-in", "/sign-in/institution", "/bank/sign-in", "/review/sign-in"];

/** Sends what a page of somebody else's offered. */
function attempt(visitor: WebVisitor, { route, path, fields }: FoundUrl): Promise<WebAnswer> {
  return route.method === "GET" ? visitor.get(path) : visitor.post(path, fields);
}

/** What an answer tells besides what whoever asked has written himself: the address, and what the form holds. */
function told({ text, headers }: WebAnswer, { path, fields }: FoundUrl): string {
  const said = `${text}\n${headers.location ?? ""}`
    .replace(/(?:%[0-9a-f]{2})+/gi, decoded)
    .replaceAll("&amp;", "&");
  const own = [path, path.split("?")[0] ?? "", ...fields.map(([, value]) => value)];
  return own.filter((one) => one !== "").reduce((left, one) => left.replaceAll(one, ""), said);
}

function decoded(run: string): string {
  return Buffer.from(run.replaceAll("%", ""), "hex").toString();
}

/** Everything that is kept, but for the traces that any visit leaves. */
async function fingerprint(): Promise<Record<string, string>> {
  const { owner } = site.database;
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public'
      and tablename not in ('audit_event', 'captcha_challenge', 'demo_outbox', 'rate_limit', 'house_import',
        'house_import_problem', 'top_up_batch', 'top_up_file', 'city_book', 'estate_year', 'estate_month', 'estate_use',
        'estate_now')`.execute(owner);
  const prints: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ print: string }>`
      select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print from ${sql.table(name)} t`.execute(
      owner,
    );
    prints[name] = rows[0]?.print ?? "";
  }
  return prints;
}

/** Tries one URL of an account as somebody else, and says what was wrong with the answer; null for nothing. */
async function wrongWith(
  url: FoundUrl,
  by: { kind: AccountKind | "editor" | "visitor"; visitor: WebVisitor },
  marks: { all: readonly string[]; personal: readonly string[] },
): Promise<string | null> {
  const { route, path } = url;
  const mayCome = by.kind !== "visitor" && permissionsOf(by.kind).includes(route.permission);
  // An act about nobody but whoever does it: inviting, signing out, a password of his own.
  const isOwnAct = route.method === "POST" && !route.isOfObject && route.line !== NAMED_IN_FORM;
  // The editors share one desk: what one of them writes is the others' to read and to publish.
  const isSharedDesk = mayCome && route.permission === "editor";
  if ((mayCome && isOwnAct) || isSharedDesk || route.line === ANYBODYS_ACT) return null;
  const answer = await attempt(by.visitor, url);
  const isOpen = route.permission === "anyone" || ANYBODYS.includes(route.line);
  const text = told(answer, url);
  const seen = (isOpen ? marks.personal : marks.all).filter((mark) => text.includes(mark));
  const where = `${by.kind} at ${route.method} ${path}: ${answer.status}`;
  if (seen.length > 0) return `${where} tells ${seen.join(", ")}`;
  if (answer.status >= 500) return where;
  if (isOpen) return null;
  if (mayCome && !route.isOfObject) return null;
  const isSentAway = answer.status === 303 && DOORS.includes(answer.headers.location ?? "");
  return isSentAway || answer.status === 403 || answer.status === 404 ? null : where;
}

describe.each(WHO)("what is a %s's", (kind) => {
  let urls: FoundUrl[];

  beforeAll(async () => {
    const account = watched.get(kind) as WatchedAccount;
    urls = [...(await crawl(account.visitor, account.starts)), ...account.more];
  }, WHOLE_SITE_MS);

  test("is gathered whole: his pages lead to every URL that names an object of his", () => {
    const gathered = new Set(urls.map(({ route }) => route.line));
    const wanted = routesOf(permissionsOf(kind)).filter(({ isOfObject }) => isOfObject);
    expect(wanted.map(({ line }) => line).filter((line) => !gathered.has(line))).toEqual([]);
  });

  test("opens to himself", async () => {
    const { visitor, marks } = watched.get(kind) as WatchedAccount;
    const pages = urls.filter(
      ({ route }) => route.method === "GET" && route.isOfObject && route.permission !== "anyone",
    );
    const closed: string[] = [];
    for (const url of pages) {
      const { status } = await attempt(visitor, url);
      if (status !== 200) closed.push(`${url.path}: ${status}`);
    }
    expect(closed).toEqual([]);
    expect(marks.length).toBeGreaterThan(0);
  });

  test(
    "opens to nobody else, is told to nobody, and nothing of it changes",
    async () => {
      const { marks, personalMarks } = watched.get(kind) as WatchedAccount;
      const before = await fingerprint();
      const wrong: string[] = [];
      const visitors = [...others, ["visitor", site.visitor()] as const];
      for (const url of urls) {
        for (const [name, visitor] of visitors) {
          const found = await wrongWith(
            url,
            { kind: name, visitor },
            { all: marks, personal: personalMarks },
          );
          if (found !== null) wrong.push(found);
        }
      }
      expect(wrong).toEqual([]);
      expect(await fingerprint()).toEqual(before);
    },
    WHOLE_SITE_MS,
  );
});

test(
  "what the fund centre's people see opens to nobody from elsewhere, nor to a role that it is not for",
  async () => {
    const { starts, more } = await buildWatchedCases(site);
    const caseUrls = [...more];
    for (const role of WATCHED_STAFF) {
      // The builders' papers have rows and no files.
      caseUrls.push(...(await crawl(await site.staff(`${role}-demo`), starts, /\/documents\//)));
    }
    const gathered = new Set(caseUrls.map(({ route }) => route.line));
    const permissions = Object.keys(STAFF_PERMISSIONS) as StaffPermission[];
    const wanted = routesOf(permissions).filter(({ isOfObject }) => isOfObject);
    expect(wanted.map(({ line }) => line).filter((line) => !gathered.has(line))).toEqual([]);
    const before = await fingerprint();
    const wrong: string[] = [];
    const isStaff = ({ route }: FoundUrl) => route.permission in STAFF_PERMISSIONS;
    for (const url of caseUrls.filter(isStaff)) {
      for (const [kind, visitor] of [...others, ["visitor", site.visitor()] as const]) {
        const found = await wrongWith(
          url,
          { kind, visitor },
          { all: CASE_MARKS, personal: CASE_MARKS },
        );
        if (found !== null) wrong.push(found);
      }
    }
    expect(wrong).toEqual([]);
    expect(await fingerprint()).toEqual(before);
  },
  WHOLE_SITE_MS,
);
