import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import { listStandards, type RegisterStandard } from "../standards/list-standards.ts";

/** A deposit standard as far as an import needs it. */
export type ImportStandard = RegisterStandard;

/** What the rows of a file refer to, read once at the start of an import. */
export interface RegisterReference {
  districtNames: ReadonlyMap<string, string>;
  /** By account number. */
  custodyAccountIds: ReadonlyMap<string, number>;
  /** The account of a new estate whose rows name none; null: the city has none yet. */
  firstCustodyAccountId: number | null;
  standards: readonly ImportStandard[];
  standardsByCode: ReadonlyMap<string, ImportStandard>;
  today: CalendarDate;
}

/** Reads the divisions, custody accounts and deposit standards that rows may name. */
export async function readReference(db: Db, today: CalendarDate): Promise<RegisterReference> {
  const districts = await db.selectFrom("district").select(["code", "name"]).execute();
  const accounts = await db
    .selectFrom("custody_account")
    .select(["id", "account_no"])
    .orderBy("id")
    .execute();
  const standards = await listStandards(db);
  return {
    districtNames: new Map(districts.map((district) => [district.code, district.name])),
    custodyAccountIds: new Map(accounts.map((account) => [account.account_no, account.id])),
    firstCustodyAccountId: accounts[0]?.id ?? null,
    standards,
    standardsByCode: new Map(standards.map((standard) => [standard.code, standard])),
    today,
  };
}
