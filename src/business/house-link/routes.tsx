import { randomUUID } from "node:crypto";
import { ownerOf } from "#src/accounts/owners/owner-session.ts";
import { readUploadForm, type UploadDeps } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { findHouseByCode, type House } from "#src/register/find-house.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { applyForLink, findRefusal } from "./apply-for-link.ts";
import { CannotAskPage, LinkFormPage } from "./pages.tsx";
import { listOpenLinks } from "./queries.ts";
import { LINK_REFUSALS, type LinkRefusal } from "./rules.ts";
import { linkForm, linkSeal } from "./schema.ts";

export interface HouseLinkRoutesDeps extends UploadDeps {
  /** Whether text messages leave the house. */
  isSmsAvailable: boolean;
  shell: (visit: Visit) => PageShell;
}

/** 关联房屋 by papers: the form for one house. */
export function houseLinkRoutes(deps: HouseLinkRoutesDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/me/link/:house/documents",
      permission: "owner",
      audit: null,
      handle: (visit) => showForm(deps, visit),
    },
    {
      method: "POST",
      path: "/me/link/:house/documents",
      permission: "owner",
      audit: "house-link-submitted",
      handle: (visit) => apply(deps, visit),
    },
  ];
}

async function houseOf(deps: HouseLinkRoutesDeps, visit: Visit): Promise<House> {
  const house = await findHouseByCode(deps.db, visit.c.req.param("house") ?? "");
  if (house === null) throw new NotFound();
  return house;
}

async function showForm(deps: HouseLinkRoutesDeps, visit: Visit): Promise<Response> {
  const house = await houseOf(deps, visit);
  const refusal = await findRefusal(deps.db, ownerOf(visit), house, null);
  if (refusal !== null) return await answerCannot(deps, visit, house, refusal);
  const said = { typed: {}, errors: {}, fileNotes: {}, submissionKey: randomUUID() };
  return await answerForm(deps, visit, house, said, 200);
}

async function answerCannot(
  deps: HouseLinkRoutesDeps,
  visit: Visit,
  house: House,
  refusal: LinkRefusal,
): Promise<Response> {
  const [, sentence] = LINK_REFUSALS[refusal];
  const link = await helpfulLink(deps, visit, house, refusal);
  const shell = deps.shell(visit);
  return page(visit, renderPage(<CannotAskPage {...{ shell, house, sentence, link }} />), 200);
}

async function helpfulLink(
  deps: HouseLinkRoutesDeps,
  visit: Visit,
  house: House,
  refusal: LinkRefusal,
): Promise<{ href: string; words: string }> {
  if (refusal === "already-linked") {
    return { href: `/me/houses/${house.code}`, words: "查看这套房屋" };
  }
  const open = await listOpenLinks(deps.db, ownerOf(visit).id);
  const own = open.find((one) => one.houseId === house.houseId && one.estateId === house.estateId);
  if (own !== undefined) return { href: `/applications/${own.number}`, words: "查看办理进度" };
  return refusal === "too-many-open"
    ? { href: "/me/applications", words: "我的业务" }
    : { href: "/me/link", words: "返回关联房屋" };
}

async function answerForm(
  deps: HouseLinkRoutesDeps,
  visit: Visit,
  house: House,
  said: { typed: SentForm; errors: FormErrors; fileNotes: FormErrors; submissionKey: string },
  status: number,
): Promise<Response> {
  const browserHash = visit.ensureBrowser();
  const { submissionKey } = said;
  const documents = await listDocuments(deps, { submissionKey, browserHash });
  const html = renderPage(
    <LinkFormPage
      shell={deps.shell(visit)}
      house={house}
      action={`/me/link/${house.code}/documents`}
      documents={documents}
      isSmsAvailable={deps.isSmsAvailable}
      {...said}
    />,
  );
  return page(visit, html, status);
}

async function apply(deps: HouseLinkRoutesDeps, visit: Visit): Promise<Response> {
  const house = await houseOf(deps, visit);
  const sending = await readUploadForm(deps, visit);
  const seal = parseForm(linkSeal, sending.sent);
  if (!seal.ok) throw new BadRequest("这张表单不完整，请返回页面重新填写");
  const { submissionKey } = seal.data;
  const { fileErrors, fileNotes, sent } = sending;
  const again = (errors: FormErrors, status: number) =>
    answerForm(deps, visit, house, { typed: sent, errors, fileNotes, submissionKey }, status);
  const hasFileErrors = Object.keys(fileErrors).length > 0;
  if (sending.isOnlyFiles) return await again(fileErrors, hasFileErrors ? 422 : 200);
  const form = parseForm(linkForm, sent);
  if (!form.ok) return await again({ ...form.errors, ...fileErrors }, 422);
  if (hasFileErrors) return await again(fileErrors, 422);
  const { realName, documentNo, note } = form.data;
  await deps.limit(visit, "submit");
  const outcome = await applyForLink(deps, {
    account: ownerOf(visit),
    house,
    form: { name: realName, documentNo, note },
    submissionKey,
    browserHash: visit.ensureBrowser(),
    audit: visit.audit,
    now: visit.now,
  });
  switch (outcome.kind) {
    case "applied":
      return seeOther(visit, `/applications/${outcome.number}?submitted=1`);
    case "missing":
      return await again(outcome.errors, 422);
    case "refused": {
      const [field, sentence] = LINK_REFUSALS[outcome.reason];
      return await again({ [field]: sentence }, 422);
    }
  }
}
