import type { CloseOutcome } from "#src/bank/statements/close-statement.ts";
import type { NoteReason } from "#src/bank/statements/load-worksheet.ts";
import type { NoteOutcome } from "#src/bank/statements/note-item.ts";
import type { Bucket } from "#src/bank/statements/open-item.ts";
import type { ReceiveOutcome } from "#src/bank/statements/receive-statement.ts";
import { formatYuan } from "#src/kernel/money.ts";

/** What a difference is, in the words of whoever works it, and what to do about it. */
export const BUCKET_WORDS: Readonly<Record<Bucket, { title: string; advice: string }>> = {
  "bank-only": {
    title: "银行有，平台没有（长款）",
    advice: "先请银行在柜台页面补做确认；查不清的，写明原因结转",
  },
  "ledger-only": {
    title: "平台有，银行没有（短款）",
    advice: "请银行查这笔钱到没到专户；记错的，由银行当日冲正；查不清的，写明原因结转",
  },
  "amount-differs": {
    title: "编号相同，金额不符",
    advice: "拿凭证和银行核对，错的一方更正；没更正的，写明原因结转",
  },
  duplicate: {
    title: "银行流水重复",
    advice: "请银行说明是不是多记了一笔；没更正的，写明原因结转",
  },
  "cut-off": { title: "日切", advice: "截止日当天的，多半到下一份对账文件就对上；选“日切”结转" },
};

/** Why something stays open for now. */
export const REASON_WORDS: Readonly<Record<NoteReason, string>> = {
  "cut-off": "日切，下一份文件里会有",
  "bank-inquiry": "正在向银行查询",
  "to-be-booked": "等待平台补记或更正",
};

/** Tells why a file was not taken, and what to do. */
export function receiveRefusal(outcome: Exclude<ReceiveOutcome, { kind: "received" }>): string {
  switch (outcome.kind) {
    case "unknown-account":
      return "文件头里的银行代码和账号不是本中心的专户，请核对是不是选错了文件";
    case "same-file":
      return `这个文件已经上传过，是第 ${outcome.statementId} 号，不用再传`;
    case "not-over":
      return `文件的截止日还没有过完，今天是 ${outcome.today}，请等那一天结束再取文件`;
    case "gap":
      return `这个专户下一份文件要从 ${outcome.expectedDay} 开始，中间不能缺一天，也不能重`;
    case "begins-late":
      return `这个专户最早一笔账在 ${outcome.firstMovementDay}，第一份文件要从这一天或更早开始`;
    case "opening-differs":
      return `期初余额应是 ${formatYuan(outcome.expectedFen)} 元（${outcome.isFirst ? "接管时转入的数" : "上一份文件的期末余额"}），整个文件不能接收，请向银行核对`;
  }
}

/** Tells why a statement cannot be closed, and what to do. */
export function closeRefusal(outcome: Exclude<CloseOutcome, { kind: "closed" }>): string {
  switch (outcome.kind) {
    case "closed-already":
      return "这份文件刚才已经由别人关账，不用再关";
    case "replaced":
      return "这个专户后来又上传了新的文件，请到最新的一份关账";
    case "own-work":
      return "文件是您上传的，或者结转的原因是您写的，要由另一个人关账";
    case "differs":
      return `还有 ${outcome.count} 条差异没有处理，不能关账。请财务员逐条查清，或者写明原因结转`;
    case "changed":
      return "页面打开以后有变化，请再看一遍再关账";
    case "bridge-differs":
      return `调节后余额 ${formatYuan(outcome.adjustedFen)} 元和账本余额 ${formatYuan(outcome.bookFen)} 元不一致，不能关账。请先查明第一份文件以前是不是补记了接管余额，更正以后再关账`;
    case "not-looked":
      return `有 ${outcome.count} 笔没有编号，只按日期和金额对上。请抽查以后勾选确认，再关账`;
    case "moved":
      return "关账的同时又有这几天的账记入，请看过新的差异再关账";
  }
}

/** Tells why a reason was not written down, and at which field. */
export const NOTE_REFUSALS: Readonly<Record<Exclude<NoteOutcome, "noted">, string>> = {
  "not-open": "这份文件已经关账或者被新的文件代替，不能再写",
  "no-such-item": "这条差异已经对上，不用再写。请看最新的差异",
  "not-cut-off": "这一条不是截止日当天的，不能按日切结转，请选别的原因",
};
