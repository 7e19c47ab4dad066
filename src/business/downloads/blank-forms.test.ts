import { createHash } from "node:crypto";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { BlankForm } from "#src/applications/blank-forms/blank-form.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import { PrinterError } from "#src/platform/pdf/printer-error.ts";
import { NOW } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { openBlankForms } from "./blank-forms.ts";
import { listDownloadEntries, listItems, listMostTaken } from "./list-items.ts";

const FORM: BlankForm = {
  code: "refund-papers",
  title: "退款要件清单",
  category: "要件清单",
  lead: "退款时用。",
  papers: [{ title: "材料", rules: [{ code: "id", title: "身份证", isRequired: true, max: 2 }] }],
};
const OTHER: BlankForm = { ...FORM, code: "letter", title: "委托书", category: "委托书和声明" };

let database: TestDatabase;
let asked: string[];
let fails: PrinterError | null;
const clock = { now: NOW };

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  asked = [];
  fails = null;
  clock.now = NOW;
  await database.owner.deleteFrom("blank_form").execute();
});

/** Prints what it was given, so that other words give other bytes. */
const printer: Printer = {
  print: async ({ data }) => {
    if (fails) throw fails;
    asked.push((data as { title: string }).title);
    const { edition: _, ...words } = data as Record<string, unknown>;
    return Buffer.from(JSON.stringify(words));
  },
  close: async () => {},
  childPid: () => null,
};

/** As a process opens them after a start. */
function open(forms: readonly BlankForm[] = [FORM, OTHER]) {
  return openBlankForms({
    db: database.db,
    clock: () => clock.now,
    log: pino({ level: "silent" }),
    printer,
    frame: { fundCentreName: "示例中心", isDemo: false },
    forms,
  });
}

test("a form is printed once, and not again after a restart", async () => {
  const first = open();
  const [line] = await first.list();
  await first.list();
  expect(asked).toEqual(["退款要件清单", "委托书"]);
  expect(line).toMatchObject({ downloadCount: 0, edition: { publishedOn: "2026-11-23" } });
  expect(await open().list()).toMatchObject([{ edition: line?.edition }, {}]);
  expect(asked).toHaveLength(2);
});

test("what is handed out has the hash that the list names, and is counted", async () => {
  const forms = open();
  const taken = await forms.take("refund-papers");
  await forms.take("refund-papers");
  const [line] = await forms.list();
  const sha256 = createHash("sha256")
    .update(taken?.content ?? "")
    .digest("hex");
  expect(line?.edition).toMatchObject({ sha256, sizeBytes: taken?.content.byteLength });
  expect(line?.downloadCount).toBe(2);
  expect(asked.filter((title) => title === "退款要件清单")).toHaveLength(1);
  expect(await forms.take("no-such-form")).toBeNull();
});

test("a changed paper gives another hash and a new day; the count and the first day stay", async () => {
  const before = open();
  await before.take("refund-papers");
  const [old] = await before.list();
  clock.now = new Date("2027-02-03T02:00:00Z");
  const rules = [{ code: "id", title: "身份证或护照", isRequired: true, max: 2 }];
  const [line] = await open([{ ...FORM, papers: [{ title: "材料", rules }] }, OTHER]).list();
  expect(line?.edition?.sha256).not.toBe(old?.edition?.sha256);
  expect(line).toMatchObject({
    downloadCount: 1,
    edition: { publishedOn: "2026-11-23", updatedOn: "2027-02-03" },
  });
});

test("the home shows what is taken most, and waits for no printing", async () => {
  const forms = open();
  expect(await listMostTaken(database.db, forms, 6)).toEqual([]);
  expect(asked).toEqual([]);
  await forms.list();
  await forms.take("letter");
  expect(await listMostTaken(database.db, forms, 1)).toMatchObject([
    { title: "委托书", href: "/downloads/forms/letter", fileName: "委托书（空白）.pdf" },
  ]);
  const changed = open([{ ...OTHER, title: "授权委托书" }, FORM]);
  expect(await listMostTaken(database.db, changed, 6)).toMatchObject([{ title: "退款要件清单" }]);
});

test("a printer that fails leaves the list whole, and the next look tries again", async () => {
  const forms = open();
  fails = new PrinterError("printer-busy", "too many");
  const failed = await listItems(database.db, forms);
  expect(failed.filter(({ href }) => href.startsWith("/downloads/forms/"))).toMatchObject([
    { title: "退款要件清单", edition: null },
    { title: "委托书", edition: null },
  ]);
  expect(await listDownloadEntries(database.db, forms)).toEqual([]);
  fails = null;
  expect((await forms.list()).every(({ edition }) => edition !== null)).toBe(true);
});
