import { sql } from "kysely";
import { addDays, type CalendarDate, formatDayInSentence } from "#src/kernel/calendar-date.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { queueNoticeToPhone } from "#src/platform/sms/outbox.ts";
import { openProfile } from "./institution-profile.ts";

/** How long before the end of a contract or a term its contact is told. */
const MONTH_DAYS = 30;
const WEEK_DAYS = 7;

/** News about an end is worth sending for a day. */
const WORTH_TELLING_MS = 24 * 3_600_000;

interface Ending {
  id: number;
  /** The end of its code, by which its contact knows which it is. */
  tail: string;
  profileCipher: Buffer;
  isOver: boolean;
}

interface ExpiryDeps {
  db: Db;
  personalData: PersonalData;
}

/**
 * Restricts whose contracts or term are all over, and tells the contact of each that will be: thirty days before, and
 * seven, once for each end. A company goes on with the estates whose contracts run; a developer has no end. Answers
 * how many expired.
 */
export async function expireInstitutions(
  deps: ExpiryDeps,
  at: { today: CalendarDate; now: Date },
): Promise<number> {
  let expired = 0;
  for (const { id } of await listOver(deps.db, at.today)) {
    const isDone = await deps.db.transaction().execute((tx) => expire(tx, deps, id, at));
    if (isDone) expired += 1;
  }
  for (const { id } of await listEnding(deps.db, at.today)) {
    await deps.db.transaction().execute((tx) => tellOfEnd(tx, deps, id, at));
  }
  return expired;
}

/** An institution's last day: that of its latest binding that was not ended; without bindings, none. */
const LAST_DAY = sql`(select max(coalesce(b.ends_on, 'infinity'::date)) from institution_estate b
  where b.institution_id = i.id and b.ended_at is null)`;

const HAS_AN_END = sql`i.kind in ('property-company', 'committee') and i.state = 'active'`;

async function listOver(db: Db, today: CalendarDate): Promise<{ id: number }[]> {
  const { rows } = await sql<{ id: number }>`
    select i.id from institution i where ${HAS_AN_END}
      and coalesce(${LAST_DAY}, '-infinity'::date) < ${today}::date order by i.id`.execute(db);
  return rows;
}

async function listEnding(db: Db, today: CalendarDate): Promise<{ id: number }[]> {
  const { rows } = await sql<{ id: number }>`
    select i.id from institution i where ${HAS_AN_END}
      and exists (select from institution_estate b where b.institution_id = i.id and ${isUntold(today)})
      order by i.id`.execute(db);
  return rows;
}

/** A contract or a term that ends soon, of which its contact was not told yet. */
function isUntold(today: CalendarDate) {
  return sql`b.ended_at is null
    and b.ends_on between ${today}::date and ${addDays(today, MONTH_DAYS)}::date
    and (b.told_month_before is distinct from b.ends_on
      or (b.ends_on <= ${addDays(today, WEEK_DAYS)}::date and b.told_week_before is distinct from b.ends_on))`;
}

/** Holds an institution and reads it again: it may have been renewed, or told, meanwhile. */
async function hold(tx: Tx, id: number, today: CalendarDate): Promise<Ending | null> {
  const { rows } = await sql<Ending>`
    select i.id, right(coalesce(i.credit_code, i.record_no), 4) as tail, i.profile_cipher as "profileCipher",
        coalesce(${LAST_DAY}, '-infinity'::date) < ${today}::date as "isOver"
      from institution i where i.id = ${id} and ${HAS_AN_END} for update of i`.execute(tx);
  return rows[0] ?? null;
}

async function expire(
  tx: Tx,
  { personalData }: ExpiryDeps,
  id: number,
  { today, now }: { today: CalendarDate; now: Date },
): Promise<boolean> {
  const over = await hold(tx, id, today);
  if (over === null || !over.isOver) return false;
  await tx.updateTable("institution").set({ state: "expired" }).where("id", "=", id).execute();
  const reason = "绑定的物业区域都已到期";
  const event = { institution_id: id, act: "expired", actor: "system", at: now, reason } as const;
  await tx.insertInto("institution_event").values(event).execute();
  await tell(tx, personalData, over, now, "绑定的物业区域都已到期，从今天起不能再办理业务");
  return true;
}

async function tellOfEnd(
  tx: Tx,
  { personalData }: ExpiryDeps,
  id: number,
  { today, now }: { today: CalendarDate; now: Date },
): Promise<void> {
  const ending = await hold(tx, id, today);
  if (ending === null || ending.isOver) return;
  const { rows } = await sql<EndingEstate>`
    update institution_estate b set told_month_before = b.ends_on,
        told_week_before = case when b.ends_on <= ${addDays(today, WEEK_DAYS)}::date then b.ends_on
          else b.told_week_before end
      from estate e where e.id = b.estate_id and b.institution_id = ${id} and ${isUntold(today)}
      returning e.name, b.ends_on as "endsOn"`.execute(tx);
  if (rows.length > 0) await tell(tx, personalData, ending, now, endingWords(rows));
}

interface EndingEstate {
  name: string;
  endsOn: CalendarDate;
}

/** Names one estate and how many more, and the first day that is the last: 枫林别墅等 3 个物业区域，最早 12月20日到期. */
function endingWords(estates: readonly EndingEstate[]): string {
  const inOrder = estates.toSorted((a, b) => a.endsOn.localeCompare(b.endsOn));
  const [first] = inOrder;
  if (first === undefined) throw new RangeError("no estate ends");
  const day = formatDayInSentence(first.endsOn);
  const which =
    inOrder.length === 1
      ? `绑定的${first.name} ${day}到期`
      : `绑定的${first.name}等 ${inOrder.length} 个物业区域，最早 ${day}到期`;
  return `${which}（含当天），到期后不能再办理它的业务`;
}

async function tell(
  tx: Tx,
  personalData: PersonalData,
  { profileCipher, tail }: Ending,
  now: Date,
  words: string,
): Promise<void> {
  const check = checkPhone(openProfile(personalData, profileCipher).contactPhone);
  if (!check.ok || check.kind !== "mobile") return;
  const notAfter = new Date(now.getTime() + WORTH_TELLING_MS);
  const told = `${words}。续签或换届的，请登录系统申请变更，或到维修资金管理中心办理`;
  const about = `机构账号（代码尾号 ${tail}）`;
  await queueNoticeToPhone(tx, personalData, {
    phone: check.phone,
    about,
    words: told,
    now,
    notAfter,
  });
}
