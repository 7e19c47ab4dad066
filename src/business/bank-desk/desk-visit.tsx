import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { FindDescriptor } from "#src/applications/find-descriptor.ts";
import { type CalendarDate, endOfShanghaiDay, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { CodeStepDeps } from "#src/platform/second-factor/code-step.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { DeskHomePage, type DeskHomeProps } from "./desk-home-page.tsx";
import { getDeskDay } from "./queries.ts";
import { earliestValueDate } from "./schema.ts";
import { tellerOf } from "./teller-session.ts";

/** What the desk needs from the house around it. */
export interface BankDeskDeps extends CodeStepDeps {
  /** Whether tellers give a one-time code after the password (decision 0006). */
  areTellerCodesOn: boolean;
  /** Whether text messages leave the house: else customers are sent to the status page. */
  isSmsAvailable: boolean;
  shell: (visit: Visit) => PageShell;
  findDescriptor: FindDescriptor;
  /** Every business that takes applications. */
  descriptors: readonly ApplicationDescriptor[];
}

/** What surrounds every page of a signed-in teller. */
export async function frameOf(deps: BankDeskDeps, visit: Visit) {
  const teller = tellerOf(visit);
  const today = shanghaiDate(visit.now);
  const since = new Date(endOfShanghaiDay(today).getTime() + 1 - 24 * 3_600_000);
  return { shell: deps.shell(visit), teller, day: await getDeskDay(deps.db, teller, since) };
}

/** Shows the desk at rest, or with what was found wrong. */
export async function showDesk(
  deps: BankDeskDeps,
  visit: Visit,
  desk: Pick<DeskHomeProps, "typed" | "errors" | "refusal">,
  status: number,
): Promise<Response> {
  const frame = await frameOf(deps, visit);
  return page(visit, renderPage(<DeskHomePage {...frame} {...desk} />), status);
}

/** An act of the signed-in teller about one number. */
export function actOf(visit: Visit, no: string) {
  return { no, teller: tellerOf(visit), now: visit.now, audit: visit.audit };
}

/** The days on which a notice or voucher can have been paid. */
export function limitsOf(no: string, today: CalendarDate) {
  return { today, earliest: earliestValueDate(no, today) };
}
