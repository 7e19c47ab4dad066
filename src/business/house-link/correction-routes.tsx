import { randomUUID } from "node:crypto";
import { ownerOf } from "#src/accounts/owners/owner-session.ts";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { documentsTakenOut } from "#src/applications/documents/document-fields.tsx";
import { readUploadForm } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { type Application, findApplication } from "#src/applications/find-application.ts";
import { maskDocument } from "#src/kernel/masking.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { getHouse } from "#src/register/find-house.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { renderPage } from "#src/ui/render.ts";
import { correctLink } from "./correct-link.ts";
import { HOUSE_LINK } from "./descriptor.ts";
import { correctionPath } from "./link-descriptor.ts";
import { LinkFormPage } from "./pages.tsx";
import { type AskedLink, getAskedLink } from "./queries.ts";
import type { HouseLinkRoutesDeps } from "./routes.tsx";
import { LINK_REFUSALS } from "./rules.ts";
import { correctedLinkForm, linkSeal } from "./schema.ts";

export interface LinkCorrectionDeps extends HouseLinkRoutesDeps {
  descriptor: ApplicationDescriptor;
}

/** 补正: an application that was sent back, in its own form again, for the account that made it. */
export function linkCorrectionRoutes(deps: LinkCorrectionDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/me/link-correction/:number",
      permission: "owner",
      audit: null,
      handle: (visit) => show(deps, visit),
    },
    {
      method: "POST",
      path: "/me/link-correction/:number",
      permission: "owner",
      audit: "house-link-corrected",
      handle: (visit) => correct(deps, visit),
    },
  ];
}

interface Correcting {
  application: Application;
  asked: AskedLink;
}

/** The application of the URL; another account's is as unknown as one that is not there. */
async function correctingOf(
  deps: LinkCorrectionDeps,
  visit: Visit,
): Promise<Correcting | Response> {
  const application = await findApplication(deps.db, visit.c.req.param("number") ?? "");
  if (application === null || application.kind !== HOUSE_LINK.kind) throw new NotFound();
  const asked = await getAskedLink(deps.db, deps.personalData, application);
  if (asked.ownerId !== ownerOf(visit).id) throw new NotFound();
  if (application.state === "correcting") return { application, asked };
  return seeOther(visit, `/applications/${application.number}`);
}

async function show(deps: LinkCorrectionDeps, visit: Visit): Promise<Response> {
  const correcting = await correctingOf(deps, visit);
  if (correcting instanceof Response) return correcting;
  const { name, note } = correcting.asked.form;
  const said = {
    typed: { realName: name, note },
    errors: {},
    fileNotes: {},
    submissionKey: randomUUID(),
  };
  return await answer(deps, visit, correcting, said, 200);
}

async function answer(
  deps: LinkCorrectionDeps,
  visit: Visit,
  { application, asked }: Correcting,
  said: { typed: SentForm; errors: FormErrors; fileNotes: FormErrors; submissionKey: string },
  status: number,
): Promise<Response> {
  const browserHash = visit.ensureBrowser();
  const { submissionKey } = said;
  const [handedIn, drafts, house] = await Promise.all([
    listDocuments(deps, { applicationId: application.id }),
    listDocuments(deps, { submissionKey, browserHash }),
    getHouse(deps.db, asked.house),
  ]);
  const html = renderPage(
    <LinkFormPage
      shell={deps.shell(visit)}
      house={house}
      action={correctionPath(application)}
      documents={[...handedIn, ...drafts]}
      isSmsAvailable={deps.isSmsAvailable}
      correction={{
        opinion: application.events.at(-1)?.remark || "要件需要补正，请核对后重新提交",
        maskedDocument: maskDocument(asked.form.documentNo),
        takenOut: documentsTakenOut(said.typed),
        back: `/applications/${application.number}`,
      }}
      {...said}
    />,
  );
  return page(visit, html, status);
}

async function correct(deps: LinkCorrectionDeps, visit: Visit): Promise<Response> {
  const correcting = await correctingOf(deps, visit);
  if (correcting instanceof Response) return correcting;
  const { sent, fileErrors, fileNotes, isOnlyFiles } = await readUploadForm(deps, visit);
  const seal = parseForm(linkSeal, sent);
  if (!seal.ok) throw new BadRequest("这张表单不完整，请回到办理进度，重新点“补正”填写");
  const { submissionKey } = seal.data;
  const again = (errors: FormErrors, status: number) =>
    answer(deps, visit, correcting, { typed: sent, errors, fileNotes, submissionKey }, status);
  const hasFileErrors = Object.keys(fileErrors).length > 0;
  if (isOnlyFiles) return await again(fileErrors, hasFileErrors ? 422 : 200);
  const form = parseForm(correctedLinkForm, sent);
  if (!form.ok) return await again({ ...form.errors, ...fileErrors }, 422);
  if (hasFileErrors) return await again(fileErrors, 422);
  const { realName, documentNo, note } = form.data;
  await deps.limit(visit, "submit");
  const { number } = correcting.application;
  const outcome = await correctLink(deps, deps.descriptor, {
    account: ownerOf(visit),
    number,
    form: { name: realName, documentNo, note },
    takenOut: documentsTakenOut(sent),
    submissionKey,
    browserHash: visit.ensureBrowser(),
    audit: visit.audit,
    now: visit.now,
  });
  switch (outcome.kind) {
    case "corrected":
      return seeOther(visit, `/applications/${number}?submitted=1`);
    case "moved-on":
      return seeOther(visit, `/applications/${number}`);
    case "missing":
      return await again(outcome.errors, 422);
    case "other-person": {
      const [field, sentence] = LINK_REFUSALS["other-person"];
      return await again({ [field]: sentence }, 422);
    }
  }
}
