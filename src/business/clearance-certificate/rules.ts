import { addFen, type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";

/** A house as a certificate looks at it. */
export interface CertifiedHouse {
  houseId: bigint;
  code: string;
  address: string;
  areaHundredths: number;
  /** Deposited towards the first deposit. */
  depositedFen: Fen;
  standing: HouseStanding["kind"];
  isProvisional: boolean;
}

/** What a certificate says, or why there is none. */
export type CertificateAnswer =
  | { ok: true; houses: readonly CertifiedHouse[]; areaHundredths: number; depositedFen: Fen }
  | { ok: false; sentence: string };

/**
 * Decides whether houses are paid in full (已交清; Decree 165 art. 13: nobody moves in before). Every house has to be:
 * one that owes, has no standard yet or waits for verification stands in the way of the whole building. Houses that
 * never have to pay, and closed ones, are left out; of those alone nothing can be certified.
 */
export function certify(houses: readonly CertifiedHouse[]): CertificateAnswer {
  if (houses.length === 0)
    return { ok: false, sentence: "没有找到登记的房屋，请核对房屋编号或楼幢" };
  const obstacles = OBSTACLES.flatMap(({ words, isOne }) => {
    const count = houses.filter(isOne).length;
    return count === 0 ? [] : [`${words} ${count} 户`];
  });
  if (obstacles.length > 0) {
    return { ok: false, sentence: `还不能开具：${obstacles.join("，")}。全部交清以后再来开` };
  }
  const paid = houses.filter(({ standing }) => standing === "paid-in-full");
  if (paid.length === 0) {
    return { ok: false, sentence: "这里的房屋都不用交存，没有可以证明的交款" };
  }
  return {
    ok: true,
    houses: paid,
    areaHundredths: paid.reduce((sum, { areaHundredths }) => sum + areaHundredths, 0),
    depositedFen: addFen(ZERO_FEN, ...paid.map(({ depositedFen }) => depositedFen)),
  };
}

const OBSTACLES: readonly { words: string; isOne: (house: CertifiedHouse) => boolean }[] = [
  { words: "未交", isOne: ({ standing }) => standing === "unpaid" },
  { words: "未交清", isOne: ({ standing }) => standing === "part-paid" },
  { words: "余额不足、应续交", isOne: ({ standing }) => standing === "below-trigger" },
  { words: "还没有交存标准", isOne: ({ standing }) => standing === "no-standard" },
  {
    words: "还在核验",
    isOne: ({ isProvisional, standing }) => isProvisional && standing === "paid-in-full",
  },
];
