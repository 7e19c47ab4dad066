import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { UploadDeps } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import type { Application } from "#src/applications/find-application.ts";
import { BadRequest } from "#src/platform/http/errors.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { ChangePage } from "./change-page.tsx";
import { readRegistered } from "./read-registered.ts";
import { submissionSeal } from "./schema.ts";

export interface ChangeFormDeps extends UploadDeps {
  shell: (visit: Visit) => PageShell;
  findDescriptor: (number: string) => ApplicationDescriptor;
}

/** What a change's form says when it is shown (again). */
export interface SaidChange {
  typed: SentForm;
  submissionKey: string;
  errors?: FormErrors;
  fileNotes?: FormErrors;
  /** The password was asked for in between. */
  isKept?: boolean;
  /** The change that was sent back, where the form corrects one. */
  correction?: { application: Application; takenOut: readonly string[] };
}

/** Shows the form of 申请变更, or of its 补正, with what was said and uploaded under its key. */
export async function answerChangeForm(
  deps: ChangeFormDeps,
  visit: Visit,
  said: SaidChange,
  status: number,
): Promise<Response> {
  const { user, institution, bound } = await readRegistered(deps, visit);
  const browserHash = visit.ensureBrowser();
  const { submissionKey, correction } = said;
  const handedIn = correction
    ? await listDocuments(deps, { applicationId: correction.application.id })
    : [];
  const html = renderPage(
    <ChangePage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      institution={institution}
      bound={bound}
      typed={said.typed}
      errors={said.errors ?? {}}
      fileNotes={said.fileNotes ?? {}}
      isKept={said.isKept ?? false}
      submissionKey={submissionKey}
      documents={[...handedIn, ...(await listDocuments(deps, { submissionKey, browserHash }))]}
      correction={correction ? await tellCorrection(deps, visit, correction) : null}
    />,
  );
  return page(visit, html, status);
}

async function tellCorrection(
  deps: ChangeFormDeps,
  visit: Visit,
  { application, takenOut }: NonNullable<SaidChange["correction"]>,
) {
  const { number } = application;
  const story = await deps.findDescriptor(number).tell(deps.db, application, visit.now);
  return { number, takenOut, wishes: story.corrections ?? [] };
}

/** The key that the form page made; a form without one did not come from our page: `BadRequest`. */
export function submissionKeyOf(sent: SentForm): string {
  const seal = parseForm(submissionSeal, sent);
  if (!seal.ok) throw new BadRequest("这张表单不完整，请返回页面重新填写");
  return seal.data.submissionKey;
}
