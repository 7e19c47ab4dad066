import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { HOSTILE } from "#tests/support/hostile-values.ts";
import { readStatement } from "./read-statement.ts";
import type { Statement } from "./statement.ts";
import { writeStatement } from "./write-statement.ts";

const STATEMENT: Statement = {
  bankCode: "SLYH",
  accountNo: "9901010000000001268",
  firstDay: calendarDate("2026-11-01"),
  lastDay: calendarDate("2026-11-23"),
  openingFen: fen(100_000),
  closingFen: fen(1_275_120),
  lines: [
    {
      seq: 1,
      bankTxnNo: "T2026112300000001",
      requestId: "REF-000001",
      noticeNo: "112611230000000017",
      kind: "deposit",
      amountFen: fen(1_185_120),
      at: new Date("2026-11-23T10:42:00+08:00"),
      valueDate: calendarDate("2026-11-23"),
    },
    {
      seq: 2,
      bankTxnNo: "T2026112300000002",
      requestId: null,
      noticeNo: null,
      kind: "use",
      amountFen: fen(-10_000),
      at: new Date("2026-11-01T00:00:00+08:00"),
      valueDate: calendarDate("2026-11-01"),
    },
  ],
};
const TEXT = writeStatement(STATEMENT);

/** The file with something changed, and its last row right again. */
function sealed(change: (text: string) => string): Buffer {
  const body = change(TEXT.slice(0, TEXT.lastIndexOf("S|")));
  return Buffer.from(`${body}S|${createHash("sha256").update(body).digest("hex")}\n`);
}

async function problemsOf(content: Uint8Array): Promise<string[]> {
  const read = await readStatement(content);
  return read.ok ? [] : read.problems.map(({ row, reason }) => `${row} ${reason}`);
}

test("what is written is read again, whatever ends the rows", async () => {
  const expected = { ok: true, statement: STATEMENT };
  expect(await readStatement(Buffer.from(TEXT))).toMatchObject(expected);
  expect(await readStatement(sealed((text) => text.replaceAll("\n", "\r\n")))).toMatchObject(
    expected,
  );
});

test("a day without money is a file as well", async () => {
  const empty = { ...STATEMENT, lines: [], closingFen: STATEMENT.openingFen };
  expect(await readStatement(Buffer.from(writeStatement(empty)))).toMatchObject({
    ok: true,
    statement: empty,
  });
});

test("who stands on the other side is read and not kept", async () => {
  const named = sealed((text) => text.replace("2026-11-23|\n", "2026-11-23|张示例\n"));
  const read = await readStatement(named);
  expect(read.ok).toBe(true);
  expect(JSON.stringify(read, (_, value) => `${value}`)).not.toContain("张示例");
  if (read.ok) expect(Object.values(read.statement.lines[0] ?? {})).not.toContain("张示例");
});

describe("a file is refused whole", () => {
  test.each<[string, (text: string) => string, RegExp]>([
    ["an unknown format", (t) => t.replace("H|1|", "H|2|"), /^1 格式版本应是 1/],
    ["a head without a field", (t) => t.replace("|SLYH", ""), /^1 文件头应有 10 栏.*9 栏/],
    ["an account that is none", (t) => t.replace("9901010000000001268", "x"), /^1 账号应是/],
    [
      "a day that does not exist",
      (t) => t.replace("|2026-11-01|2026", "|2026-02-30|2026"),
      /^1 起始日“2026-02-30”/,
    ],
    [
      "an amount with three decimals",
      (t) => t.replace("|11851.20|", "|11851.201|"),
      /^2 金额“11851.201”/,
    ],
    ["an amount with separators", (t) => t.replace("|11851.20|", "|11,851.20|"), /^2 金额/],
    ["no amount at all", (t) => t.replace("|11851.20|", "|0.00|"), /^2 金额“0.00”/],
    [
      "an amount beyond any city",
      (t) => t.replace("|11851.20|", `|${"9".repeat(30)}.00|`),
      /^2 金额/,
    ],
    ["a direction that is none", (t) => t.replace("|C|", "|X|"), /^2 借贷应是/],
    ["a kind that is none", (t) => t.replace("DEPOSIT", "deposit"), /^2 类型应是/],
    ["a notice that is too short", (t) => t.replace("112611230000000017", "11261"), /^2 通知单号/],
    ["an hour that does not exist", (t) => t.replace("10:42", "25:42"), /^2 时间“2026-11-23 25:42/],
    [
      "a line beyond the last day",
      (t) => t.replace("2026-11-23 10:42", "2026-11-24 10:42"),
      /^2 2026-11-24 不在/,
    ],
    ["a gap in the numbers", (t) => t.replace("L|2|", "L|3|"), /^3 序号应是 2，文件里是 3/],
    [
      "another count",
      (t) => t.replace("|2|11951.20|", "|3|11951.20|"),
      /^1 文件头写 3 笔，流水有 2 笔/,
    ],
    [
      "another total",
      (t) => t.replace("|2|11951.20|", "|2|11951.21|"),
      /^1 文件头的合计是 11,951.21 元/,
    ],
    [
      "opening + Σ ≠ closing",
      (t) => t.replace("|12751.20\n", "|12751.21\n"),
      /^1 期初余额加流水应是 12,751.20 元/,
    ],
  ])("with %s", async (_, change, reason) => {
    const changed = sealed(change);
    expect(changed.equals(Buffer.from(TEXT))).toBe(false);
    expect((await problemsOf(changed)).join("\n")).toMatch(reason);
  });

  test("with amounts that no ledger holds together", async () => {
    const huge = `|999999999999.99|`;
    const rows = Array.from({ length: 12 }, (_, at) => {
      const line = TEXT.split("\n")[1] ?? "";
      return line.replace("L|1|", `L|${at + 1}|`).replace("|11851.20|", huge);
    });
    const many = sealed((text) => `${text.split("\n")[0]}\n${rows.join("\n")}\n`);
    expect(await problemsOf(many)).toEqual(["1 流水加起来的金额大得不可能，请向银行核对"]);
  });

  test("with rows beyond number, in no time: blank ones behind it, or blank ones before its end", async () => {
    const blank = "\n".repeat(2_000_000);
    const began = performance.now();
    expect(await problemsOf(Buffer.from(`${TEXT}${blank}`))).toEqual([]);
    expect(await problemsOf(sealed((text) => `${text}${blank}`))).toEqual([
      expect.stringContaining("0 文件有 2000002 行流水，一个文件最多 50000 行"),
    ]);
    const mixed = await problemsOf(Buffer.from(`${"\n".repeat(40_000)}x`));
    expect(mixed).toEqual([expect.stringContaining("最后一行应是")]);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test("when one letter changed on the way", async () => {
    const broken = Buffer.from(TEXT.replace("|11851.20|", "|11851.21|"));
    expect(await problemsOf(broken)).toEqual([expect.stringContaining("校验值和内容对不上")]);
  });

  test("when its end is missing, or it is no text", async () => {
    expect((await problemsOf(Buffer.from(TEXT.slice(0, -20))))[0]).toContain("可能没有传完");
    expect((await problemsOf(Buffer.from([0xff, 0xfe, 0x00])))[0]).toContain("不是 UTF-8");
    expect((await problemsOf(Buffer.alloc(0)))[0]).toContain("文件不完整");
  });

  test.each(HOSTILE)("with %s in any field, and names a row", async (_, value) => {
    const head = TEXT.split("\n")[0] ?? "";
    for (const at of head.split("|").keys()) {
      const fields = head.split("|");
      fields[at] = value.slice(0, 2_000);
      const problems = await problemsOf(
        sealed((text) => text.replace(head, () => fields.join("|"))),
      );
      expect(problems.length, fields.join("|").slice(0, 200)).toBeGreaterThan(0);
      expect(problems.length).toBeLessThanOrEqual(20);
    }
  });
});

test("a large file lets others be served while it is read", async () => {
  const line = TEXT.split("\n")[1] ?? "";
  const rows = Array.from({ length: 5_000 }, (_, at) => line.replace("L|1|", `L|${at + 1}|`));
  const large = sealed((text) => `${text.split("\n")[0]}\n${rows.join("\n")}\n`);
  const order: string[] = [];
  const reading = readStatement(large).then(() => order.push("read"));
  await new Promise((resolve) => setImmediate(resolve));
  order.push("served");
  await reading;
  expect(order).toEqual(["served", "read"]);
});
