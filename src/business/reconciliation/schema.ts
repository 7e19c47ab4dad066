import { z } from "zod";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";

const REMARK_MAX = 200;

/** Why a difference stays open for now. */
export const noteForm = z.object({
  item: z
    .string()
    .regex(/^(b[1-9][0-9]{0,8}-[1-9][0-9]{0,8}|l[1-9][0-9]{0,17})$/, "请选择要写的差异"),
  reason: z.enum(["cut-off", "bank-inquiry", "to-be-booked"], "请选择原因"),
  remark: z
    .string("请写明查到哪一步、由谁跟进")
    .transform(cleanText)
    .refine((text) => text.length >= 2, "请写明查到哪一步、由谁跟进，至少 2 个字")
    .refine((text) => text.length <= REMARK_MAX, `说明最多 ${REMARK_MAX} 个字，请写短一些`)
    .refine((text) => !hasForbiddenCharacters(text), "说明里有不能用的字符，请改成普通文字"),
});

/** Closing, with the word that what has no number was looked at, and the name of what the closer saw. */
export const closeForm = z.object({ looked: z.string().optional(), seen: z.string().optional() });

/** The number of a statement in an address; null for what is none. */
export function readStatementId(text: string | undefined): number | null {
  return /^[1-9][0-9]{0,8}$/.test(text ?? "") ? Number.parseInt(text ?? "", 10) : null;
}

const pageNumber = z
  .string()
  .regex(/^[1-9][0-9]{0,5}$/)
  .transform(Number)
  .catch(1);

/** Reads which page of the differences is wanted; whatever cannot be read counts as the first. */
export function readPageNumber(asked: string | undefined): number {
  return pageNumber.parse(asked);
}
