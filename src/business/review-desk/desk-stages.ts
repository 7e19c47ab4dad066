import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type {
  Decision,
  ReviewDescriptor,
  ReviewRole,
  ReviewStage,
} from "#src/applications/review-descriptor.ts";
import type { StaffRole } from "#src/platform/http/route.ts";

/** A business on whose applications the fund centre decides. */
export type ReviewedDescriptor = ApplicationDescriptor & { review: ReviewDescriptor };

/** A stage of a business that somebody's roles let him decide in. */
export interface DeskStage {
  descriptor: ReviewedDescriptor;
  stage: ReviewStage;
}

export const REVIEW_ROLES: readonly ReviewRole[] = ["intake", "reviewer", "approver", "finance"];

/** The businesses that are reviewed at all. */
export function reviewedDescriptors(
  descriptors: readonly ApplicationDescriptor[],
): ReviewedDescriptor[] {
  return descriptors.filter(
    (descriptor): descriptor is ReviewedDescriptor => descriptor.review !== undefined,
  );
}

/** Every stage, of whatever business, that these roles decide in. */
export function stagesFor(
  descriptors: readonly ReviewedDescriptor[],
  roles: readonly StaffRole[],
): DeskStage[] {
  return descriptors.flatMap((descriptor) =>
    descriptor.review.stages
      .filter((stage) => roles.includes(stage.role))
      .map((stage) => ({ descriptor, stage })),
  );
}

/** The stage that a business has for a state, or null when nothing is to be decided in it. */
export function stageOf(descriptor: ReviewedDescriptor, state: string): ReviewStage | null {
  return descriptor.review.stages.find((stage) => stage.state === state) ?? null;
}

/** Finds by which stage and decision a step was taken; null for a step that nobody of the desk took. */
export function decisionOfStep(
  descriptor: ReviewedDescriptor,
  step: { fromState: string; toState: string; actorRole: string },
  name: string | undefined,
): { stage: ReviewStage; decision: Decision } | null {
  const stage = descriptor.review.stages.find(
    (one) => one.state === step.fromState && one.role === step.actorRole,
  );
  const led = stage?.decisions.filter((decision) => decision.toState === step.toState) ?? [];
  const decision = led.find((one) => one.name === name) ?? led[0];
  return stage && decision ? { stage, decision } : null;
}
