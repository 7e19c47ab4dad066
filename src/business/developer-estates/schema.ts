import { z } from "zod";

/** How a house of the list stands: nothing paid, part paid, or either. */
export const OWING_KINDS = ["all", "unpaid", "part-paid"] as const;
export type OwingKind = (typeof OWING_KINDS)[number];

const query = z.object({
  page: z
    .string()
    .regex(/^[1-9][0-9]{0,5}$/)
    .transform(Number)
    .catch(1),
  view: z.enum(["chart", "table"]).catch("chart"),
  kind: z.enum(OWING_KINDS).catch("all"),
  /** The key of a building; empty for all. */
  building: z
    .string()
    .max(60)
    .regex(/^[^\p{Cc}]*$/u)
    .catch(""),
});

export type EstateQuery = z.infer<typeof query>;

/** Reads what stands behind the `?`; whatever cannot be read counts as left out. */
export function readEstateQuery(asked: Record<string, string>): EstateQuery {
  const { page, view, kind, building } = asked;
  return query.parse({ page, view, kind, building });
}
