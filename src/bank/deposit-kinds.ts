import type { Selectable } from "kysely";
import type { JournalTable } from "#src/platform/database/tables/ledger.ts";

export type DepositKind = NonNullable<Selectable<JournalTable>["deposit_kind"]>;

/** 交款类别: the field's code set for what a deposit is for. */
export const DEPOSIT_KIND_WORDS: Record<DepositKind, string> = {
  "00": "首次交款",
  "01": "维修资金追缴",
  "02": "维修资金续交",
  "03": "结息交款",
  "04": "欠款补交",
  "05": "其他交款",
  "06": "收益资金交款",
};
