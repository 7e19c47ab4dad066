import { sql } from "kysely";
import type { Db } from "#src/platform/database/client.ts";
import type { BranchQuery } from "./schema.ts";

/** A window of the fund centre with the way there in words. */
export interface ServiceWindow {
  name: string;
  address: string;
  phone: string;
  byBus: string;
  landmarks: string;
  stepFree: string;
  handles: string;
}

/** Lists the fund centre's windows, the oldest first. */
export async function listServiceWindows(db: Db): Promise<ServiceWindow[]> {
  return await db
    .selectFrom("service_window")
    .select(["name", "address", "phone", "landmarks", "handles"])
    .select(["by_bus as byBus", "step_free as stepFree"])
    .orderBy("id")
    .execute();
}

/** A branch of a custody bank. */
export interface BankBranch {
  bankName: string;
  name: string;
  districtName: string | null;
  address: string;
  phone: string;
  hours: string;
  stepFree: string;
}

/** Lists the open branches that fit all filters, by district, bank and name; no more than two hundred. */
export async function listBankBranches(db: Db, wanted: BranchQuery): Promise<BankBranch[]> {
  let query = db
    .selectFrom("bank_branch as branch")
    .innerJoin("bank", "bank.code", "branch.bank_code")
    .leftJoin("district", "district.code", "branch.district_code")
    .select(["bank.name as bankName", "branch.name", "district.name as districtName"])
    .select(["branch.address", "branch.phone", "branch.hours", "branch.step_free as stepFree"])
    .where("branch.is_closed", "=", false);
  if (wanted.bank !== "") query = query.where("branch.bank_code", "=", wanted.bank);
  if (wanted.district !== "") query = query.where("branch.district_code", "=", wanted.district);
  if (wanted.q !== "") {
    const words = sql<string>`bank.name || branch.name || branch.address`;
    query = query.where(sql<boolean>`position(${wanted.q} in ${words}) > 0`);
  }
  return await query
    .orderBy("branch.district_code")
    .orderBy("branch.bank_code")
    .orderBy("branch.name")
    .limit(200)
    .execute();
}

/** What the list of branches can be filtered by: banks and districts that have an open one. */
export interface BranchFilters {
  banks: { value: string; label: string }[];
  districts: { value: string; label: string }[];
}

/** Lists banks and districts that have open branches. */
export async function listBranchFilters(db: Db): Promise<BranchFilters> {
  const open = () => db.selectFrom("bank_branch as branch").where("branch.is_closed", "=", false);
  const [banks, districts] = await Promise.all([
    open()
      .innerJoin("bank", "bank.code", "branch.bank_code")
      .select(["bank.code as value", "bank.name as label"])
      .distinct()
      .orderBy("bank.code")
      .execute(),
    open()
      .innerJoin("district", "district.code", "branch.district_code")
      .select(["district.code as value", "district.name as label"])
      .distinct()
      .orderBy("district.code")
      .execute(),
  ]);
  return { banks, districts };
}
