import { z } from "zod";

const whole = z
  .string()
  .regex(/^[1-9][0-9]{0,5}$/)
  .transform(Number)
  .catch(1);

/** What stands behind the `?` of an estate's pages; whatever cannot be read counts as the first page. */
const query = z.object({
  page: whole,
  view: z.enum(["chart", "table"]).catch("chart"),
});

export type EstateQuery = z.infer<typeof query>;

/** Reads which page and which view is wanted. */
export function readEstateQuery(asked: Record<string, string>): EstateQuery {
  return query.parse({ page: asked["page"], view: asked["view"] });
}
