import type { Db } from "#src/platform/database/client.ts";

/** An estate (小区概况) as the register knows it. Nothing of it is personal. */
export interface Estate {
  id: number;
  code: string;
  name: string;
  districtName: string;
  address: string;
  developerName: string;
  propertyCompanyName: string;
  committeeName: string;
  completedYear: number | null;
  bankName: string;
  branchName: string;
}

/** Finds an estate by its code; null for none, and for what is no code. */
export async function findEstate(db: Db, code: string): Promise<Estate | null> {
  if (!/^[A-Z]{2}[0-9]{4,8}$/.test(code)) return null;
  const row = await db
    .selectFrom("estate")
    .innerJoin("custody_account as custody", "custody.id", "estate.custody_account_id")
    .innerJoin("bank", "bank.code", "custody.bank_code")
    .where("estate.code", "=", code)
    .select([
      "estate.id",
      "estate.code",
      "estate.name",
      "estate.district_name as districtName",
      "estate.address",
      "estate.developer_name as developerName",
      "estate.property_company_name as propertyCompanyName",
      "estate.committee_name as committeeName",
      "estate.completed_year as completedYear",
      "bank.name as bankName",
      "custody.branch_name as branchName",
    ])
    .executeTakeFirst();
  return row ?? null;
}
