import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { type Lockfile, missingFromLockfile } from "../scripts/complete-lockfile.ts";
import {
  declaredNames,
  linesWhere,
  readSourceFiles,
  type SourceFile,
  wordsOf,
} from "./support/source-text.ts";

const CODE = readSourceFiles(".", /\.(ts|tsx|mjs)$/);
const PRODUCTION = CODE.filter(({ path }) => /^src\//.test(path) && !/\.test\.tsx?$/.test(path));
const MIGRATIONS = readSourceFiles("migrations", /\.sql$/);
const ALL_TEXT = readSourceFiles(
  ".",
  /\.(tsx?|mjs|json|sql|md|css|typ|csv|svg|yml)$|^\.npmrc$|^run$/,
);

/** Folder drawers: names that say nothing of what is inside. */
const EMPTY_NAMES = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "shared"];

/**
 * Words the glossary avoids, as far as they mean nothing else in a program: "user", "order",
 * "request", "room" and "project" have honest uses, and 公寓 is a nature of houses.
 */
const AVOIDED_WORDS = [
  ...["community", "tower", "entrance", "stair", "vendor", "association", "hoa", "tenant"],
  ...["organisation", "organization", "custodian", "workflow", "invoice", "payout", "cheque"],
  ...["reimbursement", "withdrawal", "contribution", "attachment", "wallet", "bonus"],
  ...["replenishment", "expense", "spending"],
];

/** Each is cut in two by a bar, so that this list does not find itself. */
const FOREIGN_WORDS = [
  ...["clau|de", "anth|ropic", "open|ai", "chat|gpt", "copi|lot", "co-authored|-by"],
  ...["/wo|rk/", "/tmp/te|am", "/ro|ot/", "registry\\.npm|js", "npm|mirror", "language mo|del"],
].map((word) => new RegExp(word.replace("|", ""), "i"));

const MONEY_WORD = /fen|yuan|amount|balance|money|principal|interest|deposit|refund/i;
const FLOAT_ARITHMETIC = /parseFloat|\bNumber\(|Math\.(round|floor|ceil|trunc)|\.toFixed\(/;
const EXPORTED_FUNCTION = /^export (async )?function |^export const \w+ = (async )?(\(|<)/;
const WORK_LEFT = new RegExp(`\\b(TO${"DO"}|FIX${"ME"}|XX${"X"}|HA${"CK"})\\b`);

function pathsWith(files: readonly SourceFile[], words: readonly string[]): string[] {
  const isFound = ({ path }: SourceFile) =>
    path.split("/").some((part) => wordsOf(part).some((word) => words.includes(word)));
  return files.filter(isFound).map(({ path }) => path);
}

function avoidedNames(files: readonly SourceFile[]): string[] {
  const isAvoided = (name: string) => wordsOf(name).some((word) => AVOIDED_WORDS.includes(word));
  return files.flatMap((file) => {
    if (file.path.endsWith(".sql"))
      return linesWhere([file], (l) => isAvoided(l.replace(/--.*/, "")));
    const found = declaredNames(file).filter(isAvoided);
    return found.map((name) => `${file.path}: ${name}`);
  });
}

/** One habit: where it looks, how it finds a breach, and a breach that it must find. */
interface Habit {
  title: string;
  files: readonly SourceFile[];
  find: (files: readonly SourceFile[]) => string[];
  planted: SourceFile;
}

const HABITS: readonly Habit[] = [
  {
    title: "files are named for what they hold",
    files: CODE,
    find: (files) => pathsWith(files, EMPTY_NAMES),
    planted: { path: "src/ledger/posting-helpers.ts", text: "" },
  },
  {
    title: "files are named in kebab-case",
    files: CODE,
    find: (files) =>
      files.flatMap(({ path }) => (/^\.?[a-z0-9.-]+$/.test(basename(path)) ? [] : [path])),
    planted: { path: "src/ledger/postJournal.ts", text: "" },
  },
  {
    title: "nothing is passed on through a barrel",
    files: PRODUCTION,
    find: (files) => [
      ...files.flatMap(({ path }) => (/^index\./.test(basename(path)) ? [path] : [])),
      ...linesWhere(files, (line) => /^export (type )?[*{].*from "/.test(line)),
    ],
    planted: { path: "src/bank/all.ts", text: 'export { confirm } from "./confirm.ts";' },
  },
  {
    title: "money is never a floating-point number outside the kernel",
    files: PRODUCTION.filter(({ path }) => path !== "src/kernel/money.ts"),
    find: (files) =>
      linesWhere(files, (line) => {
        const code = line.replace(/\/\/.*|^\s*\*.*/, "");
        return FLOAT_ARITHMETIC.test(code) && MONEY_WORD.test(code);
      }),
    planted: { path: "src/bank/x.ts", text: "const amountFen = Math.floor(pounds * 100);" },
  },
  {
    title: "no page carries a style attribute, which the content policy would drop",
    files: PRODUCTION,
    find: (files) => linesWhere(files, (line) => /\sstyle=["{]/.test(line)),
    planted: { path: "src/ui/x.tsx", text: '<p style="color: red">' },
  },
  {
    title: "work left to do names its issue or its date",
    files: ALL_TEXT,
    find: (files) =>
      linesWhere(files, (line) => WORK_LEFT.test(line) && !/#\d+|\d{4}-\d{2}-\d{2}/.test(line)),
    planted: { path: "src/bank/x.ts", text: `// TO${"DO"}: later` },
  },
  {
    title: "names in code use the glossary's words",
    files: CODE,
    find: avoidedNames,
    planted: { path: "src/bank/x.ts", text: "export function f({ a: payoutFen }: P) {}" },
  },
  {
    title: "names of tables use the glossary's words",
    files: MIGRATIONS,
    find: avoidedNames,
    planted: { path: "migrations/x.sql", text: "create table house_wallet (id bigint);" },
  },
  {
    title: "names of files use the glossary's words",
    files: CODE,
    find: (files) => pathsWith(files, AVOIDED_WORDS),
    planted: { path: "src/business/community-list/x.ts", text: "" },
  },
  {
    title: "every exported function says in a sentence what it decides",
    files: PRODUCTION,
    find: (files) =>
      linesWhere(files, (line, before) => EXPORTED_FUNCTION.test(line) && !/\*\/$/.test(before)),
    planted: { path: "src/bank/x.ts", text: "\nexport async function issue() {}" },
  },
  {
    title: "the text speaks of the field and of nobody's workplace",
    files: ALL_TEXT,
    find: (files) => linesWhere(files, (line) => FOREIGN_WORDS.some((word) => word.test(line))),
    planted: { path: "README.md", text: `see /wo${"rk"}/main` },
  },
];

describe("the house style", () => {
  test("is asked of the whole project", () => {
    expect(PRODUCTION.length).toBeGreaterThan(100);
    expect(MIGRATIONS.length).toBeGreaterThan(4);
    expect(ALL_TEXT.length).toBeGreaterThan(CODE.length);
  });

  test.each(HABITS)("$title", ({ files, find, planted }) => {
    expect(find([planted]), "a planted breach is found").toHaveLength(1);
    expect(find(files)).toEqual([]);
  });

  test("the lockfile names the packages of every platform, so that npm ci works anywhere", () => {
    const [file] = readSourceFiles(".", /^package-lock\.json$/);
    const lockfile = JSON.parse(file?.text ?? "") as Lockfile;
    expect(missingFromLockfile(lockfile), "remedy: npm run lockfile").toEqual([]);
  });
});
