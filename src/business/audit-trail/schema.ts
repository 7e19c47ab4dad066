import { z } from "zod";
import { parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";
import type { TrailFilter } from "./queries.ts";

const word = (max: number) =>
  z
    .string()
    .transform(cleanText)
    .pipe(
      z
        .string()
        .min(1)
        .max(max)
        .refine((text) => !hasForbiddenCharacters(text)),
    )
    .nullable()
    .catch(null);

/** The filters in the trail's address. What no form of ours would send counts as not said. */
const trailQuery = z.object({
  event: word(60),
  actor: word(60),
  subject: word(60),
  day: z
    .string()
    .transform((text) => parseCalendarDate(text))
    .nullable()
    .catch(null),
  before: z
    .string()
    .regex(/^[1-9][0-9]{0,17}$/)
    .transform((text) => BigInt(text))
    .nullable()
    .catch(null),
});

/** Reads the filters of the trail from its address. */
export function readTrailFilter(query: (name: string) => string | undefined): TrailFilter {
  const names = Object.keys(trailQuery.shape);
  return trailQuery.parse(Object.fromEntries(names.map((name) => [name, query(name) ?? null])));
}

/** The address of the trail with these filters. */
export function trailHref(filter: TrailFilter): string {
  const query = new URLSearchParams();
  for (const name of ["event", "actor", "subject", "day", "before"] as const) {
    const value = filter[name];
    if (value !== null) query.set(name, value.toString());
  }
  return query.size === 0 ? "/review/audit" : `/review/audit?${query}`;
}
