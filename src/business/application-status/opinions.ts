import type { ApplicationStory } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";

/** What somebody of the fund centre wrote for the applicant with a step. */
export interface Opinion {
  at: Date;
  text: string;
}

const FUND_CENTRE = new Set(["intake", "reviewer", "approver", "finance"]);

/** Lists the fund centre's opinions, the newest first, without those that the story tells itself. */
export function listOpinions(application: Application, story: ApplicationStory): Opinion[] {
  const told = [...story.timeline.map(({ detail }) => detail), ...(story.corrections ?? [])];
  return application.events
    .filter(({ actorRole, remark }) => remark !== "" && FUND_CENTRE.has(actorRole))
    .filter(({ remark }) => !told.some((text) => text.includes(remark)))
    .map(({ at, remark }) => ({ at, text: remark }))
    .reverse();
}
