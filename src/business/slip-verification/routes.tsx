import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { type CheckDeps, checkSlip } from "./check-slip.ts";
import { AskPage, CheckedPage, UnknownSlipPage } from "./pages.tsx";
import { readQuestion } from "./schema.ts";

/** What the pages of 验真 are built on. */
export interface SlipVerificationDeps extends CheckDeps {
  shell: (visit: Visit) => PageShell;
}

/** 验真: whoever holds a slip asks with its number and code whether we printed it and what it is worth now. */
export function slipVerificationRoutes(deps: SlipVerificationDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/verify",
      permission: "anyone",
      audit: null,
      handle: (visit) => answer(deps, visit, visit.c.req.query("number") ?? ""),
    },
    {
      method: "GET",
      path: "/verify/:number",
      permission: "anyone",
      audit: null,
      handle: (visit) => answer(deps, visit, visit.c.req.param("number") ?? ""),
    },
  ];
}

async function answer(deps: SlipVerificationDeps, visit: Visit, number: string): Promise<Response> {
  const typed = { number, code: visit.c.req.query("code") ?? "" };
  const shell = deps.shell(visit);
  const ask = (errors: FormErrors, status: number) =>
    page(visit, renderPage(<AskPage shell={shell} typed={typed} errors={errors} />), status);
  // An address that carries the number alone asks for the rest and blames nobody.
  if (visit.c.req.query("code") === undefined) return ask({}, 200);
  const question = readQuestion(typed);
  if (!question.ok) return ask(question.errors, 422);
  const checked = await checkSlip(deps, visit, question);
  if (checked === null) {
    return page(visit, renderPage(<UnknownSlipPage shell={shell} typed={typed} />), 404);
  }
  const html = renderPage(<CheckedPage shell={shell} checked={checked} now={visit.now} />);
  return page(visit, html);
}
