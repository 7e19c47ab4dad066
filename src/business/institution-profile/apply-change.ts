import { listBoundEstates } from "#src/accounts/institutions/bound-estates.ts";
import {
  holdInstitutionEstates,
  listBindingConflicts,
} from "#src/accounts/institutions/estate-bindings.ts";
import { sealProfile } from "#src/accounts/institutions/institution-profile.ts";
import type { InstitutionState } from "#src/accounts/institutions/institution-user.ts";
import type { Application } from "#src/applications/find-application.ts";
import type { DecisionAct, DecisionOutcome } from "#src/applications/review-descriptor.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { type EstateChange, type InstitutionChange, termWords } from "./change.ts";
import { getChange, getInstitution, type RegisteredInstitution } from "./queries.ts";

/** The institution may ask for another change from now on. */
export async function closeChange(tx: Tx, { id }: Pick<Application, "id">): Promise<void> {
  await tx
    .updateTable("institution_change")
    .set({ is_open: false })
    .where("application_id", "=", id)
    .execute();
}

/** Puts what was asked for in the place of what is registered; a conflict of estates refuses the whole of it. */
export async function applyChange(
  tx: Tx,
  act: DecisionAct,
  personalData: PersonalData,
): Promise<DecisionOutcome> {
  const { application, now } = act;
  const { institutionId, change } = await getChange(tx, personalData, application);
  const institution = await getInstitution(tx, personalData, institutionId, { isHeld: true });
  if (!STANDING.includes(institution.state)) {
    return { ok: false, errors: { "": "这个机构已经注销，不能变更，请不予变更" } };
  }
  const wanted = change.estates.map(({ estateId }) => estateId);
  await holdInstitutionEstates(tx, institutionId, wanted);
  const conflict = await firstConflict(tx, institution, change);
  if (conflict !== null) return { ok: false, errors: { "": conflict } };
  const profile = {
    ...institution.profile,
    ...(change.legalPerson && { legalPerson: change.legalPerson.asked }),
    ...change.account?.asked,
  };
  await tx
    .updateTable("institution")
    .set({
      name: change.name?.asked ?? institution.name,
      profile_cipher: sealProfile(personalData, profile),
    })
    .where("id", "=", institutionId)
    .execute();
  for (const estate of change.estates) await applyEstate(tx, institutionId, estate, now);
  if (institution.state === "expired") await reopenRenewed(tx, institution, change, act);
  await closeChange(tx, application);
  return { ok: true };
}

/** Whoever was closed for good has nothing to be changed. */
const STANDING: readonly InstitutionState[] = ["active", "suspended", "expired"];

/** An institution whose contracts or term were over works again from the day on which one runs. */
async function reopenRenewed(
  tx: Tx,
  { id }: RegisteredInstitution,
  change: InstitutionChange,
  { actor, now, today }: DecisionAct,
): Promise<void> {
  const running = await listBoundEstates(tx, id, today);
  if (running.length === 0) return;
  await tx.updateTable("institution").set({ state: "active" }).where("id", "=", id).execute();
  const renewed = change.estates.filter(({ act }) => act !== "end");
  for (const { estateId } of renewed) {
    await tx
      .insertInto("institution_event")
      .values({
        institution_id: id,
        act: "binding-renewed",
        estate_id: estateId,
        actor,
        at: now,
        reason: "续签或换届，变更已批准",
      })
      .execute();
  }
}

async function applyEstate(
  tx: Tx,
  institutionId: number,
  { estateId, act, contractNo, startsOn, endsOn }: EstateChange,
  now: Date,
): Promise<void> {
  const dates = { starts_on: startsOn as never, ends_on: endsOn as never };
  const term = { contract_no: contractNo, ...dates, ended_at: act === "end" ? now : null };
  await tx
    .insertInto("institution_estate")
    .values({ institution_id: institutionId, estate_id: estateId, ...term })
    .onConflict((conflict) => conflict.columns(["institution_id", "estate_id"]).doUpdateSet(term))
    .execute();
}

/** Says who else works for an estate in the days that are asked for; null where nobody does. */
export async function firstConflict(
  db: Db | Tx,
  institution: RegisteredInstitution,
  change: InstitutionChange,
): Promise<string | null> {
  const wanted = change.estates.filter(({ act }) => act !== "end");
  const [other] = await listBindingConflicts(db, {
    kind: institution.kind,
    exceptInstitutionId: institution.id,
    bindings: wanted.map(({ estateId, startsOn, endsOn }) => ({
      estateId,
      startsOn: startsOn as CalendarDate | null,
      endsOn: endsOn as CalendarDate | null,
    })),
  });
  if (other === undefined) return null;
  const estate = wanted.find(({ estateId }) => estateId === other.estateId)?.name ?? "物业区域";
  return `${estate}在这段日期里已绑定 ${other.institutionName}（${termWords(other)}），请先结束旧的，或不予变更`;
}
