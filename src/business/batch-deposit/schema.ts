import { z } from "zod";
import { parseYuanText } from "#src/kernel/money.ts";
import { cleanText, toHalfWidth } from "#src/kernel/typed-text.ts";
import { phoneField } from "#src/register/person-fields.ts";
import { BATCH_KINDS } from "./rules.ts";

/** What is chosen before the review: a building's ticked houses, all of the building, or all of the estate. */
const SCOPES = ["ticked", "building", "estate"] as const;

/** The part of the choosing form that is made by the page. */
export const choiceSeal = z.object({
  scope: z.enum(SCOPES),
  building: z
    .string()
    .max(60)
    .regex(/^[^\p{Cc}]*$/u),
  kind: z.enum(BATCH_KINDS),
});

/** What the review page sends besides its houses. */
export const batchForm = z.object({ phone: phoneField() });

/** The hidden part: made by the page, so that anything else in it did not come from the form. */
export const batchSeal = z.object({
  /** Made when the form was shown; the same form makes one application. */
  submissionKey: z.uuid(),
  /** The total that was on the page, in yuan: a stale page is told from a fresh one by it. */
  totalSeen: z.string().transform((text, context) => {
    const amount = parseYuanText(text);
    if (amount.ok) return amount.fen;
    context.addIssue({ code: "custom", message: amount.reason });
    return z.NEVER;
  }),
});

/** A house code as somebody wrote it into a list: full-width signs and small letters do not matter. */
export function readHouseCode(written: string): string {
  return toHalfWidth(cleanText(written))
    .toUpperCase()
    .replace(/[\s'’]/g, "")
    .replace(/[－—–−_]/g, "-");
}

const query = z.object({
  page: z
    .string()
    .regex(/^[1-9][0-9]{0,5}$/)
    .transform(Number)
    .catch(1),
  building: z.string().max(60).catch(""),
  kind: z.enum(BATCH_KINDS).catch("00"),
});

/** Reads what stands behind the `?`; whatever cannot be read counts as left out. */
export function readBatchQuery(asked: Record<string, string>): z.infer<typeof query> {
  return query.parse({ page: asked["page"], building: asked["building"], kind: asked["kind"] });
}
