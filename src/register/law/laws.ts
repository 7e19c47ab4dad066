import { readFileSync } from "node:fs";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import type { Clock } from "#src/kernel/clock.ts";
import { cached } from "#src/platform/cached.ts";
import type { Db } from "#src/platform/database/client.ts";
import { type LawText, parseLaw } from "./parse-law.ts";

/** A text of law that the platform publishes and its guides rest on. */
export interface Law {
  /** Its part of the URL: decree-165. */
  slug: string;
  /** Without the marks 《》. */
  title: string;
  issuer: string;
  documentNo: string;
  issuedOn: CalendarDate;
  effectiveFrom: CalendarDate;
  /** A rule of a city that does not exist, to show how the city's own would stand here. */
  isDemonstration: boolean;
  text: LawText;
}

/** The decree's words, as they were issued. For files to download. */
export function readDecree(): string {
  return readFileSync(new URL("./decree-165.txt", import.meta.url), "utf8");
}

/** 《住宅专项维修资金管理办法》: what is the same in every city. */
export const DECREE_165: Law = {
  slug: "decree-165",
  title: "住宅专项维修资金管理办法",
  issuer: "建设部、财政部",
  documentNo: "建设部 财政部令第165号",
  issuedOn: calendarDate("2007-12-04"),
  effectiveFrom: calendarDate("2008-02-01"),
  isDemonstration: false,
  // The first line is the title, which stands in the heading already.
  text: parseLaw(readDecree().replace(/^.*\n/, "")),
};

/** Lists the decree and then the city's own rules, the newest first. */
export async function listLaws(db: Db): Promise<Law[]> {
  const rows = await db
    .selectFrom("local_rule")
    .selectAll()
    .orderBy("effective_from", "desc")
    .orderBy("slug")
    .execute();
  const own = rows.map((row) => ({
    slug: row.slug,
    title: row.title,
    issuer: row.issuer,
    documentNo: row.document_no,
    issuedOn: row.issued_on,
    effectiveFrom: row.effective_from,
    isDemonstration: row.is_demonstration,
    text: parseLaw(row.body),
  }));
  return [DECREE_165, ...own];
}

/** Rules change a few times a year; a minute late is soon enough. */
const KEPT_MS = 60_000;

/** Reads the laws for pages that show or link to them: as they were at most a minute ago. */
export function lawReader(db: Db, clock: Clock): () => Promise<Law[]> {
  return cached(clock, KEPT_MS, () => listLaws(db));
}
