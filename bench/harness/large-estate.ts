import type pg from "pg";

/** The estate that the benchmark asks for. */
export const LARGE_ESTATE = "BX0001";
export const LARGE_ESTATE_HOUSES = 10_000;
/** A building of flats, and the one that holds all parking spaces. */
export const BUILDING_KEY = "7";
export const GARAGE_KEY = "车库";

const BUILDINGS = 35;
const HOUSES_OF_BUILDING = 200;
const YEARS = 8;

/**
 * Builds an estate of 10,000 houses as the owner of the tables: 35 buildings of 200 flats and a garage of
 * 3,000 spaces; one deposit for nearly every house, eight years of interest, three repairs a building.
 */
export async function buildLargeEstate(owner: pg.Client): Promise<void> {
  await owner.query("begin");
  for (const statement of STATEMENTS) await owner.query(statement);
  await owner.query("commit");
  await owner.query("analyze estate, building, house, house_balance, journal, entry");
}

const ESTATE = `(select id from estate where code = '${LARGE_ESTATE}')`;
const OF_ESTATE = `from house h where h.estate_id = ${ESTATE}`;

/** Posts one balanced journal for each group of houses: what \`amount\` gives each, against account 1001. */
function journals(what: {
  kind: string;
  depositKind: string;
  key: string;
  date: string;
  group: string;
  amount: string;
  account: string;
  where: string;
  note: string;
}): string {
  return `
  with share as (
    select h.estate_id, h.id as house_id, ${what.group} as place, (${what.amount})::bigint as fen
      ${OF_ESTATE} and ${what.where}
  ), posted as (
    insert into journal (kind, book_date, value_date, idempotency_key, actor, deposit_kind, note)
      select '${what.kind}', ${what.date}, ${what.date}, '${what.key}-' || place, 'bench',
          ${what.depositKind}, ${what.note}
        from (select distinct place from share) places
      returning id, idempotency_key
  ), lines as (
    select p.id, s.* from share s join posted p on p.idempotency_key = '${what.key}-' || s.place
  )
  insert into entry (journal_id, n, account_code, custody_account_id, estate_id, house_id, amount_fen)
    select id, row_number() over (partition by id order by house_id), '${what.account}', null,
        estate_id, house_id, -fen from lines
    union all
    select id, count(*) + 1, '1001', (select custody_account_id from estate where id = ${ESTATE}), null,
        null, sum(fen) from lines group by id`;
}

const DEPOSITS = journals({
  kind: "deposit",
  depositKind: "'00'",
  key: "bench-deposit",
  date: "date '2018-01-05' + (place % 700)::integer",
  group: "h.id",
  amount: "h.area_hundredths * 120",
  account: "3001.01",
  where: "h.id % 13 <> 0",
  note: "'{}'",
});

const interest = (year: number) =>
  journals({
    kind: "interest",
    depositKind: "null",
    key: `bench-interest-${year}`,
    date: `date '${year}-06-30'`,
    group: "h.building_key || '/' || h.unit_key",
    amount: "h.area_hundredths",
    account: "3001.02",
    where: "h.id % 13 <> 0",
    note: "'{}'",
  });

const use = (year: number) =>
  journals({
    kind: "use",
    depositKind: "null",
    key: `bench-use-${year}`,
    date: `date '${year}-09-15'`,
    group: "h.building_key",
    // One building in seven once had a repair that took most of what was there.
    amount: `-h.area_hundredths * case when h.building_key = '7' and ${year} = 2023 then 90 else 4 end`,
    account: "3001.01",
    where: "h.id % 13 <> 0",
    note: `jsonb_build_object('projectName', '屋面防水层更换', 'scopeWords', place || '幢')`,
  });

const STATEMENTS = [
  `insert into estate (code, name, district_code, district_name, address, developer_name,
      property_company_name, committee_name, completed_year, custody_account_id)
    select '${LARGE_ESTATE}', '测速大社区', d.code, d.name, '测速路1号', '示例置业有限公司',
        '示例物业服务有限公司', '测速大社区业主委员会', 2017, c.id
      from (select code, name from district order by code desc limit 1) d,
        (select min(id) as id from custody_account) c`,
  `insert into building (estate_id, key, label, floors, has_lift)
    select ${ESTATE}, n::text, n || '幢', 25, true from generate_series(1, ${BUILDINGS}) n
    union all select ${ESTATE}, '${GARAGE_KEY}', '地下车库', null, null`,
  `insert into house (estate_id, building_id, code, building_key, unit_key, room_key, unit_label,
      room_label, floor, area_hundredths, house_use, standard_id, standard_date)
    select b.estate_id, b.id, '${LARGE_ESTATE}-' || b.key || '-' || unit || '-' || room, b.key,
        unit::text, room::text, unit || '单元', room::text, floor, 8000 + (room * 37 + unit) % 5000,
        'residential', s.id, date '2017-06-01'
      from building b, generate_series(1, 2) unit, generate_series(1, 25) floor,
        generate_series(1, 4) door, lateral (select floor * 100 + door as room) number,
        (select min(id) as id from deposit_standard where basis = 'AREA' and coefficient_e4 <= 1200000) s
      where b.estate_id = ${ESTATE} and b.key <> '${GARAGE_KEY}'`,
  `insert into house (estate_id, building_id, code, building_key, room_key, room_label, floor,
      area_hundredths, house_use, standard_id, standard_date)
    select b.estate_id, b.id, '${LARGE_ESTATE}-CK-0-' || n, b.key, 'B1-A' || n, '地下一层A区' || n || '号',
        -1, 1250, 'parking', s.id, date '2017-06-01'
      from building b,
        generate_series(1, ${LARGE_ESTATE_HOUSES - BUILDINGS * HOUSES_OF_BUILDING}) n,
        (select min(id) as id from deposit_standard where basis = 'AREA' and coefficient_e4 <= 1200000) s
      where b.estate_id = ${ESTATE} and b.key = '${GARAGE_KEY}'`,
  DEPOSITS,
  ...Array.from({ length: YEARS }, (_, at) => interest(2019 + at)),
  ...[2020, 2023, 2025].map(use),
  `insert into house_balance (estate_id, house_id, principal_fen, interest_fen, first_paid_fen)
    select e.estate_id, e.house_id, -sum(e.amount_fen) filter (where e.account_code = '3001.01'),
        -coalesce(sum(e.amount_fen) filter (where e.account_code = '3001.02'), 0),
        -sum(e.amount_fen) filter (where j.deposit_kind = '00')
      from entry e join journal j on j.id = e.journal_id
      where e.estate_id = ${ESTATE} and e.house_id is not null group by 1, 2`,
];
