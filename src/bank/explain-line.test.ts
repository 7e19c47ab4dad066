import { expect, it } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import type { HouseLine } from "#src/ledger/list-house-entries.ts";
import { explainLine } from "./explain-line.ts";

const line: HouseLine = {
  journalId: 1n,
  kind: "deposit",
  depositKind: "00",
  bookDate: calendarDate("2026-11-24"),
  valueDate: calendarDate("2026-11-23"),
  noticeNo: "112611230482719537",
  principalFen: fen(1_185_120n),
  interestFen: fen(0n),
  balanceFen: fen(1_185_120n),
  journalNote: {
    areaHundredths: 9_876,
    coefficientE4: "1200000",
    bankName: "示例银行",
    branchName: "民生支行",
    noticeNo: "112611230482719537",
  },
  entryNote: null,
};

it("explains a first deposit by area and standard, notice, bank and day", () => {
  expect(explainLine(line)).toEqual({
    summary: "首次交款",
    explanation:
      "98.76 ㎡ × 120.00 元/㎡，通知单 1126 1123 0482 7195 37，示例银行民生支行，到账 2026-11-23",
  });
});

it("does not claim that a top-up is area times standard", () => {
  const { summary, explanation } = explainLine({ ...line, depositKind: "02" });
  expect(summary).toBe("维修资金续交");
  expect(explanation).not.toContain("㎡");
});

it("explains interest stretch by stretch", () => {
  const segment = { days: 365, principalFen: "1000000", interestFen: "5000", rateBasisPoints: 135 };
  const note = { dayCount: 360, segments: [segment, { ...segment, days: 10 }] };
  const explained = explainLine({ ...line, kind: "interest", depositKind: null, entryNote: note });
  expect(explained.explanation).toBe(
    "10,050.00 元 × 365 天 × 1.35% ÷ 360 + 10,050.00 元 × 10 天 × 1.35% ÷ 360",
  );
});

it("explains a share of a use by area", () => {
  const explained = explainLine({
    ...line,
    kind: "use",
    depositKind: null,
    journalNote: { projectName: "电梯曳引机更换", scopeWords: "12幢3单元", totalFen: "4372634" },
    entryNote: { areaHundredths: 9_876, totalAreaHundredths: 1_249_324 },
  });
  expect(explained).toEqual({
    summary: "电梯曳引机更换 分摊",
    explanation: "12幢3单元，费用 43,726.34 元，按面积分摊 98.76 ／ 12493.24 ㎡",
  });
});

it.each([null, {}, { areaHundredths: "x" }, "text"])(
  "leaves a line whose note it cannot read without an explanation: %j",
  (journalNote) => {
    expect(explainLine({ ...line, journalNote })).toEqual({ summary: "首次交款", explanation: "" });
  },
);

it("tells of merged money where it came from, and in the other house where it went", () => {
  const journalNote = {
    fromCode: "SL0126-T000701",
    fromAddress: "示例花园 12幢 3单元 52",
    intoCode: "SL0126-12-3-0502",
    intoAddress: "示例花园 12幢 3单元 502",
    noticeNo: "122611230482719533",
  };
  const merged = { ...line, kind: "house-merge", journalNote } as const;
  expect(explainLine(merged)).toEqual({
    summary: "房屋合并转入",
    explanation:
      "从 示例花园 12幢 3单元 52（SL0126-T000701）并入，原通知单 1226 1123 0482 7195 33，到账 2026-11-23",
  });
  expect(explainLine({ ...merged, principalFen: fen(-1_185_120n) })).toEqual({
    summary: "房屋合并转出",
    explanation:
      "并入 示例花园 12幢 3单元 502（SL0126-12-3-0502），原通知单 1226 1123 0482 7195 33",
  });
  expect(explainLine({ ...merged, journalNote: {} }).explanation).toBe("");
});

it("explains a refund by its reason, arithmetic and voucher, and links the payment that went back", () => {
  const journalNote = {
    reason: "R04",
    arithmetic: "2026-11-01 到账的 11,851.20 元",
    voucherNo: "712611230482719537",
    originalNoticeNo: "112611230482719537",
    bankName: "示例银行",
    branchName: "民生支行",
  };
  const refund = { kind: "refund", principalFen: fen(-1_185_120n), journalNote } as const;
  expect(explainLine({ ...line, ...refund })).toEqual({
    summary: "退款：重复交",
    explanation:
      "2026-11-01 到账的 11,851.20 元，本金 11,851.20 元，利息 0.00 元，支款单 7126 1123 0482 7195 37，示例银行民生支行，付款 2026-11-23",
    link: {
      href: "/applications/112611230482719537",
      words: "原交款通知单 1126 1123 0482 7195 37",
    },
  });
  expect(explainLine({ ...line, ...refund, journalNote: {} })).toEqual({
    summary: "退款",
    explanation: "",
  });
});
