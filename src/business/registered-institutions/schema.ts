import { z } from "zod";
import type { InstitutionState } from "#src/accounts/institutions/institution-user.ts";
import { type CalendarDate, parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";

/** What narrows the list of institutions down; null for what does not. */
export interface InstitutionFilter {
  words: string;
  kind: InstitutionKind | null;
  state: InstitutionState | null;
  page: number;
}

const KINDS = ["developer", "property-company", "committee"] as const;
const STATES = ["pending", "active", "suspended", "expired", "closed", "rejected"] as const;
const WORDS_MAX = 60;
const PAGE_MAX = 10_000;

/** Reads the filter out of an address; what is no filter of ours counts as none. */
export function readInstitutionFilter(
  query: (name: string) => string | undefined,
): InstitutionFilter {
  const typed = query("q") ?? "";
  const words = hasForbiddenCharacters(typed) ? "" : cleanText(typed);
  const page = z.coerce
    .number()
    .int()
    .min(1)
    .max(PAGE_MAX)
    .safeParse(query("page") ?? "1");
  return {
    words: [...words].slice(0, WORDS_MAX).join(""),
    kind: z.enum(KINDS).safeParse(query("kind")).data ?? null,
    state: z.enum(STATES).safeParse(query("state")).data ?? null,
    page: page.success ? page.data : 1,
  };
}

/** The address of the list under a filter. */
export function institutionsHref({ words, kind, state, page }: InstitutionFilter): string {
  const query = new URLSearchParams();
  if (words !== "") query.set("q", words);
  if (kind !== null) query.set("kind", kind);
  if (state !== null) query.set("state", state);
  if (page > 1) query.set("page", String(page));
  const text = query.toString();
  return text === "" ? "/review/institutions" : `/review/institutions?${text}`;
}

const REASON_MIN = 4;
const REASON_MAX = 200;

/** Why something is done to an institution; its users read it. */
export const actForm = z.object({
  reason: z.string().transform((text, context) => {
    const fail = (message: string) => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    if (hasForbiddenCharacters(text)) return fail("原因里有不能识别的字符，请删掉后重新输入");
    const reason = cleanText(text);
    if (reason === "") return fail("请填写原因，机构的用户会看到");
    const length = [...reason].length;
    if (length < REASON_MIN) return fail("原因写得太短，请写清楚为什么");
    return length > REASON_MAX ? fail(`原因最多 ${REASON_MAX} 个字`) : reason;
  }),
});

/** A new last day of a contract or term. */
export function renewalForm(today: CalendarDate) {
  return actForm.extend({
    endsOn: z.string().transform((text, context): CalendarDate => {
      const fail = (message: string): never => {
        context.addIssue({ code: "custom", message });
        return z.NEVER as never;
      };
      if (cleanText(text) === "") return fail("请填写新的截止日期");
      const date = parseCalendarDate(text.slice(0, 100));
      if (date === null || date > "2099-12-31") {
        return fail("新的截止日期应是一个日期，例如 2028-12-31");
      }
      return date < today ? fail("新的截止日期已经过了，请核对") : date;
    }),
  });
}
