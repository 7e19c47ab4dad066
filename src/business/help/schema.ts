import { z } from "zod";
import { cleanText } from "#src/kernel/typed-text.ts";

const code = z.string().regex(/^[A-Z0-9]{2,12}$/);

const query = z.object({
  bank: code.catch(""),
  district: z
    .string()
    .regex(/^[0-9]{6}$/)
    .catch(""),
  q: z
    .string()
    .transform((text) => cleanText(text.normalize("NFKC").replace(/\p{Cc}/gu, " ")).slice(0, 40))
    // A character of two halves may have been cut.
    .transform((text) => text.toWellFormed())
    .catch(""),
});

/** Which branches are wanted; "" asks for all of them. */
export type BranchQuery = z.infer<typeof query>;

/** Reads the filters of the list of branches; whatever cannot be read does not filter. */
export function readBranchQuery(asked: Record<string, string>): BranchQuery {
  return query.parse({ bank: asked["bank"], district: asked["district"], q: asked["q"] });
}
