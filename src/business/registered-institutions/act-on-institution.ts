import type { InstitutionState } from "#src/accounts/institutions/institution-user.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { InstitutionEventTable } from "#src/platform/database/tables/accounts.ts";
import { endSessionsOf } from "#src/platform/sessions.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";

/** What the fund centre can do to an institution itself. */
export type InstitutionAct = "suspend" | "resume" | "close";

/** What came of an act. Everything but `done` left everything as it was. */
export type ActOutcome =
  | { kind: "done" }
  | { kind: "unknown" }
  /** It is not in a state for it any more. */
  | { kind: "moved-on" }
  | { kind: "refused"; errors: FormErrors };

interface ActRequest {
  institutionId: number;
  reason: string;
  /** `staff:username` */
  actor: string;
  now: Date;
  audit: AuditContext;
}

const ACTS: Readonly<
  Record<
    InstitutionAct,
    {
      from: readonly InstitutionState[];
      to: InstitutionState;
      event: InstitutionEventTable["act"];
    }
  >
> = {
  suspend: { from: ["active"], to: "suspended", event: "suspended" },
  resume: { from: ["suspended"], to: "active", event: "resumed" },
  close: { from: ["active", "suspended", "expired"], to: "closed", event: "closed" },
};

/** Tells whether an act can be done to an institution in a state. */
export function isPossible(act: InstitutionAct, state: InstitutionState): boolean {
  return ACTS[act].from.includes(state);
}

/**
 * Suspends, resumes or closes an institution for a reason that its users read. Whoever is signed in for it is out at
 * once, unless it was opened. Closed is for good: it may register again.
 */
export async function actOnInstitution(
  db: Db,
  act: InstitutionAct,
  request: ActRequest,
): Promise<ActOutcome> {
  const { from, to, event } = ACTS[act];
  return await db.transaction().execute(async (tx) => {
    const state = await holdInstitution(tx, request.institutionId);
    if (state === null) return { kind: "unknown" };
    if (!from.includes(state)) return { kind: "moved-on" };
    await tx
      .updateTable("institution")
      .set({ state: to })
      .where("id", "=", request.institutionId)
      .execute();
    if (to !== "active") await endSessions(tx, request.institutionId);
    await writeDown(tx, request, event, null);
    return { kind: "done" };
  });
}

/** An estate of an institution that an act is about. */
interface BindingRequest extends ActRequest {
  estateCode: string;
}

/** Ends a contract or a term before its last day, so that another company or committee may take its place. */
export async function endBinding(db: Db, request: BindingRequest): Promise<ActOutcome> {
  return await db.transaction().execute(async (tx) => {
    const bound = await holdBinding(tx, request);
    if (bound === null) return { kind: "unknown" };
    if (bound.endedAt !== null || bound.state === "closed") return { kind: "moved-on" };
    await tx
      .updateTable("institution_estate")
      .set({ ended_at: request.now })
      .where("institution_id", "=", request.institutionId)
      .where("estate_id", "=", bound.estateId)
      .execute();
    await writeDown(tx, request, "binding-ended", bound.estateId);
    return { kind: "done" };
  });
}

/**
 * Gives a contract or a term a later last day (续签, 换届). An institution that had expired works again; another
 * one that took its place in the meantime is in the way, and the database says so.
 */
export async function renewBinding(
  db: Db,
  request: BindingRequest & { endsOn: CalendarDate },
): Promise<ActOutcome> {
  try {
    return await db.transaction().execute((tx) => renewIn(tx, request));
  } catch (error) {
    if ((error as { code?: string }).code !== "WX050") throw error;
    const sentence =
      "这个物业区域在这段时间已经由别的单位绑定，不能延期。请先核对那一家的合同或任期";
    return { kind: "refused", errors: { endsOn: sentence } };
  }
}

async function renewIn(
  tx: Tx,
  request: BindingRequest & { endsOn: CalendarDate },
): Promise<ActOutcome> {
  const bound = await holdBinding(tx, request);
  if (bound === null) return { kind: "unknown" };
  const isOpen = ["active", "suspended", "expired"].includes(bound.state);
  if (bound.endedAt !== null || bound.endsOn === null || !isOpen) return { kind: "moved-on" };
  if (request.endsOn <= bound.endsOn) {
    const sentence = `新的截止日期应晚于现在的 ${bound.endsOn}；要提前终止的，请办理终止`;
    return { kind: "refused", errors: { endsOn: sentence } };
  }
  await tx
    .updateTable("institution_estate")
    .set({ ends_on: request.endsOn })
    .where("institution_id", "=", request.institutionId)
    .where("estate_id", "=", bound.estateId)
    .execute();
  if (bound.state === "expired") {
    await tx
      .updateTable("institution")
      .set({ state: "active" })
      .where("id", "=", request.institutionId)
      .execute();
  }
  await writeDown(tx, request, "binding-renewed", bound.estateId);
  return { kind: "done" };
}

async function holdInstitution(tx: Tx, id: number): Promise<InstitutionState | null> {
  const row = await tx
    .selectFrom("institution")
    .select("state")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row?.state ?? null;
}

async function holdBinding(tx: Tx, { institutionId, estateCode }: BindingRequest) {
  const state = await holdInstitution(tx, institutionId);
  const row = await tx
    .selectFrom("institution_estate as b")
    .innerJoin("estate as e", "e.id", "b.estate_id")
    .select(["b.estate_id as estateId", "b.ends_on as endsOn", "b.ended_at as endedAt"])
    .where("b.institution_id", "=", institutionId)
    .where("e.code", "=", estateCode)
    .executeTakeFirst();
  return row === undefined || state === null ? null : { ...row, state };
}

async function endSessions(tx: Tx, institutionId: number): Promise<void> {
  const users = await tx
    .selectFrom("institution_user")
    .select("id")
    .where("institution_id", "=", institutionId)
    .execute();
  await endSessionsOf(
    tx,
    "institution",
    users.map(({ id }) => id),
  );
}

async function writeDown(
  tx: Tx,
  { institutionId, actor, now, reason, audit }: ActRequest,
  act: InstitutionEventTable["act"],
  estateId: number | null,
): Promise<void> {
  await tx
    .insertInto("institution_event")
    .values({ institution_id: institutionId, act, estate_id: estateId, actor, at: now, reason })
    .execute();
  await recordAudit(tx, audit, `institution:${institutionId}`, "done");
}
