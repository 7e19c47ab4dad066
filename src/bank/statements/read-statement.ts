import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { type CalendarDate, calendarDate, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, fen, formatYuan, negateFen } from "#src/kernel/money.ts";
import {
  LINE_KINDS,
  type LineKind,
  type Statement,
  type StatementLine,
  sumAmounts,
  totalOf,
} from "./statement.ts";

/** More lines are sent as several files, one for each month or day. */
export const LINES_MAX = 50_000;
const PROBLEMS_MAX = 20;
/** Other visitors are served after each so many lines. */
const LINES_A_TURN = 1_000;

/** What is wrong with a file, and in which row of it; row 0 is the file itself. */
export interface StatementProblem {
  row: number;
  reason: string;
}

export type ReadStatement =
  | { ok: true; statement: Statement; hash: Buffer }
  | { ok: false; problems: StatementProblem[] };

/**
 * Reads a day-end file (docs/decisions/0017) strictly: every field of every row, the order of the rows, number and sum of
 * the lines, opening balance + Σ = closing balance, and the SHA-256 in its last row. One mistake refuses the whole file.
 */
export async function readStatement(content: Uint8Array): Promise<ReadStatement> {
  const rows = splitRows(content);
  if (typeof rows === "string") return { ok: false, problems: [{ row: 0, reason: rows }] };
  const problems: StatementProblem[] = [];
  const head = readRow(headRow, rows.head, 1, problems);
  const lines: StatementLine[] = [];
  for (const [at, row] of rows.lines.entries()) {
    const line = readRow(lineRow, row, at + 2, problems);
    if (line !== null) lines.push(line);
    if (problems.length >= PROBLEMS_MAX) break;
    if (at % LINES_A_TURN === LINES_A_TURN - 1) await nextTurn();
  }
  if (head === null || problems.length > 0) return { ok: false, problems };
  problems.push(...judgeLines(head, lines), ...judgeSums(head, lines));
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, PROBLEMS_MAX) };
  const { bankCode, accountNo, firstDay, lastDay, openingFen, closingFen } = head;
  const statement = { bankCode, accountNo, firstDay, lastDay, openingFen, closingFen, lines };
  return { ok: true, statement, hash: createHash("sha256").update(content).digest() };
}

/** Head and lines as they stand, or why the file cannot be read as rows at all. */
function splitRows(content: Uint8Array): { head: string; lines: string[] } | string {
  const whole = withoutBlankEnd(content);
  const lineCount = countNewlines(whole) - 1;
  if (lineCount > LINES_MAX) {
    return `文件有 ${lineCount} 行流水，一个文件最多 ${LINES_MAX} 行，请按月或按日分成几个文件`;
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(whole);
  } catch {
    return "文件不是 UTF-8 编码的文本，请按对账文件格式重新导出";
  }
  const rows = text.split(/\r?\n/);
  const last = rows.pop() ?? "";
  const [head, ...lines] = rows;
  if (head === undefined) return "文件不完整：第一行应是文件头（H），最后一行应是校验值（S）";
  const told = /^S\|([0-9a-f]{64})$/.exec(last)?.[1];
  if (told === undefined)
    return "最后一行应是 S|SHA-256 校验值（64 位小写十六进制），文件可能没有传完";
  const bytes = Buffer.from(content);
  const before = bytes.subarray(0, bytes.lastIndexOf(`S|${told}`));
  if (createHash("sha256").update(before).digest("hex") !== told) {
    return "校验值和内容对不上，文件传输中有损坏或改动，请向银行重新取";
  }
  return { head, lines };
}

const LF = 0x0a;
const CR = 0x0d;

/** The file without the blank rows behind it. A loop: a pattern would look at each of them anew from every other. */
function withoutBlankEnd(content: Uint8Array): Uint8Array {
  let end = content.length;
  while (end > 0 && (content[end - 1] === LF || content[end - 1] === CR)) end -= 1;
  return content.subarray(0, end);
}

function countNewlines(content: Uint8Array): number {
  let count = 0;
  for (let at = content.indexOf(LF); at !== -1; at = content.indexOf(LF, at + 1)) count += 1;
  return count;
}

const DAY = "写成 2026-11-23 这样的日期";
const day = (name: string) =>
  z.string().transform((text, context): CalendarDate => {
    try {
      return calendarDate(text);
    } catch {
      context.addIssue({ code: "custom", message: `${name}“${short(text)}”要${DAY}` });
      return z.NEVER;
    }
  });

const amount = (name: string, pattern: RegExp) =>
  z.string().transform((text, context): Fen => {
    if (pattern.test(text)) return fen(BigInt(text.replace(".", "")));
    const how = "写成两位小数，不带千分号，例如 10742.40";
    context.addIssue({ code: "custom", message: `${name}“${short(text)}”要${how}` });
    return z.NEVER;
  });
const POSITIVE = /^(?!0\.00$)(0|[1-9][0-9]{0,11})\.[0-9]{2}$/;
const UNSIGNED = /^(0|[1-9][0-9]{0,11})\.[0-9]{2}$/;
const SIGNED = /^-?(0|[1-9][0-9]{0,11})\.[0-9]{2}$/;

const count = (name: string) =>
  z
    .string()
    .regex(/^(0|[1-9][0-9]{0,8})$/, `${name}要写成整数`)
    .transform(Number);

const reference = (name: string) => `${name}最多 40 位，只能是字母、数字和横线`;

const headRow = {
  name: "文件头",
  fields: 10,
  schema: z
    .tuple([
      z.literal("H", "第一行应以 H 开头"),
      z.literal("1", "格式版本应是 1"),
      z.string().regex(/^[A-Z0-9]{2,12}$/, "银行代码应是 2 到 12 位大写字母或数字"),
      z.string().regex(/^[0-9]{8,30}$/, "账号应是 8 到 30 位数字"),
      day("起始日"),
      day("截止日"),
      count("笔数"),
      amount("合计", UNSIGNED),
      amount("期初余额", SIGNED),
      amount("期末余额", SIGNED),
    ])
    .transform(
      ([, , bankCode, accountNo, firstDay, lastDay, lineCount, totalFen, opening, closing]) => ({
        bankCode,
        accountNo,
        firstDay,
        lastDay,
        lineCount,
        totalFen,
        openingFen: opening,
        closingFen: closing,
      }),
    ),
};

const KIND_NAMES = Object.keys(LINE_KINDS) as [keyof typeof LINE_KINDS];

const lineRow = {
  name: "流水",
  fields: 11,
  schema: z
    .tuple([
      z.literal("L", "流水行应以 L 开头"),
      count("序号"),
      z.string().regex(/^[A-Za-z0-9-]{4,40}$/, `银行流水号要有，${reference("")}`),
      z.string().regex(/^([A-Za-z0-9-]{4,40})?$/, reference("请求号")),
      z.string().regex(/^([0-9]{18})?$/, "通知单号应是 18 位数字，没有就空着"),
      z.enum(KIND_NAMES, `类型应是 ${KIND_NAMES.join("、")} 之一`),
      z.enum(["C", "D"], "借贷应是 C（进账）或 D（出账）"),
      amount("金额", POSITIVE),
      z.string().transform((text, context): Date => readTime(text, context)),
      day("到账日期"),
      z.string().max(200, "对方户名最多 200 个字"),
    ])
    .transform(([, seq, bankTxnNo, requestId, noticeNo, kind, side, size, at, valueDate]) => ({
      seq,
      bankTxnNo,
      requestId: requestId || null,
      noticeNo: noticeNo || null,
      kind: LINE_KINDS[kind] as LineKind,
      amountFen: side === "C" ? size : negateFen(size),
      at,
      valueDate,
    })),
};

type Head = z.output<typeof headRow.schema>;

function readTime(text: string, context: z.RefinementCtx): Date {
  const match =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2}) ((?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)$/.exec(text);
  try {
    return new Date(`${calendarDate(match?.[1] ?? "")}T${match?.[2]}+08:00`);
  } catch {
    const message = `时间“${short(text)}”要写成 2026-11-23 14:05:09 这样`;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }
}

function short(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}

function readRow<Value>(
  kind: { name: string; fields: number; schema: z.ZodType<Value> },
  row: string,
  number: number,
  problems: StatementProblem[],
): Value | null {
  const fields = row.split("|");
  if (fields.length !== kind.fields) {
    const reason = `${kind.name}应有 ${kind.fields} 栏，用 | 隔开，这一行有 ${fields.length} 栏`;
    problems.push({ row: number, reason });
    return null;
  }
  const read = kind.schema.safeParse(fields);
  if (read.success) return read.data;
  const reasons = read.error.issues.map(({ message }) => message);
  problems.push({ row: number, reason: reasons.join("；") });
  return null;
}

function judgeLines(head: Head, lines: readonly StatementLine[]): StatementProblem[] {
  return lines.flatMap((line, at) => {
    const row = at + 2;
    if (line.seq !== at + 1) return [{ row, reason: `序号应是 ${at + 1}，文件里是 ${line.seq}` }];
    const bankDay = shanghaiDate(line.at);
    if (bankDay >= head.firstDay && bankDay <= head.lastDay) return [];
    return [{ row, reason: `${bankDay} 不在文件头的 ${head.firstDay} 到 ${head.lastDay} 以内` }];
  });
}

function judgeSums(head: Head, lines: readonly StatementLine[]): StatementProblem[] {
  let sums: { total: Fen; closing: Fen };
  try {
    const closing = addFen(head.openingFen, sumAmounts(lines));
    sums = { total: totalOf(lines), closing };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ row: 1, reason: "流水加起来的金额大得不可能，请向银行核对" }];
  }
  const { total, closing } = sums;
  const told: (readonly [isWrong: boolean, reason: string])[] = [
    [head.firstDay > head.lastDay, `起始日 ${head.firstDay} 在截止日 ${head.lastDay} 之后`],
    [head.lineCount !== lines.length, `文件头写 ${head.lineCount} 笔，流水有 ${lines.length} 笔`],
    [
      head.totalFen !== total,
      `文件头的合计是 ${formatYuan(head.totalFen)} 元，流水加起来是 ${formatYuan(total)} 元`,
    ],
    [
      head.closingFen !== closing,
      `期初余额加流水应是 ${formatYuan(closing)} 元，文件头的期末余额是 ${formatYuan(head.closingFen)} 元，整个文件不能接收`,
    ],
  ];
  return told.flatMap(([isWrong, reason]) => (isWrong ? [{ row: 1, reason }] : []));
}
