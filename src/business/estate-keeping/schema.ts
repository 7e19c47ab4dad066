import { z } from "zod";
import { parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { LINE_GROUPS, type LineFilter, type LineOrder } from "#src/ledger/estate-lines.ts";

const pageNumber = z
  .string()
  .regex(/^[1-9][0-9]{0,5}$/)
  .transform(Number)
  .catch(1);
const key = z
  .string()
  .regex(/^[^\p{Cc}]{1,60}$/u)
  .nullable()
  .catch(null);
const day = z
  .string()
  .transform((text) => parseCalendarDate(text))
  .nullable()
  .catch(null);

/** What stands behind the `?` of an estate's pages. What no link of ours would say counts as not said. */
const estateQuery = z.object({
  page: pageNumber,
  view: z.enum(["chart", "table"]).catch("chart"),
});

export type EstateQuery = z.infer<typeof estateQuery>;

const GROUPS = Object.keys(LINE_GROUPS) as [keyof typeof LINE_GROUPS];
const ORDERS = ["newest", "oldest", "largest"] as const satisfies readonly LineOrder[];

const lineQuery = z.object({
  group: z.enum(GROUPS).catch("deposits-and-refunds"),
  building: key,
  house: z
    .string()
    .regex(/^[A-Z0-9-]{6,40}$/)
    .nullable()
    .catch(null),
  since: day,
  until: day,
  order: z.enum(ORDERS).catch("newest"),
  page: pageNumber,
});

/** The filters of an estate's lines as its address has them. */
export interface LineQuery extends LineFilter {
  order: LineOrder;
  page: number;
}

type Asked = (name: string) => string | undefined;

/** Reads which page and which view of an estate is wanted. */
export function readEstateQuery(asked: Asked): EstateQuery {
  return estateQuery.parse({ page: asked("page"), view: asked("view") });
}

/** Reads which lines are wanted. */
export function readLineQuery(asked: Asked): LineQuery {
  const names = Object.keys(lineQuery.shape);
  const read = lineQuery.parse(
    Object.fromEntries(names.map((name) => [name, asked(name) ?? null])),
  );
  const { building, house, ...rest } = read;
  return { ...rest, buildingKey: building, houseCode: house };
}

/** What stands behind the `?` for these filters; what is as usual is left out. "" for none. */
export function lineQueryText(query: LineQuery): string {
  const text = new URLSearchParams();
  if (query.group !== "deposits-and-refunds") text.set("group", query.group);
  if (query.buildingKey !== null) text.set("building", query.buildingKey);
  if (query.houseCode !== null) text.set("house", query.houseCode);
  if (query.since !== null) text.set("since", query.since);
  if (query.until !== null) text.set("until", query.until);
  if (query.order !== "newest") text.set("order", query.order);
  if (query.page > 1) text.set("page", `${query.page}`);
  return text.size === 0 ? "" : `?${text}`;
}

const topUpQuery = z.object({ page: pageNumber, building: key });

/** Reads which of the houses below the line are wanted. */
export function readTopUpQuery(asked: Asked): z.infer<typeof topUpQuery> {
  return topUpQuery.parse({ page: asked("page"), building: asked("building") || null });
}

/** What asking for all notices sends: the print's own id, and the building, or nothing for the whole estate. */
export const topUpBatchForm = z.object({
  batch: z.uuid(),
  building: z
    .string()
    .max(60)
    .regex(/^[^\p{Cc}]*$/u)
    .transform((text) => text || null),
});
