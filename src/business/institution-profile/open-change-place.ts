import { institutionUserOf } from "#src/accounts/institutions/institution-session.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { CORRECTION_PATH, PROFILE } from "./descriptor.ts";
import type { OpenChange } from "./queries.ts";

/** Where the change that is under way is gone on with. */
export function placeOfOpenChange(visit: Visit, { number, isCorrecting }: OpenChange): string {
  if (isCorrecting) return CORRECTION_PATH;
  const isWorking = institutionUserOf(visit).institution.state === "active";
  return isWorking ? PROFILE : `/applications/${number}`;
}
