import type { SentForm } from "#src/platform/http/form.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { House } from "#src/register/find-house.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { OwnerPage } from "./pages.tsx";

export const WRONG_OWNER = "姓名或证件号与登记的业主不一致，不能受理。业主变更过的，请先办过户更名";

/** What 核对业主 is shown with. */
export interface OwnerView {
  typedName: string;
  errors: FormErrors;
  /** The form that its sender comes back to. */
  carried: Readonly<Record<string, string>>;
}

/** Asks who the owner is. */
export function answerOwner(
  deps: { shell: (visit: Visit) => PageShell },
  visit: Visit,
  house: House,
  view: OwnerView,
  status: number,
): Response {
  const html = renderPage(<OwnerPage shell={deps.shell(visit)} house={house} {...view} />);
  return page(visit, html, status);
}

/** Fields of a form that are shown again after its sender has proven himself anew. */
const CARRIED = [
  ...["reason", "newArea", "payment", "asked", "submissionKey"],
  ...["payeeName", "payeeAccount", "payeeBank", "phone", "statement"],
];

/** Reads from a sent form, where they may stand behind a prefix, the fields that outlast a new proof. */
export function carriedOf(sent: SentForm, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    CARRIED.flatMap((name) => {
      const value = sent[`${prefix}${name}`];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}
