import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { REFUND_REASONS } from "#src/business/owner-refund/reasons.ts";
import { listPolicyEntries } from "#src/business/policies/policy-entries.ts";
import { buildSiteIndex } from "#src/business/site-search/search-index.ts";
import { seedLocalRules } from "#src/demo/local-rules.ts";
import { DEPOSIT_STANDARDS, seedReferenceData } from "#src/demo/reference-data.ts";
import { createPrinter, type Printer } from "#src/platform/pdf/printer.ts";
import { simplifyCharacter } from "#src/platform/simplify.ts";
import type { SiteText } from "#src/platform/site-text.ts";
import { linkLaws } from "#src/register/law/law-links.ts";
import { listLaws } from "#src/register/law/laws.ts";
import type { SiteParts } from "#src/site-parts.ts";
import { NOW } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { siteBlankForms } from "./blank-forms.ts";
import { listPublicPages, siteTexts } from "./public-pages.ts";

let database: TestDatabase;
let printer: Printer;
let parts: SiteParts;

beforeAll(async () => {
  database = await testDatabase();
  await seedReferenceData(database.owner);
  await seedLocalRules(database.owner);
  await seedLocalRules(database.owner);
  printer = createPrinter();
  parts = {
    config: { fundCentreName: "示例中心", isDemo: true },
    db: database.db,
    clock: () => NOW,
    log: pino({ level: "silent" }),
    printer,
  } as unknown as SiteParts;
});
afterAll(async () => {
  await printer?.close();
  await database?.drop();
});

let texts: Promise<SiteText[]> | undefined;

/** Every text of the site, read once: the blank forms among them are printed for it. */
function readTexts(): Promise<SiteText[]> {
  texts ??= Promise.all(siteTexts(parts, siteBlankForms(parts)).map((read) => read())).then(
    (lists) => lists.flat(),
  );
  return texts;
}

test("search finds guides, files and single articles, each with words and a day", async () => {
  const entries = await readTexts();
  const find = (words: string) => entries.filter(({ text }) => text.includes(words));
  expect(find("携退款支款单").map(({ href }) => href)).toContain("/guides/owner-refund");
  expect(find("随房屋所有权同时过户")).toMatchObject([
    { href: "/policies/decree-165#article-28", kind: "政策" },
  ]);
  expect(entries.filter(({ kind }) => kind === "资料下载").length).toBeGreaterThan(15);
  expect(new Set(entries.map(({ href, title }) => `${href} ${title}`)).size).toBe(entries.length);
  for (const { title, text, date } of entries) {
    expect(title).not.toBe("");
    expect(text).not.toBe("");
    expect(date ?? "2026-01-01").toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
}, 60_000);

test("folding leaves every character of the site's own texts as it is", async () => {
  const entries = await readTexts();
  const changed = new Set<string>();
  for (const character of new Set(entries.map(({ title, text }) => title + text).join(""))) {
    if (simplifyCharacter(character) !== character) changed.add(character);
  }
  expect([...changed]).toEqual([]);
}, 60_000);

test("a law is found by its number and its usual names, its own page first", async () => {
  const index = buildSiteIndex(await listPolicyEntries(database.db));
  for (const typed of [
    "165号令",
    "165号",
    "第165号",
    "建设部令第165号",
    "建设部 财政部令第165号",
  ]) {
    const { hits, isPartial } = index.search(typed);
    expect([typed, hits[0]?.href, isPartial]).toEqual([typed, "/policies/decree-165", false]);
  }
  for (const typed of ["示例〔2023〕第1号", "示例〔2023〕1号"]) {
    const found = index.search(typed);
    expect([typed, found.hits[0]?.href]).toEqual([typed, "/policies/deposit-procedure"]);
  }
});

test("a business is found by what people call it, in either script", async () => {
  const entries = await readTexts();
  const index = buildSiteIndex(entries);
  const first = (typed: string) => index.search(typed).hits.map(({ href }) => href);
  expect(first("绑定房屋")).toContain("/guides/house-link");
  expect(first("开发商代交")).toContain("/guides/batch-deposit");
  expect(first("165号令")).toContain("/policies/decree-165");
  expect(first("买二手房")[0]).toBe("/guides/title-transfer");
  expect(first("退款").slice(0, 2)).toContain("/owner-service");
  // Names are for finding: what is shown of a page is what the page says.
  expect(entries.filter(({ names, text }) => names && text.includes(names))).toEqual([]);
  for (const [typed, simple] of [
    ["過戶", "过户"],
    ["拆遷", "拆迁"],
    ["監督", "监督"],
    ["委託書", "委托书"],
  ] as const) {
    expect(first(typed), typed).toEqual(first(simple));
    expect(first(typed).length, typed).toBeGreaterThan(0);
  }
  expect(index.search("公积金")).toMatchObject({ hits: [] });
}, 60_000);

test("the addresses for search engines are those of pages", async () => {
  const lists = await Promise.all(listPublicPages(parts).map((list) => list(NOW)));
  const paths = lists.flat().map(({ href }) => href);
  expect(paths).toEqual(
    expect.arrayContaining([
      ...["/guides", "/guides/top-up", "/downloads", "/calculator", "/policies"],
      ...["/policies/decree-165", "/policies/deposit-procedure", "/disclosure", "/help"],
    ]),
  );
  expect(new Set(paths).size).toBe(paths.length);
});

test("every local rule that standards, settings and refunds rest on can be read", async () => {
  const laws = await listLaws(database.db);
  const settings = await database.db.selectFrom("city_setting").select("legal_basis").execute();
  const bases = [
    ...settings.map(({ legal_basis }) => legal_basis),
    ...DEPOSIT_STANDARDS.map(({ legalBasis }) => legalBasis),
    ...REFUND_REASONS.map(({ legalBasis }) => legalBasis),
  ].filter((basis) => basis.includes("示例市"));
  expect(bases.length).toBeGreaterThan(5);
  for (const basis of bases) {
    const own = linkLaws(basis, laws).filter(({ href }) => href && !href.includes("decree-165"));
    expect(own.length, basis).toBeGreaterThan(0);
  }
});
