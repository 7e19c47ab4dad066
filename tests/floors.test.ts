import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspectFloors } from "../scripts/floors.ts";

/** Imports that must be caught, each planted alone into a small house that is otherwise clean. */
const PLANTED: readonly { what: string; file: string; imports: string; rule: string }[] = [
  {
    what: "the kernel reaching up to the ledger",
    file: "src/kernel/planted.ts",
    imports: "#src/ledger/post.ts",
    rule: "kernel-imports-downward",
  },
  {
    what: "a type taken from a higher floor",
    file: "src/ledger/planted.ts",
    imports: "type ../bank/notice.ts",
    rule: "ledger-imports-downward",
  },
  {
    what: "platform reaching sideways into ui",
    file: "src/platform/planted.ts",
    imports: "../ui/page.tsx",
    rule: "platform-imports-downward",
  },
  {
    what: "one business importing another",
    file: "src/business/owner-deposit/planted.ts",
    imports: "../bank-desk/desk.ts",
    rule: "one-business-never-imports-another",
  },
  {
    what: "a business using the demonstration city",
    file: "src/business/owner-deposit/planted.ts",
    imports: "#src/demo/city.ts",
    rule: "business-imports-downward",
  },
  {
    what: "the demonstration city using a business",
    file: "src/demo/planted.ts",
    imports: "#src/business/bank-desk/desk.ts",
    rule: "demo-imports-downward",
  },
  {
    what: "the site map importing the program's start",
    file: "src/site.ts",
    imports: "./main.ts",
    rule: "site-does-not-import-main",
  },
  {
    what: "a kernel that reads the disk",
    file: "src/kernel/planted.ts",
    imports: "node:fs",
    rule: "kernel-is-pure",
  },
  {
    what: "an import that leads nowhere",
    file: "src/bank/planted.ts",
    imports: "#src/ledger/nowhere.ts",
    rule: "resolvable",
  },
];

const CLEAN: Record<string, string> = {
  "package.json": '{"type":"module","imports":{"#src/*":"./src/*"}}',
  "src/kernel/money.ts": "export const fen = 1n;",
  "src/platform/log.ts": 'import { fen } from "#src/kernel/money.ts"; export const log = fen;',
  "src/ui/page.tsx": "export const page = <p>ok</p>;",
  "src/ledger/post.ts": 'import { log } from "../platform/log.ts"; export const post = log;',
  "src/bank/notice.ts":
    'import { post } from "../ledger/post.ts"; export type Notice = typeof post;',
  "src/business/bank-desk/desk.ts": "export const desk = 1;",
  "src/demo/city.ts": "export const city = 1;",
  "src/main.ts": "export const main = 1;",
};

let house: string;

function write(file: string, text: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true });
  writeFileSync(join(house, file), text);
}

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), "fund-floors-"));
  for (const [file, text] of Object.entries(CLEAN)) write(file, text);
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe("the floors", () => {
  test("let a clean house pass, having read it", async () => {
    expect(await inspectFloors(house, ["src"])).toEqual({ moduleCount: 8, violations: [] });
  });

  test.each(PLANTED)("catch $what", async ({ file, imports, rule }) => {
    const isType = imports.startsWith("type ");
    const from = imports.replace("type ", "");
    write(
      file,
      isType
        ? `import type { Notice } from "${from}"; export type X = Notice;`
        : `import * as x from "${from}"; export const y = x;`,
    );
    const { violations } = await inspectFloors(house, ["src"]);
    rmSync(join(house, file));
    expect(violations.map((one) => one.split(":")[0])).toContain(rule);
  });

  test("catch two files that import each other", async () => {
    write("src/bank/one.ts", 'import { two } from "./two.ts"; export const one = () => two;');
    write("src/bank/two.ts", 'import { one } from "./one.ts"; export const two = () => one;');
    const { violations } = await inspectFloors(house, ["src"]);
    rmSync(join(house, "src/bank/one.ts"));
    rmSync(join(house, "src/bank/two.ts"));
    expect(violations.join("\n")).toMatch(/no-cycles: src\/bank\/one\.ts → .*two\.ts/);
  });

  test("hold in this project", async () => {
    const { moduleCount, violations } = await inspectFloors(process.cwd(), ["src", "tests"]);
    expect(moduleCount).toBeGreaterThan(100);
    expect(violations).toEqual([]);
  });
});
