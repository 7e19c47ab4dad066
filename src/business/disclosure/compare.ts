import { type Fen, formatYuan, perUnitHalfUp } from "#src/kernel/money.ts";
import { balanceNow, type FundNow, liableNow } from "#src/ledger/city-book/fund-now.ts";
import { formatTenths, shareTenths, sufficiencyTenths } from "#src/ledger/sufficiency.ts";

/** One measure by which funds of any size can be compared. */
export interface Measure {
  title: string;
  /** How it is reckoned, in words. */
  basis: string;
  of: (now: FundNow) => string;
}

const SQUARE_METRE = 100n;
const rate = (tenths: bigint | null) => (tenths === null ? "—" : formatTenths(tenths));
const yuan = (amount: Fen | null) => (amount === null ? "—" : `${formatYuan(amount)} 元`);

/** What an estate is compared with its district and its city by. */
export const MEASURES: readonly Measure[] = [
  {
    title: "充足率",
    basis: "余额 ÷ 首次交存",
    of: (now) => rate(sufficiencyTenths(balanceNow(now), now.firstPaidFen)),
  },
  {
    title: "每平方米余额",
    basis: "余额 ÷ 建筑面积",
    of: (now) => yuan(perUnitHalfUp(balanceNow(now), now.areaHundredths, SQUARE_METRE)),
  },
  {
    title: "每户平均余额",
    basis: "余额 ÷ 户数",
    of: (now) => yuan(perUnitHalfUp(balanceNow(now), BigInt(now.houseCount))),
  },
  {
    title: "交清户占比",
    basis: "首次交存已交清的户 ÷ 应交户",
    of: (now) => rate(shareTenths(now.paidCount, liableNow(now))),
  },
  {
    title: "低于续交线户占比",
    basis: "余额低于续交线的户 ÷ 应交户",
    of: (now) => rate(shareTenths(now.belowCount, liableNow(now))),
  },
];
