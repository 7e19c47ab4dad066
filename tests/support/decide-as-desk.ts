import { advanceApplication } from "#src/applications/advance-application.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import type { DecisionOutcome } from "#src/applications/review-descriptor.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Tx } from "#src/platform/database/client.ts";
import { NOW } from "./builders.ts";

export interface Deciding {
  fields?: Record<string, string>;
  remark?: string;
  now?: Date;
}

/**
 * Decides as the review desk does, by whoever has the stage's role: what the business does besides, then the step.
 * Whether the application is held before it is read is the caller's choice.
 */
export async function decideAsDesk(
  tx: Tx,
  descriptor: ApplicationDescriptor,
  application: Application,
  decision: string,
  { fields = {}, remark = "", now = NOW }: Deciding = {},
): Promise<DecisionOutcome> {
  const stage = descriptor.review?.stages.find(({ state }) => state === application.state);
  const chosen = stage?.decisions.find(({ name }) => name === decision);
  if (!stage || !chosen) throw new Error(`${decision} cannot be decided in ${application.state}`);
  const actor = `staff:${stage.role}-demo`;
  const act = { application, decision, actor, fields, today: shanghaiDate(now), now };
  const outcome = (await descriptor.review?.carryOut(tx, act)) ?? { ok: true };
  if (!outcome.ok) return outcome;
  await advanceApplication(
    tx,
    { application, descriptor },
    { toState: chosen.toState, actorRole: stage.role, actor, now, remark },
  );
  return outcome;
}
