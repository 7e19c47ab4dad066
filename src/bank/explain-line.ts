import { z } from "zod";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatArea } from "#src/kernel/area.ts";
import { fen, formatYuan } from "#src/kernel/money.ts";
import type { HouseLine } from "#src/ledger/list-house-entries.ts";
import { DEPOSIT_KIND_WORDS } from "./deposit-kinds.ts";

const fenText = z
  .string()
  .regex(/^-?[0-9]{1,15}$/)
  .transform((text) => fen(BigInt(text)));

const depositNote = z.object({
  areaHundredths: z.number().int(),
  coefficientE4: z.string().regex(/^[0-9]{1,15}$/),
  bankName: z.string(),
  branchName: z.string(),
  noticeNo: z.string().nullable(),
});

const interestNote = z.object({
  dayCount: z.number().int(),
  segments: z.array(
    z.object({
      days: z.number().int(),
      principalFen: fenText,
      interestFen: fenText,
      rateBasisPoints: z.number().int(),
    }),
  ),
});

const useNote = z.object({ projectName: z.string(), scopeWords: z.string(), totalFen: fenText });
const shareNote = z.object({
  areaHundredths: z.number().int(),
  totalAreaHundredths: z.number().int(),
});

const mergeNote = z.object({
  fromCode: z.string(),
  fromAddress: z.string(),
  intoCode: z.string(),
  intoAddress: z.string(),
  noticeNo: z.string().nullable(),
});

const refundNote = z.object({
  reason: z.string(),
  arithmetic: z.string(),
  voucherNo: z.string().regex(/^[0-9]{18}$/),
  originalNoticeNo: z
    .string()
    .regex(/^[0-9]{18}$/)
    .nullable(),
  bankName: z.string(),
  branchName: z.string(),
});

/** 退款原因, as a line of the ledger names it. */
const REFUND_WORDS: Readonly<Record<string, string>> = {
  R01: "退房、合同解除",
  R02: "多交",
  R03: "面积差",
  R04: "重复交",
  R05: "错交",
  R06: "灭失、拆迁或征收",
  R07: "性质变更或不用交存",
};

/** A line of the house ledger in words: what it was, and how its amount came about. */
export interface ExplainedLine {
  summary: string;
  explanation: string;
  /** Where the line's other end is told: of a refund, the payment that was given back. */
  link?: { href: string; words: string };
}

/**
 * Explains a line from what was written down when it was posted (domain: explainable money). A note in a
 * form that we no longer know explains nothing, and the line stands without it.
 */
export function explainLine(line: HouseLine): ExplainedLine {
  switch (line.kind) {
    case "deposit":
      return { summary: depositSummary(line), explanation: explainDeposit(line) };
    case "reversal":
      return {
        summary: `冲正：${depositSummary(line)}`,
        explanation: "银行当天冲正，原来那一笔不算",
      };
    case "interest":
      return { summary: "结息", explanation: explainInterest(line) };
    case "use":
      return explainUse(line);
    case "house-merge":
      return explainMerge(line);
    case "refund":
      return explainRefund(line);
    default:
      return { summary: "转入余额", explanation: "" };
  }
}

function depositSummary(line: HouseLine): string {
  return line.depositKind === null ? "交款" : DEPOSIT_KIND_WORDS[line.depositKind];
}

function mergedNote({ journalNote, entryNote }: HouseLine): unknown {
  return { ...(journalNote as object | null), ...(entryNote as object | null) };
}

function explainDeposit(line: HouseLine): string {
  // Of a batch the house's own basis stands on its entry, bank and notice on the journal.
  const note = depositNote.safeParse(mergedNote(line));
  if (!note.success) return "";
  const { areaHundredths, coefficientE4, bankName, branchName, noticeNo } = note.data;
  const standard = formatYuan(fen(BigInt(coefficientE4) / 100n));
  const isWholeDeposit = line.depositKind === "00";
  return [
    isWholeDeposit ? `${formatArea(areaHundredths)} ㎡ × ${standard} 元/㎡` : "",
    noticeNo === null ? "" : `通知单 ${groupNumber(noticeNo)}`,
    `${bankName}${branchName}`,
    `到账 ${line.valueDate}`,
  ]
    .filter(Boolean)
    .join("，");
}

function explainInterest(line: HouseLine): string {
  const note = interestNote.safeParse(line.entryNote);
  if (!note.success) return "";
  return note.data.segments
    .map((segment) => {
      const balance = formatYuan(fen(segment.principalFen + segment.interestFen));
      const rate = formatYuan(fen(segment.rateBasisPoints));
      return `${balance} 元 × ${segment.days} 天 × ${rate}% ÷ ${note.data.dayCount}`;
    })
    .join(" + ");
}

function explainUse(line: HouseLine): ExplainedLine {
  const note = useNote.safeParse(line.journalNote);
  if (!note.success) return { summary: "维修分摊", explanation: "" };
  const share = shareNote.safeParse(line.entryNote);
  const part = share.success
    ? `，按面积分摊 ${formatArea(share.data.areaHundredths)} ／ ${formatArea(share.data.totalAreaHundredths)} ㎡`
    : "";
  return {
    summary: `${note.data.projectName} 分摊`,
    explanation: `${note.data.scopeWords}，费用 ${formatYuan(note.data.totalFen)} 元${part}`,
  };
}

/** The same journal stands in both houses: what left the one came to the other. */
function explainMerge(line: HouseLine): ExplainedLine {
  const isComing = line.principalFen > 0n || line.interestFen > 0n;
  const note = mergeNote.safeParse(line.journalNote);
  if (!note.success)
    return { summary: isComing ? "房屋合并转入" : "房屋合并转出", explanation: "" };
  const { fromCode, fromAddress, intoCode, intoAddress, noticeNo } = note.data;
  const notice = noticeNo === null ? "" : `，原通知单 ${groupNumber(noticeNo)}`;
  return isComing
    ? {
        summary: "房屋合并转入",
        explanation: `从 ${fromAddress}（${fromCode}）并入${notice}，到账 ${line.valueDate}`,
      }
    : { summary: "房屋合并转出", explanation: `并入 ${intoAddress}（${intoCode}）${notice}` };
}

function explainRefund(line: HouseLine): ExplainedLine {
  const note = refundNote.safeParse(line.journalNote);
  if (!note.success) return { summary: "退款", explanation: "" };
  const { reason, arithmetic, voucherNo, originalNoticeNo, bankName, branchName } = note.data;
  const words = REFUND_WORDS[reason];
  return {
    summary: words === undefined ? "退款" : `退款：${words}`,
    explanation: [
      arithmetic,
      `本金 ${formatYuan(fen(-line.principalFen))} 元，利息 ${formatYuan(fen(-line.interestFen))} 元`,
      `支款单 ${groupNumber(voucherNo)}`,
      `${bankName}${branchName}`,
      `付款 ${line.valueDate}`,
    ]
      .filter(Boolean)
      .join("，"),
    ...(originalNoticeNo === null
      ? {}
      : {
          link: {
            href: `/applications/${originalNoticeNo}`,
            words: `原交款通知单 ${groupNumber(originalNoticeNo)}`,
          },
        }),
  };
}
