import { sql } from "kysely";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { SlipKind, SlipStanding } from "#src/platform/issued-slips/slip-kind.ts";

const STILL_SO: SlipStanding = {
  isValid: true,
  label: "有效",
  meaning: "它说明截至单上日期已经记账的款项，之后的变动以现在的登记为准。",
};

const CHANGED: SlipStanding = {
  isValid: false,
  label: "余额已变化",
  meaning:
    "打印以后，单上日期以前（含当天）又记了账或者冲正过，余额和单上的不一样了。请看房屋的明细，或者请业主重新打印。",
};

/** 年度对账单 as 验真 sees it: good while the books still say its balance of the day on it. */
export const ANNUAL_STATEMENT_SLIP: SlipKind = {
  kind: "annual-statement",
  title: "年度对账单",
  words: { party: "业主", datedOn: "截至日期", amount: "余额" },
  judge: async (db, { subject, datedOn, amountFen }) => {
    const [code = ""] = subject.split("/");
    const isSame = (await readBalanceOn(db, code, datedOn)) === amountFen;
    const onward = { href: `/fund/${code}`, words: "看这套房屋的明细" };
    return { ...(isSame ? STILL_SO : CHANGED), onward };
  },
};

/** What a house held at the end of a day by today's books, in fen. A reversal of the same day counts. */
async function readBalanceOn(db: Db, code: string, day: CalendarDate): Promise<bigint> {
  const { rows } = await sql<{ fen: bigint }>`
    select coalesce(-sum(e.amount_fen), 0)::bigint as fen from house h
      join entry e on e.estate_id = h.estate_id and e.house_id = h.id
      join journal j on j.id = e.journal_id
      where h.code = ${code} and j.book_date <= ${day}`.execute(db);
  return rows[0]?.fen ?? 0n;
}

/** Statements have no number of their own; no business has numbers that begin like theirs. */
export const STATEMENT_NUMBERS = { kind: ANNUAL_STATEMENT_SLIP.kind, numberPrefix: "83" };
