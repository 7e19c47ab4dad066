import { sql } from "kysely";
import { offerDeposit } from "#src/bank/deposit-offer.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import { isCountedSql } from "#src/ledger/estate-figures.ts";
import { getHouseBalance } from "#src/ledger/house-balances.ts";
import { houseStanding } from "#src/ledger/house-standing.ts";
import type { Db } from "#src/platform/database/client.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { CitySettings } from "#src/register/city-settings.ts";
import { findHouseByCode, type House } from "#src/register/find-house.ts";
import type { BatchKind, FoundHouse } from "./rules.ts";

/**
 * Finds the houses of an estate by their codes, with what each can be asked for. A code of another estate finds
 * nothing, whatever there is.
 */
export async function findBatchHouses(
  db: Db,
  query: { estateId: number; codes: readonly string[]; today: CalendarDate },
  settings: CitySettings,
): Promise<Map<string, FoundHouse>> {
  const codes = [...new Set(query.codes)];
  const all = await Promise.all(codes.map((code) => findHouseByCode(db, code)));
  const houses = all.filter((house) => house !== null && house.estateId === query.estateId);
  const openCounts = await countOpenNotices(db, query, houses as House[]);
  const found = await Promise.all(
    (houses as House[]).map(async (house): Promise<FoundHouse> => {
      const balance = await getHouseBalance(db, house);
      const offer = offerDeposit(houseStanding(house, balance, settings), house.status);
      const openNoticeCount = openCounts.get(house.houseId) ?? 0;
      return { house, offer, firstPaidFen: balance.firstPaidFen, openNoticeCount };
    }),
  );
  return new Map(found.map((one) => [one.house.code, one]));
}

async function countOpenNotices(
  db: Db,
  { estateId, today }: { estateId: number; today: CalendarDate },
  houses: readonly House[],
): Promise<Map<bigint, number>> {
  const ids = houses.map(({ houseId }) => houseId.toString());
  const { rows } = await sql<{ house_id: bigint; count: number }>`
    select p.house_id, count(*)::integer as count
      from payment_notice_part p join payment_notice n on n.no = p.notice_no
      where p.estate_id = ${estateId} and p.house_id = any (${listParameter("bigint", ids)})
        and n.state in ('issued', 'locked') and n.expires_on >= ${today}::date
      group by p.house_id`.execute(db);
  return new Map(rows.map((row) => [row.house_id, row.count]));
}

/** A building with how many of its houses can be asked for a first deposit, or for the rest of one. */
export interface BuildingChoice {
  key: string;
  label: string;
  unpaidCount: number;
  partPaidCount: number;
}

/** How many houses of a building can be asked for a kind of deposit. */
export function countIn(building: BuildingChoice, kind: BatchKind): number {
  return kind === "00" ? building.unpaidCount : building.partPaidCount;
}

/** Lists the codes of the houses that some buildings may be asked for; the rules judge each. */
export async function listHouseCodes(
  db: Db,
  query: { estateId: number; buildingKeys: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select h.code from house h
      left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
      where h.estate_id = ${query.estateId} and h.status = 'recorded' and h.exempt_reason is null
        and h.standard_id is not null and ${isCountedSql}
        and h.building_key = any (${listParameter("text", query.buildingKeys)})
      order by h.building_key, h.unit_key, h.floor nulls last, h.room_key, h.id`.execute(db);
  return rows.map((row) => row.code);
}

/** A batch deposit as the institution's list shows it. */
export interface BatchRow {
  number: string;
  estateName: string;
  houseCount: number;
  amountFen: Fen;
  state: string;
  createdAt: Date;
  expiresOn: CalendarDate;
}

export const BATCHES_ON_PAGE = 20;

/** Lists the batch deposits of an institution, newest first, one page of them, and how many there are. */
export async function listBatches(
  db: Db,
  institutionId: number,
  page: number,
): Promise<{ rows: BatchRow[]; totalCount: number }> {
  const { rows } = await sql<Omit<BatchRow, "amountFen"> & { amount: bigint; total: number }>`
    select a.number, e.name as "estateName", n.house_count as "houseCount", n.amount_fen as amount, a.state,
        a.created_at as "createdAt", n.expires_on as "expiresOn", (count(*) over ())::integer as total
      from batch_deposit d join application a on a.id = d.application_id
        join payment_notice n on n.no = a.notice_no join estate e on e.id = d.estate_id
      where d.institution_id = ${institutionId}
      order by d.application_id desc
      limit ${BATCHES_ON_PAGE} offset ${(page - 1) * BATCHES_ON_PAGE}`.execute(db);
  return {
    rows: rows.map(({ amount, total: _total, ...row }) => ({ ...row, amountFen: fen(amount) })),
    totalCount: rows[0]?.total ?? 0,
  };
}

/** Tells whether a batch deposit is an institution's own; another's does not exist for it. */
export async function isOwnBatch(db: Db, institutionId: number, number: string): Promise<boolean> {
  const row = await db
    .selectFrom("batch_deposit")
    .innerJoin("application", "application.id", "batch_deposit.application_id")
    .select("application.id")
    .where("application.number", "=", number)
    .where("batch_deposit.institution_id", "=", institutionId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Reads the phone of somebody of an institution, in clear, for the form that he fills in himself. */
export async function getOwnPhone(
  db: Db,
  personalData: PersonalData,
  userId: number,
): Promise<string> {
  const { phone_cipher: cipher } = await db
    .selectFrom("institution_user")
    .select("phone_cipher")
    .where("id", "=", userId)
    .executeTakeFirstOrThrow();
  return personalData.decrypt(cipher);
}
