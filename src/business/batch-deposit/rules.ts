import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import type { DepositOffer } from "#src/bank/deposit-offer.ts";
import { BATCH_HOUSES_MAX } from "#src/bank/issue-batch-notice.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";

/** The kinds of deposit that a developer pays for many houses; a top-up is the owner's. */
export const BATCH_KINDS = ["00", "04"] as const;
export type BatchKind = (typeof BATCH_KINDS)[number];

/** A house as it was asked for: ticked, or a line of an uploaded list. */
export interface AskedHouse {
  /** The code as it was written. */
  code: string;
  /** The line of the list; null: it was ticked. */
  line: number | null;
}

/** A house of the estate that was found for a code, with what it can be asked for and how often it is asked already. */
export interface FoundHouse {
  house: House;
  offer: DepositOffer;
  firstPaidFen: Fen;
  /** Notices of it that wait for their money, single ones and batches. */
  openNoticeCount: number;
}

/** A house that goes into the batch. */
export interface ChosenHouse {
  house: House;
  amountFen: Fen;
  firstPaidSeenFen: Fen;
  openNoticeCount: number;
}

/** Why a house does not go in; `repeated` and `paid` are what lists have most. */
export type ObstacleKind = "repeated" | "paid" | "unknown" | "other-kind" | "not-due";

/** A house that does not go in, with the sentence for whoever made the list. */
export interface Obstacle extends AskedHouse {
  kind: ObstacleKind;
  reason: string;
}

/** What became of the houses that were asked for. `depositKind` is null when none goes in. */
export interface JudgedBatch {
  depositKind: BatchKind | null;
  chosen: readonly ChosenHouse[];
  obstacles: readonly Obstacle[];
}

/** Why no batch can be made of what was asked for, or null. */
export function batchRefusal(judged: JudgedBatch, askedCount: number): string | null {
  if (askedCount === 0) return "请至少选一套房屋";
  if (askedCount > BATCH_HOUSES_MAX) {
    return `一张交款通知单最多 ${BATCH_HOUSES_MAX} 套房屋，请分几次提交`;
  }
  return judged.chosen.length === 0 ? "选的房屋没有一套能交款，原因见下表" : null;
}

/**
 * Decides which of the houses asked for go into a batch. One notice has one kind of deposit: that of the first house
 * that can be asked at all; houses of the other kind stay out, and so do those that are paid, not of this estate, or
 * named twice.
 */
export function judgeBatch(
  asked: readonly AskedHouse[],
  found: ReadonlyMap<string, FoundHouse>,
): JudgedBatch {
  const chosen: ChosenHouse[] = [];
  const obstacles: Obstacle[] = [];
  const seen = new Map<string, AskedHouse>();
  let depositKind: BatchKind | null = null;
  for (const one of asked) {
    const { code } = one;
    const first = seen.get(code);
    seen.set(code, first ?? one);
    const hit = found.get(code);
    if (first !== undefined) {
      const where = first.line === null ? "" : `第 ${first.line} 行`;
      obstacles.push({ ...one, kind: "repeated", reason: `与${where}重复，只算一次` });
    } else if (hit === undefined) {
      const reason = "这个小区没有这个房屋编号，请核对";
      obstacles.push({ ...one, kind: "unknown", reason });
    } else if (!hit.offer.ok) {
      obstacles.push({ ...one, ...noOfferWords(hit.offer.reason) });
    } else if (!isBatchKind(hit.offer.depositKind)) {
      const reason = "首次交款已经交足，余额不足要由业主续交，不能批量交款";
      obstacles.push({ ...one, kind: "paid", reason });
    } else if (depositKind !== null && hit.offer.depositKind !== depositKind) {
      const reason = `这套是${DEPOSIT_KIND_WORDS[hit.offer.depositKind]}，不能和${DEPOSIT_KIND_WORDS[depositKind]}开在一张通知单上，请另外提交`;
      obstacles.push({ ...one, kind: "other-kind", reason });
    } else {
      depositKind = hit.offer.depositKind;
      chosen.push({
        house: hit.house,
        amountFen: hit.offer.amountFen,
        firstPaidSeenFen: hit.firstPaidFen,
        openNoticeCount: hit.openNoticeCount,
      });
    }
  }
  return { depositKind, chosen, obstacles };
}

function isBatchKind(kind: string): kind is BatchKind {
  return BATCH_KINDS.some((one) => one === kind);
}

function noOfferWords(
  reason: Extract<DepositOffer, { ok: false }>["reason"],
): Pick<Obstacle, "kind" | "reason"> {
  switch (reason) {
    case "paid-in-full":
      return { kind: "paid", reason: "已经交清，不用再交" };
    case "closed":
      return { kind: "not-due", reason: "已经销户，不再交款" };
    case "provisional":
      return { kind: "not-due", reason: "还在核验，核验通过后再交" };
    case "exempt":
      return { kind: "not-due", reason: "按规定不用交存" };
    case "no-standard":
      return { kind: "not-due", reason: "还没有交存标准，请先到维修资金管理中心核定" };
  }
}
