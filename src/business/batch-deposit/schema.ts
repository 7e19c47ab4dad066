import { z } from "zod";
import { parseYuanText } from "#src/kernel/money.ts";
import { cleanText, toHalfWidth } from "#src/kernel/typed-text.ts";
import { phoneField } from "#src/register/person-fields.ts";
import { BATCH_KINDS } from "./rules.ts";

/** What the choosing form is sent for: to go on with what is ticked, or to come back from the review. */
const SCOPES = ["ticked", "edit"] as const;

/** More buildings than an estate has. */
const BUILDINGS_MAX = 500;
const keys = z
  .array(
    z
      .string()
      .max(60)
      .regex(/^[^\p{Cc}]*$/u),
  )
  .max(BUILDINGS_MAX);

/** Reads the keys of the buildings that were listed, as the page wrote them; whatever else counts as none. */
export function readBuildings(sent: string | undefined): readonly string[] {
  try {
    return keys.parse(JSON.parse(sent ?? "[]"));
  } catch {
    return [];
  }
}

/** Writes the keys of buildings for a hidden field. */
export function writeBuildings(buildings: readonly string[]): string {
  return JSON.stringify(buildings);
}

/** The part of the choosing form that is made by the page. */
export const choiceSeal = z.object({
  scope: z.enum(SCOPES),
  buildings: z.string().optional().transform(readBuildings),
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

const pageNumber = z
  .string()
  .regex(/^[1-9][0-9]{0,5}$/)
  .transform(Number)
  .catch(1);

/** Reads which page of the list is asked for; whatever is none counts as the first. */
export function readPageQuery(asked: string | undefined): number {
  return pageNumber.parse(asked);
}

const choiceQuery = z.object({
  kind: z.enum(BATCH_KINDS).catch("00"),
  tick: z.enum(["all", "none"]).catch("all"),
  whole: z.literal("1").optional().catch(undefined),
});

/**
 * Reads which houses are listed: of some buildings or of the whole estate, ticked unless said otherwise. Where no
 * building is asked for nothing is ticked. Whatever cannot be read counts as left out.
 */
export function readChoiceQuery(asked: Record<string, string>, building: readonly string[]) {
  const { kind, tick, whole } = choiceQuery.parse(asked);
  const buildings = whole === "1" ? ("whole" as const) : (keys.safeParse(building).data ?? []);
  const isAll = tick === "all" && buildings.length > 0;
  return { kind, buildings, ticked: isAll ? ("all" as const) : [] };
}
