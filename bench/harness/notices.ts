import type pg from "pg";
import { makeApplicationNumber } from "#src/kernel/application-number.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";

/** Every notice of the benchmark asks for the same sum. */
export const NOTICE_FEN = 1_074_240n;

interface Batch {
  bankCode: string;
  /** The houses stand in this many estates; one is the hot spot. */
  estates: number;
  count: number;
  issuedOn: CalendarDate;
}

/**
 * Issues payment notices in bulk, each for a new house of its own, with its application waiting for
 * payment, as the owner of the tables. Answers with their numbers, dealt over the estates in turn.
 */
export async function issueNotices(owner: pg.Client, batch: Batch): Promise<string[]> {
  const numbers = newNumbers(batch);
  await owner.query("begin");
  const { rows } = await owner.query<{ id: number }>(INSERT_ESTATES, [
    batch.estates,
    batch.bankCode,
  ]);
  const estates = rows.map(({ id }) => id);
  const owners = numbers.map((_, at) => estates[at % estates.length]);
  await owner.query(INSERT_BUILDINGS, [estates]);
  await owner.query(INSERT_HOUSES, [owners]);
  await owner.query(INSERT_NOTICES, [numbers, owners, NOTICE_FEN.toString(), batch.issuedOn]);
  await owner.query(INSERT_APPLICATIONS, [numbers]);
  await owner.query(INSERT_EVENTS, [numbers]);
  await owner.query("commit");
  await owner.query(
    "analyze estate, building, house, payment_notice, application, application_event",
  );
  return numbers;
}

/** Steps through all nine-digit numbers without a repeat, scattered as random ones would be. */
const STEP = 618_033_989n;
let issued = 0;

function newNumbers({ count, issuedOn }: Batch): string[] {
  return Array.from({ length: count }, () => {
    issued += 1;
    const digits = String((BigInt(issued) * STEP) % 1_000_000_000n).padStart(9, "0");
    return makeApplicationNumber("11", issuedOn, digits);
  });
}

const INSERT_ESTATES = `
  insert into estate (code, name, district_code, district_name, custody_account_id)
    select 'BN' || lpad((n + (select count(*) from estate))::text, 6, '0'),
        '测速小区' || (n + (select count(*) from estate)), d.code, d.name, c.id
      from generate_series(1, $1::int) n,
        (select code, name from district order by code desc limit 1) d,
        (select id from custody_account where bank_code = $2 order by id limit 1) c
    returning id`;

const INSERT_BUILDINGS = `
  insert into building (estate_id, key, label) select unnest($1::int[]), '1', '1幢'`;

const INSERT_HOUSES = `
  insert into house (estate_id, building_id, code, building_key, room_key, room_label,
      area_hundredths, house_use)
    select wanted.estate, b.id, 'BN-' || wanted.estate || '-1-' || wanted.n, '1', wanted.n::text,
        wanted.n || '室', 9876, 'residential'
      from unnest($1::int[]) with ordinality as wanted(estate, n)
      join building b on b.estate_id = wanted.estate`;

const INSERT_NOTICES = `
  insert into payment_notice (no, estate_id, house_id, deposit_kind, amount_fen, first_paid_seen_fen,
      account_code, custody_account_id, bank_code, payer_name_cipher, payer_phone_cipher, basis,
      issued_at, expires_on)
    select wanted.no, wanted.estate, h.id, '00', $3::bigint, 0, '3001.01', c.id, c.bank_code, '', '',
        '{}', now(), $4::date + 15
      from unnest($1::text[], $2::int[]) with ordinality as wanted(no, estate, n)
      join house h on h.estate_id = wanted.estate and h.room_key = wanted.n::text
      join estate e on e.id = wanted.estate
      join custody_account c on c.id = e.custody_account_id`;

const INSERT_APPLICATIONS = `
  insert into application (number, kind, estate_id, house_id, notice_no, submission_key, browser_hash,
      created_at)
    select n.no, 'owner-deposit', n.estate_id, n.house_id, n.no, gen_random_uuid(), '', n.issued_at
      from payment_notice n where n.no = any($1::text[])`;

const INSERT_EVENTS = `
  insert into application_event (application_id, seq, kind, from_state, to_state, actor_role, actor, at)
    select a.id, 1, a.kind, '', 'awaiting-payment', 'applicant', 'visitor', a.created_at
      from application a where a.notice_no = any($1::text[])`;
