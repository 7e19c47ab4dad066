import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { StandardConditions } from "./choose-standard.ts";
import type { StandardTerms } from "./first-deposit-due.ts";

/** A deposit standard as the register keeps it: when it applies, and what it asks for. */
export interface RegisterStandard extends StandardConditions, StandardTerms {
  id: number;
  code: string;
  name: string;
  effectiveFrom: CalendarDate;
  legalBasis: string;
}

/** Lists every deposit standard of the city, those of the past too: the contract's day decides. */
export async function listStandards(db: Db): Promise<RegisterStandard[]> {
  const rows = await db.selectFrom("deposit_standard").selectAll().orderBy("id").execute();
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    basis: row.basis,
    coefficientE4: row.coefficient_e4,
    roundTo: row.round_to,
    houseUse: row.house_use,
    hasLift: row.has_lift,
    floorsFrom: row.floors_from,
    floorsTo: row.floors_to,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
    legalBasis: row.legal_basis,
  }));
}
