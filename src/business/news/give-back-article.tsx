import { BadRequest, TooLarge } from "#src/platform/http/errors.ts";
import { readForm } from "#src/platform/http/form.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { receiveFields, type SentFields } from "#src/platform/uploads/receive-form.ts";
import { renderPage } from "#src/ui/render.ts";
import type { NewsDeskDeps } from "./news-deps.ts";
import { SignedOutPage } from "./signed-out-page.tsx";

/** Twice the longest text that is taken, at three bytes a character; whoever sends more holds it in the page before. */
const BYTES_MAX = 1_228_800;

type GiveBackDeps = Pick<NewsDeskDeps, "shell" | "limit">;

/**
 * Answers the form of an article without a session: everything typed comes back in the page, to be sent again after
 * signing in. Nothing of it is kept, and no article is looked at. Null where nothing was typed, or by no form of ours.
 */
export async function giveBackArticle(deps: GiveBackDeps, visit: Visit): Promise<Response | null> {
  const type = (visit.c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (!type || !FORM_TYPES.includes(type)) return null;
  await deps.limit(visit, "upload");
  const form = await (type === MULTIPART ? fieldsOf(visit) : plainForm(visit)).catch(unreadable);
  if (form === null) return null;
  const { sent, hasFiles } = form;
  const { headline = "", summary = "", body = "" } = sent;
  if (`${headline}${summary}${body}`.trim() === "") return null;
  // The way to the sign-in page is prepared already; with a page to read the browser is sent nowhere.
  visit.c.header("location", undefined);
  const html = renderPage(
    <SignedOutPage
      shell={deps.shell(visit)}
      action={visit.c.req.path}
      sent={sent}
      hasFiles={hasFiles}
    />,
  );
  return page(visit, html, 401);
}

const MULTIPART = "multipart/form-data";
const FORM_TYPES = [MULTIPART, "application/x-www-form-urlencoded"];

const fieldsOf = (visit: Visit): Promise<SentFields> => receiveFields(visit, BYTES_MAX);

async function plainForm(visit: Visit): Promise<SentFields> {
  return { sent: await readForm(visit), hasFiles: false };
}

/** What no form of ours sends is led to the sign-in page like anything else; what is too large is told so. */
function unreadable(error: unknown): null {
  if (error instanceof BadRequest && !(error instanceof TooLarge)) return null;
  throw error;
}
