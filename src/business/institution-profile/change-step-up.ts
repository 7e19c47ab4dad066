import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { findChangeDraft, saveChangeDraft } from "./change-drafts.ts";
import type { ChangeFormDeps, SaidChange } from "./change-form.tsx";
import { submissionSeal } from "./schema.ts";

/** Where somebody comes back to after the password: the form with what is kept of it. */
export function keptFormAddress(path: string, submissionKey: string): string {
  return `${path}?form=${submissionKey}`;
}

/** Keeps what was typed until its page is come back to, and answers with `stepUp`, which asks for the password. */
export async function keepForStepUp(
  deps: ChangeFormDeps,
  visit: Visit,
  { sent, submissionKey }: { sent: SentForm; submissionKey: string },
  stepUp: Response | null,
): Promise<Response> {
  if (stepUp === null) throw new Error("the password was given in the last minutes");
  const key = { submissionKey, userId: institutionUserOf(visit).id };
  await saveChangeDraft(deps, key, { typed: sent, now: visit.now });
  return stepUp;
}

/** What was typed before the password was asked for; null for a form that is opened anew. */
export async function findKept(deps: ChangeFormDeps, visit: Visit): Promise<SaidChange | null> {
  const seal = submissionSeal.safeParse({ submissionKey: visit.c.req.query("form") });
  if (!seal.success) return null;
  const { submissionKey } = seal.data;
  const key = { submissionKey, userId: institutionUserOf(visit).id };
  const typed = await findChangeDraft(deps, key);
  return typed && { typed, submissionKey, isKept: true };
}
