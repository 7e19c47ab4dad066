import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BANK_CHECKS } from "#src/bank/checks.ts";
import { readCityReconciledUntil } from "#src/bank/statements/custody-accounts.ts";
import { calendarDate, compareDates } from "#src/kernel/calendar-date.ts";
import { checkCreditCode } from "#src/kernel/credit-code.ts";
import { seededRandom } from "#src/kernel/random.ts";
import { checkResidentId } from "#src/kernel/resident-id.ts";
import { LEDGER_CHECKS } from "#src/ledger/checks.ts";
import type { Db } from "#src/platform/database/client.ts";
import { verifyPassword } from "#src/platform/passwords.ts";
import { openPersonalData } from "#src/platform/personal-data.ts";
import { listDivisions } from "#src/register/districts.ts";
import { readPdf } from "#tests/support/pdf-text.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { drawEstate, PROMISED_COUNT } from "./city-plan.ts";
import { DEMONSTRATION_DUE_FEN, demonstrationOwners } from "./demonstration-owners.ts";
import { estateName } from "./estate-names.ts";
import type { EstatePlan } from "./plans.ts";
import { seedDemonstration } from "./seed-demonstration.ts";
import { DEMONSTRATION_PASSWORD } from "./tellers.ts";
import { VARIETY_COUNT } from "./variety-estates.ts";

const personalData = openPersonalData(Buffer.alloc(32, 7));
const clock = () => new Date("2026-11-23T02:42:00Z");
const TODAY = calendarDate("2026-11-23");

let database: TestDatabase;
let owner: Db;

async function seed(houses: number): Promise<void> {
  const { ownerConnection } = database;
  await seedDemonstration({ owner, ownerConnection, personalData, houses, clock });
}

beforeAll(async () => {
  database = await testDatabase();
  owner = database.owner;
  await seed(1_000);
});
afterAll(async () => {
  await database.drop();
});

/** The published words of a category, and the PDF that comes with them. */
async function toldInNews(category: string): Promise<{ words: string; pdf: Buffer }> {
  const { rows } = await sql<{ words: string; content: Buffer | null }>`
    select v.title || v.summary || v.words as words, f.content
      from news_article a join news_version v on v.article_id = a.id and v.version = a.published_version
        left join news_version_file x on x.article_id = v.article_id and x.version = v.version and x.kind = 'file'
        left join news_file f on f.id = x.file_id
      where a.state = 'published' and v.category = ${category} order by a.id`.execute(owner);
  const pdf = rows.find(({ content }) => content !== null)?.content;
  if (pdf === undefined || pdf === null) throw new Error("no article brings a file");
  return { words: rows.map(({ words }) => words).join("\n"), pdf };
}

const amountsIn = (text: string) =>
  [...new Set(text.match(/\d[\d,]*\.\d{2}(?!\d)/g) ?? [])].toSorted();

it("has reconciled every account with its bank up to the day before", async () => {
  expect(await readCityReconciledUntil(owner)).toBe("2026-11-22");
});

it("tells in the news the ledger's figures and no others, and no reconciling that never was", async () => {
  const { words, pdf } = await toldInNews("公示");
  const yuan = (column: string) => sql`to_char(${sql.raw(column)} / 100.0, 'FM999,999,999,990.00')`;
  const { rows: uses } = await sql<{
    name: string;
    yuan: string;
    houses: number;
    total: string;
    estates: number;
    n: number;
  }>`
    with used as (
      select estate.name, estate.id, j.book_date, j.note ->> 'projectName' as project,
          count(distinct e.house_id)::int as houses, sum(e.amount_fen) as fen
        from entry e join journal j on j.id = e.journal_id join estate on estate.id = e.estate_id
        where j.kind = 'use' and e.house_id is not null
          and j.book_date between '2026-01-01' and '2026-10-31'
        group by 1, 2, 3, 4, j.note ->> 'scopeWords')
    select name, houses, ${yuan("fen")} as yuan, ${yuan("(sum(fen) over ())")} as total,
        (select count(distinct id)::int from used) as estates, (count(*) over ())::int as n
      from used`.execute(owner);
  const { rows: october } = await sql<{ yuan: string }>`
    select ${yuan("abs(sum(e.amount_fen))")} as yuan from entry e join journal j on j.id = e.journal_id
      where e.house_id is not null and j.book_date between '2026-10-01' and '2026-10-31' group by j.kind
    union all select ${yuan("abs(sum(e.amount_fen))")} from entry e join journal j on j.id = e.journal_id
      where e.house_id is not null and j.book_date <= '2026-10-31'
    union all select ${yuan("sum(e.amount_fen)")} from entry e join journal j on j.id = e.journal_id
        join estate on estate.id = e.estate_id
      where j.kind = 'use' and e.house_id is not null and estate.name = '示例花园'
        and j.book_date between '2026-01-01' and '2026-10-31'`.execute(owner);
  const [first] = uses;
  expect(uses.length).toBeGreaterThan(3);
  expect(words).toContain(
    `全市 ${first?.estates} 个小区的 ${first?.n} 个项目使用了维修资金，合计 ${first?.total} 元`,
  );
  const known = new Set(
    [...uses, ...october].map(({ yuan }) => yuan).concat(first?.total ?? "", "0.00"),
  );
  expect(amountsIn(words).filter((amount) => !known.has(amount))).toEqual([]);
  const table = (await readPdf(pdf)).text;
  for (const use of uses) expect(table).toMatch(new RegExp(`${use.houses}${use.yuan}`));
  expect(table).toContain(`合计${first?.total}`);
  expect(words).toContain("还没有和银行核对过");
  expect(words).not.toContain("核对一致");
});

interface GardenRow {
  room_label: string;
  area_hundredths: number;
  has_lift: boolean;
  house_use: string;
  code: string;
  coefficient_e4: bigint;
  principal: bigint | null;
  total: bigint | null;
  first_paid: bigint | null;
}

async function promisedHouses(estate: string): Promise<GardenRow[]> {
  const { rows } = await sql<GardenRow>`
    select h.room_label, h.area_hundredths, b.has_lift, h.house_use, h.code, s.coefficient_e4,
        hb.principal_fen::bigint as principal, (hb.principal_fen + hb.interest_fen)::bigint as total,
        hb.first_paid_fen::bigint as first_paid
      from house h join estate e on e.id = h.estate_id
        join building b on b.estate_id = h.estate_id and b.id = h.building_id
        join deposit_standard s on s.id = h.standard_id
        left join house_balance hb on hb.estate_id = h.estate_id and hb.house_id = h.id
      where e.name = ${estate} and h.building_key = '12' and h.unit_key = '3'
        and h.room_key in ('501', '502', '503', '504', '505', '506')
      order by h.room_key`.execute(owner);
  return rows;
}

describe("the houses that README and outside tests rely on", () => {
  it("are six residential houses of 98.76 ㎡ with lift, due 11,851.20 yuan each", async () => {
    const houses = await promisedHouses("示例花园");
    expect(houses.map((house) => house.room_label)).toEqual([
      "501",
      "502",
      "503",
      "504",
      "505",
      "506",
    ]);
    expect(DEMONSTRATION_DUE_FEN).toBe(1_185_120n);
    for (const house of houses) {
      expect(house).toMatchObject({
        area_hundredths: 9_876,
        has_lift: true,
        house_use: "residential",
        coefficient_e4: 1_200_000n,
        code: `SL0126-12-3-0${house.room_label}`,
      });
    }
  });

  it("502, 504 and 506 have nothing deposited; 501 and 503 are paid in full; 505 is below 30 %", async () => {
    const houses = new Map((await promisedHouses("示例花园")).map((one) => [one.room_label, one]));
    for (const room of ["502", "504", "506"]) expect(houses.get(room)?.first_paid).toBeNull();
    for (const room of ["501", "503"]) {
      expect(houses.get(room)?.first_paid).toBe(1_185_120n);
      expect(houses.get(room)?.total).toBeGreaterThan(1_000_000n);
    }
    expect(houses.get("505")?.first_paid).toBe(1_185_120n);
    const left = houses.get("505")?.total ?? 0n;
    expect(left).toBeGreaterThan(0n);
    expect(left * 100n).toBeLessThan(1_185_120n * 30n);
  });

  it("the second phase has a 12幢3单元502 of its own, unpaid", async () => {
    const houses = await promisedHouses("示例花园二期");
    const house = houses.find((one) => one.room_label === "502");
    expect(house).toMatchObject({ code: "SL0127-12-3-0502", area_hundredths: 9_876 });
    expect(house?.first_paid).toBeNull();
  });

  it("belong to the owners of the table, found by their ID number and read back in clear", async () => {
    for (const promised of demonstrationOwners) {
      const rows = await owner
        .selectFrom("house_owner as o")
        .innerJoin("house as h", (join) =>
          join.onRef("h.estate_id", "=", "o.estate_id").onRef("h.id", "=", "o.house_id"),
        )
        .select(["h.code", "o.name_cipher", "o.phone_cipher"])
        .where("o.document_hash", "=", personalData.hash("document", promised.owner.documentNo))
        .execute();
      expect(rows.map((row) => row.code)).toEqual([
        `${promised.estateCode}-12-3-0${promised.roomLabel}`,
      ]);
      expect(personalData.decrypt(rows[0]?.name_cipher as Buffer)).toBe(promised.owner.name);
      expect(personalData.decrypt(rows[0]?.phone_cipher as Buffer)).toBe(promised.owner.phone);
    }
  });
});

describe("the ledger's history", () => {
  for (const check of [...LEDGER_CHECKS, ...BANK_CHECKS]) {
    it(`holds: ${check.name}`, async () => {
      const { rows } = await sql.raw(check.query).execute(owner);
      expect(rows).toEqual([]);
    });
  }

  it("has deposits, interest and uses of funds, and every settlement is passed on in full", async () => {
    const { rows } = await sql<{ kind: string; n: number }>`
      select kind, count(*)::int as n from journal group by kind order by kind`.execute(owner);
    const count = Object.fromEntries(rows.map((row) => [row.kind, row.n]));
    expect(count["deposit"]).toBeGreaterThan(600);
    expect(count["use"]).toBeGreaterThan(5);
    expect(count["interest"]).toBeGreaterThan(20);
    expect(count["bank-interest"]).toBe(count["interest"]);
    const gain = await sql<{ left: bigint }>`
      select coalesce(sum(amount_fen), 0)::bigint as left from entry where account_code = '3101'`.execute(
      owner,
    );
    expect(gain.rows[0]?.left).toBe(0n);
  });

  it("explains each interest entry: the segments of its note give its amount to the fen", async () => {
    const { rows } = await sql<{ n: number; wrong: number }>`
      select count(*)::int as n, count(*) filter (where -amount_fen <> computed)::int as wrong from (
        select e.amount_fen, (select round(sum(((s->>'principalFen')::numeric + (s->>'interestFen')::numeric)
            * (s->>'days')::int * (s->>'rateBasisPoints')::int) / 10000 / 360)
          from jsonb_array_elements(e.note->'segments') s) as computed
        from entry e join journal j on j.id = e.journal_id
        where j.kind = 'interest' and e.house_id is not null) t`.execute(owner);
    expect(rows[0]?.n).toBeGreaterThan(1_000);
    expect(rows[0]?.wrong).toBe(0);
  });

  it("has houses of every standing: unpaid, part paid, paid, below 30 %, exempt, closed", async () => {
    await seed(2_500);
    const { rows } = await sql<Record<string, number>>`
      select count(*) filter (where b.house_id is null and h.exempt_reason is null)::int as unpaid,
          count(*) filter (where b.first_paid_fen < round(h.area_hundredths * s.coefficient_e4 / 10000))::int as part,
          count(*) filter (where b.first_paid_fen = round(h.area_hundredths * s.coefficient_e4 / 10000))::int as paid,
          count(*) filter (where (b.principal_fen + b.interest_fen) * 100 < b.first_paid_fen * 30)::int as below,
          count(*) filter (where h.exempt_reason is not null)::int as exempt,
          count(*) filter (where h.status = 'closed')::int as closed
        from house h left join deposit_standard s on s.id = h.standard_id
          left join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id`.execute(
      owner,
    );
    for (const [standing, n] of Object.entries(rows[0] ?? {})) {
      expect(n, standing).toBeGreaterThan(5);
    }
  });
});

describe("the register", () => {
  it("holds no key twice, and every room has one", async () => {
    const { rows } = await sql`
      select estate_id, building_key, unit_key, room_key from house
        group by 1, 2, 3, 4 having count(*) > 1 or room_key = ''`.execute(owner);
    expect(rows).toEqual([]);
  });

  it("writes ID numbers and credit codes whose check digits are right", async () => {
    const owners = await owner
      .selectFrom("house_owner")
      .select(["document_kind", "document_cipher"])
      .execute();
    const kinds = new Set(owners.map((one) => one.document_kind));
    expect(kinds).toContain("credit-code");
    expect(owners.length).toBeGreaterThan(1_000);
    for (const one of owners) {
      const documentNo = personalData.decrypt(one.document_cipher);
      if (one.document_kind === "resident-id") expect(checkResidentId(documentNo).ok).toBe(true);
      if (one.document_kind === "credit-code") expect(checkCreditCode(documentNo).ok).toBe(true);
    }
  });

  it("names no real division in estates, aliases and addresses", () => {
    const endings = /(?:自治[县州]|[市区县省旗盟]|地区)$/;
    const real = new Set(
      listDivisions()
        .flatMap(({ name, cityName, provinceName }) => [name, cityName, provinceName])
        .map((name) => name.replace(endings, ""))
        .filter((name) => name.length >= 2),
    );
    // Any two characters may meet some county's by chance, so it is the heads that are looked at.
    for (const { name, address, aliases } of namesOfManyEstates()) {
      for (const text of [name, address, ...aliases.map((one) => one.alias)]) {
        expect(real.has(text.slice(0, 2)), text).toBe(false);
        expect(real.has(text.slice(0, 3)), text).toBe(false);
      }
    }
  });

  it("names 60,000 estates, enough for ten million houses, without a name twice", () => {
    const names = namesOfManyEstates().map((estate) => estate.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

it("dates what it draws: no deposit before its standard, none after today", () => {
  for (let n = 0; n < 160; n += 1) {
    for (const house of drawEstate(3, n, TODAY).buildings.flatMap((one) => one.houses)) {
      for (const { date } of house.deposits) {
        expect(compareDates(house.standardDate ?? TODAY, date)).toBeLessThanOrEqual(0);
        expect(compareDates(date, TODAY)).toBeLessThanOrEqual(0);
      }
    }
  }
});

describe("seeding again", () => {
  it("changes nothing when there are as many houses as asked", async () => {
    const before = await fingerprint(owner);
    await seed(1_000);
    expect(await fingerprint(owner)).toEqual(before);
  });

  it("draws the same city for the same seed, and another for another seed", () => {
    expect(JSON.stringify(plain(drawEstate(5, 40, TODAY)))).toBe(
      JSON.stringify(plain(drawEstate(5, 40, TODAY))),
    );
    expect(JSON.stringify(plain(drawEstate(6, 40, TODAY)))).not.toBe(
      JSON.stringify(plain(drawEstate(5, 40, TODAY))),
    );
  });
});

it("lets the three tellers sign in with the demonstration password", async () => {
  const tellers = await owner.selectFrom("bank_teller").selectAll().orderBy("id").execute();
  expect(tellers.map((teller) => [teller.username, teller.bank_code])).toEqual([
    ["teller-demo", "SLYH"],
    ["teller2-demo", "SLYH"],
    ["teller-other-demo", "SFYH"],
  ]);
  expect(tellers.every((teller) => teller.is_demonstration)).toBe(true);
  const [teller] = tellers;
  expect(await verifyPassword(teller?.password_hash ?? null, DEMONSTRATION_PASSWORD)).toBe(true);
});

it("publishes twelve articles, has two on their way, and files that open", async () => {
  const { n } = await owner
    .selectFrom("news_article")
    .select((select) => select.fn.countAll<bigint>().as("n"))
    .executeTakeFirstOrThrow();
  expect(n).toBe(14n);
  const published = await owner
    .selectFrom("news_article")
    .select("id")
    .where("state", "=", "published")
    .execute();
  expect(published).toHaveLength(12);
  const files = await owner.selectFrom("download_file").selectAll().execute();
  const template = files.find((file) => file.file_name.endsWith(".csv"));
  expect(template?.content.toString("utf8")).toMatch(/^\uFEFF物业区域名称,/);
  const decree = files.find((file) => file.title.includes("165"));
  expect(decree?.content.toString("utf8")).toContain("第四十四条　本办法自2008年2月1日起施行");
});

function namesOfManyEstates(): Pick<EstatePlan, "name" | "address" | "aliases">[] {
  const random = seededRandom(1);
  return [
    ...Array.from({ length: PROMISED_COUNT + VARIETY_COUNT }, (_, n) => drawEstate(1, n, TODAY)),
    ...Array.from({ length: 60_000 }, (_, n) => estateName(n, random)),
  ];
}

/** Money as text, since JSON has no bigint. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, one) => (typeof one === "bigint" ? `${one}` : one)));
}

async function fingerprint(db: Db): Promise<unknown> {
  const { rows } = await sql`
    select (select count(*) from estate) as estates, (select count(*) from house) as houses,
      (select count(*) from house_owner) as owners, (select count(*) from journal) as journals,
      (select sum(abs(amount_fen)) from entry) as money, (select count(*) from news_article) as news,
      (select count(*) from download_file) as files, (select count(*) from bank_teller) as tellers,
      (select md5(string_agg(code || room_label || area_hundredths, ',' order by id)) from house) as words`.execute(
    db,
  );
  return rows[0];
}
