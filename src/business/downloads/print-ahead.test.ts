import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { BlankForm } from "#src/applications/blank-forms/blank-form.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import { PrinterError } from "#src/platform/pdf/printer-error.ts";
import { NOW } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { openBlankForms } from "./blank-forms.ts";
import { printAhead } from "./print-ahead.ts";

const FORMS = ["退款要件清单", "委托书", "注册申请单"].map(
  (title, n): BlankForm => ({ code: `form-${n}`, title, category: "要件清单", lead: "办事时用。" }),
);

let database: TestDatabase;
/** What the printer was asked for, in order; each is printed when its turn is let through. */
let asked: string[];
let letThrough: (() => void)[];
let fails: Error | null;
let warnings: string[];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  asked = [];
  letThrough = [];
  fails = null;
  warnings = [];
  await database.owner.deleteFrom("blank_form").execute();
});

const printer: Printer = {
  print: async ({ data }) => {
    if (fails) throw fails;
    asked.push((data as { title: string }).title);
    await new Promise<void>((resolve) => letThrough.push(resolve));
    return Buffer.from(JSON.stringify(data));
  },
  close: async () => {},
  childPid: () => null,
};
const log = pino({ level: "warn" }, { write: (line: string) => void warnings.push(line) });

function open() {
  const frame = { fundCentreName: "示例中心", isDemo: false };
  return openBlankForms({ db: database.db, clock: () => NOW, log, printer, frame, forms: FORMS });
}

/** Lets the printer print until nobody asks it for anything more. */
async function printUntil<T>(ends: Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    for (const pass of letThrough.splice(0)) pass();
  }, 1);
  return await ends.finally(() => clearInterval(timer));
}

const askedFor = (count: number) => expect.poll(() => asked.length).toBe(count);

test("a visitor who comes while the forms are printed ahead shares that printing", async () => {
  const forms = open();
  const stop = printAhead(forms, log);
  await askedFor(1);
  const lines = await printUntil(forms.list());
  expect(lines.every(({ edition }) => edition !== null)).toBe(true);
  expect(asked).toEqual(FORMS.map(({ title }) => title));
  await stop();
});

test("a visitor who comes afterwards waits for nothing", async () => {
  const forms = open();
  const stop = printAhead(forms, log);
  await printUntil(forms.list());
  await stop();
  asked = [];
  expect((await forms.list()).every(({ edition }) => edition !== null)).toBe(true);
  // Nor does a start after which nothing changed.
  const again = open();
  await printUntil(again.printChanged(new AbortController().signal));
  expect(asked).toEqual([]);
});

test("whoever stops the system waits for the form under way, not for the rest", async () => {
  const stop = printAhead(open(), log);
  await askedFor(1);
  await printUntil(stop());
  expect(asked).toHaveLength(1);
  const kept = await database.db.selectFrom("blank_form").select("code").execute();
  expect(kept).toEqual([{ code: "form-0" }]);
});

test.each([
  ["printer", new PrinterError("printer-closed", "closed")],
  ["database", null],
])("a %s that fails is written into the log and stops nothing", async (_what, error) => {
  fails = error;
  const forms =
    error === null
      ? { printChanged: async () => await Promise.reject(new Error("no connection")) }
      : open();
  const stop = printAhead(forms, log);
  await expect.poll(() => warnings.length).toBeGreaterThan(0);
  await expect(stop()).resolves.toBeUndefined();
  expect(warnings.join("")).toContain("could not be printed");
});
