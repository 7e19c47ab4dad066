import { type ApplicantProofDeps, isProvenApplicant } from "#src/applications/applicant-proof.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import { checkApplicationNumber } from "#src/kernel/application-number.ts";
import type { FormCaptchaDeps } from "#src/platform/captcha/form-captcha.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { PageShell } from "#src/ui/page-shell.ts";

/** What the pages of an application are built on. */
export interface StatusDeps extends ApplicantProofDeps, FormCaptchaDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
  limit: LimitVisit;
  personalData: PersonalData;
  descriptors: readonly ApplicationDescriptor[];
  policy: DisclosurePolicy;
  publicUrl: string;
  fundCentreName: string;
  /** Whether text messages leave the house, and how many with a code in a day. */
  sms: { isAvailable: boolean; codesPerDay: number };
}

/** The application of a URL, the business behind it, and whether the visitor has proven to be its applicant. */
export interface VisitedApplication {
  application: Application;
  descriptor: ApplicationDescriptor;
  isProven: boolean;
}

/** Finds the application that a visit is about; null for a number that is nobody's. */
export async function findVisited(
  deps: StatusDeps,
  visit: Visit,
  typed: string,
): Promise<VisitedApplication | null> {
  const check = checkApplicationNumber(typed);
  const application = check.ok ? await findApplication(deps.db, check.number) : null;
  if (application === null) return null;
  const descriptor = deps.descriptors.find(({ kind }) => kind === application.kind);
  if (descriptor === undefined) throw new Error(`no business handles ${application.kind}`);
  return { application, descriptor, isProven: await isProvenApplicant(deps, visit, application) };
}

/**
 * The same for a page that only somebody who has the number comes to: wrong numbers are counted like those of
 * 业务受理状态查询, so that this is no second way to try them, and are answered with 404.
 */
export async function requireVisited(deps: StatusDeps, visit: Visit): Promise<VisitedApplication> {
  const visited = await findVisited(deps, visit, visit.c.req.param("number") ?? "");
  if (visited !== null) return visited;
  await deps.limit(visit, "status");
  throw new NotFound();
}

/** Tells whether the applicant could do something about the application now, besides printing. */
export function actsNow({ application, descriptor }: Omit<VisitedApplication, "isProven">) {
  const { correct, cancel } = descriptor.applicantActs ?? {};
  return {
    correctHref: correct?.states.includes(application.state) ? correct.path(application) : null,
    canCancel: cancel?.states.includes(application.state) ?? false,
  };
}
