import { type CalendarDate, formatDayInSentence } from "#src/kernel/calendar-date.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db } from "#src/platform/database/client.ts";

/** What came of entering days: done, or which of them stands there already. */
export type EnterOutcome = { ok: true } | { ok: false; sentence: string };

/** Enters days with their audit row, all of them or none: one that is there already refuses them all. */
export async function enterCalendarDays(
  db: Db,
  entry: { days: readonly CalendarDate[]; kind: "holiday" | "workday"; name: string },
  audit: AuditContext,
): Promise<EnterOutcome> {
  const { days, kind, name } = entry;
  return await db
    .transaction()
    .execute(async (tx) => {
      const entered = await tx
        .insertInto("calendar_day")
        .values(days.map((day) => ({ day, kind, name })))
        .onConflict((conflict) => conflict.column("day").doNothing())
        .returning("day")
        .execute();
      const missing = days.find((day) => !entered.some((row) => row.day === day));
      if (missing !== undefined) throw new AlreadyEntered(missing);
      await recordAudit(tx, audit, [days[0], days.at(-1)].join("/"), kind);
      return { ok: true } as const;
    })
    .catch((error: unknown) => {
      if (!(error instanceof AlreadyEntered)) throw error;
      const day = formatDayInSentence(error.day);
      return { ok: false, sentence: `${day}已经在表里。要改的话，请先删除那一天` } as const;
    });
}

class AlreadyEntered extends Error {
  readonly day: CalendarDate;
  constructor(day: CalendarDate) {
    super(`${day} is in the calendar already`);
    this.day = day;
  }
}

/** Takes a day out with its audit row. A past day stays: promises were counted by it. Answers whether it was there. */
export async function removeCalendarDay(
  db: Db,
  act: { day: CalendarDate; today: CalendarDate },
  audit: AuditContext,
): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    const removed = await tx
      .deleteFrom("calendar_day")
      .where("day", "=", act.day)
      .where("day", ">=", act.today)
      .returning("kind")
      .executeTakeFirst();
    if (removed !== undefined) await recordAudit(tx, audit, act.day, removed.kind);
    return removed !== undefined;
  });
}
