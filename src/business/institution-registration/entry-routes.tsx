import { type ApplicantProofDeps, isProvenApplicant } from "#src/applications/applicant-proof.ts";
import { findApplication } from "#src/applications/find-application.ts";
import { checkApplicationNumber } from "#src/kernel/application-number.ts";
import { formatDayInSentence } from "#src/kernel/calendar-date.ts";
import { recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import { readForm } from "#src/platform/http/form.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { currentAgreement, findAgreement } from "./agreement.ts";
import { AgreementPage } from "./agreement-page.tsx";
import { registrationOfKind } from "./descriptor.ts";
import { listDrafts, removeDraft } from "./drafts.ts";
import { RegisteredPage, RegisterPage } from "./entry-pages.tsx";
import { getRegisteredInstitution, listConflictsOf } from "./queries.ts";
import { submissionKey } from "./schema.ts";
import { conflictSentences, stateWords } from "./story.ts";

export interface EntryDeps extends ApplicantProofDeps {
  db: Db;
  personalData: PersonalData;
  limit: LimitVisit;
  shell: (visit: Visit) => PageShell;
  /** Whether text messages leave the house. */
  isSmsAvailable: boolean;
}

/** 注册 with its three entries, the agreement, and 注册成功 at the end. */
export function registrationEntryRoutes(deps: EntryDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/register",
      permission: "anyone",
      audit: null,
      handle: (visit) => showRegister(deps, visit),
    },
    {
      method: "GET",
      path: "/register/agreement",
      permission: "anyone",
      audit: null,
      handle: (visit) => showAgreement(deps, visit),
    },
    {
      method: "POST",
      path: "/register/drafts/remove",
      permission: "anyone",
      audit: "registration-draft-removed",
      handle: (visit) => forgetDraft(deps, visit),
    },
    {
      method: "GET",
      path: "/register/registered/:number",
      permission: "anyone",
      audit: null,
      handle: (visit) => showRegistered(deps, visit),
    },
  ];
}

async function showRegister(deps: EntryDeps, visit: Visit): Promise<Response> {
  const browser = visit.findBrowser();
  const html = renderPage(
    <RegisterPage
      shell={deps.shell(visit)}
      isSmsAvailable={deps.isSmsAvailable}
      drafts={browser === null ? [] : await listDrafts(deps, browser)}
      isBrought={visit.c.req.query("brought") === "1"}
    />,
  );
  return page(visit, html);
}

function showAgreement(deps: EntryDeps, visit: Visit): Response {
  const version = visit.c.req.query("version");
  const agreement = version === undefined ? currentAgreement() : findAgreement(version);
  if (agreement === null) throw new NotFound();
  const html = renderPage(<AgreementPage shell={deps.shell(visit)} agreement={agreement} />);
  return page(visit, html);
}

async function forgetDraft(deps: EntryDeps, visit: Visit): Promise<Response> {
  const key = submissionKey.safeParse((await readForm(visit))["submissionKey"]);
  if (!key.success) throw new BadRequest("这张表单不完整，请返回“注册”，重新操作");
  const browserHash = visit.findBrowser();
  if (browserHash !== null) {
    const draft = { submissionKey: key.data, browserHash };
    const isThere = await removeDraft(deps.db, draft);
    if (isThere) await recordAudit(deps.db, visit.audit, "registration-draft", "removed");
  }
  return seeOther(visit, "/register");
}

/** For the browser that handed it in; everybody else gets the page that a number opens. */
async function showRegistered(deps: EntryDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "status");
  const check = checkApplicationNumber(visit.c.req.param("number") ?? "");
  const application = check.ok ? await findApplication(deps.db, check.number) : null;
  const registration = application && registrationOfKind(application.kind);
  if (application === null || registration === null) throw new NotFound();
  if (!(await isProvenApplicant(deps, visit, application)) || application.state !== "submitted") {
    return seeOther(visit, `/applications/${application.number}`);
  }
  const institution = await getRegisteredInstitution(deps.db, deps.personalData, application.id);
  const conflicts = await listConflictsOf(deps.db, institution);
  const { promisedOn } = application;
  const html = renderPage(
    <RegisteredPage
      shell={deps.shell(visit)}
      isSmsAvailable={deps.isSmsAvailable}
      registration={registration}
      number={application.number}
      state={stateWords(application.state)}
      institutionName={institution.name}
      username={institution.username}
      promisedWords={promisedOn === null ? "" : `。核对最晚 ${formatDayInSentence(promisedOn)}办好`}
      conflicts={conflictSentences({ conflicts, institution })}
    />,
  );
  return page(visit, html);
}
