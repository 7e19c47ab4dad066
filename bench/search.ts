import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type pg from "pg";
import { seedReferenceData } from "#src/demo/reference-data.ts";
import { type SeededRandom, seededRandom } from "#src/kernel/random.ts";
import { openDatabase } from "#src/platform/database/client.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { createLog } from "#src/platform/log.ts";
import { createHouseSearch, type HouseSearch } from "#src/register/search/search-houses.ts";
import { machineLine, publish, table } from "./harness/report.ts";
import { percentile } from "./harness/rounds.ts";
import { type BenchEstate, fillSearchCity, HOUSES_PER_ESTATE } from "./search-city.ts";

/** A house drawn for one search. */
interface Drawn {
  estate: BenchEstate;
  building: number;
  unit: number;
  floor: number;
  door: number;
}

/** One way to ask: what a person types, and the ILIKE pattern of a plain search where one could answer. */
interface Kind {
  name: string;
  hasEstate: boolean;
  typed: (house: Drawn) => string;
  pattern?: (house: Drawn) => string;
  /** Whether an answer is right; a wrong one is counted. */
  isRight: (house: Drawn, codes: readonly string[]) => boolean;
}

const NUMERALS = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
const room = ({ floor, door }: Drawn) => `${floor}${String(door).padStart(2, "0")}`;
const code = (house: Drawn) =>
  `${house.estate.code}-${house.building}-${house.unit}-${room(house).padStart(4, "0")}`;
const isFound = (house: Drawn, codes: readonly string[]) => codes.includes(code(house));
const isAnswered = () => true;

const KINDS: readonly Kind[] = [
  {
    name: "words: 12幢3单元502室",
    hasEstate: true,
    typed: (h) => `${h.estate.name}${h.building}幢${h.unit}单元${room(h)}室`,
    pattern: (h) => `%${h.estate.name}%${h.building}幢%${h.unit}单元%${room(h)}%`,
    isRight: isFound,
  },
  {
    name: "other words: 十二栋三门5楼2号",
    hasEstate: true,
    typed: (h) =>
      `${h.estate.name}${NUMERALS[h.building]}栋${NUMERALS[h.unit]}门${h.floor}楼${h.door}号`,
    isRight: isFound,
  },
  {
    name: "list: 12-3-502",
    hasEstate: true,
    typed: (h) => `${h.estate.name} ${h.building}-${h.unit}-${room(h)}`,
    pattern: (h) => `%${h.estate.name}%${h.building}%${h.unit}%${room(h)}%`,
    isRight: isFound,
  },
  {
    name: "without the unit",
    hasEstate: true,
    typed: (h) => `${h.estate.name}${h.building}幢${room(h)}`,
    pattern: (h) => `%${h.estate.name}%${h.building}幢%${room(h)}%`,
    isRight: isFound,
  },
  {
    name: "without building and unit",
    hasEstate: true,
    typed: (h) => `${h.estate.name}${room(h)}室`,
    pattern: (h) => `%${h.estate.name}%${room(h)}%`,
    isRight: isAnswered,
  },
  {
    name: "estate and building",
    hasEstate: true,
    typed: (h) => `${h.estate.name}${h.building}幢`,
    pattern: (h) => `%${h.estate.name}%${h.building}幢%`,
    isRight: isAnswered,
  },
  {
    name: "a room that is not on record",
    hasEstate: true,
    typed: (h) => `${h.estate.name}${h.building}幢${h.unit}单元${h.floor}99`,
    pattern: (h) => `%${h.estate.name}%${h.building}幢%${h.unit}单元%${h.floor}99%`,
    isRight: (_, codes) => codes.length === 0,
  },
  {
    name: "with division and street before it",
    hasEstate: true,
    typed: (h) => `示例市示例区示例路8号${h.estate.name}${h.building}撞${h.unit}单无${room(h)}市`,
    isRight: isFound,
  },
  {
    name: "estate alone",
    hasEstate: true,
    typed: (h) => h.estate.name,
    pattern: (h) => `%${h.estate.name}%`,
    isRight: isAnswered,
  },
  {
    name: "a slip in the estate's name",
    hasEstate: false,
    typed: (h) =>
      `${h.estate.name.slice(0, 1)}某${h.estate.name.slice(2)}${h.building}幢${room(h)}`,
    isRight: isAnswered,
  },
  {
    name: "first letters: wkc12-3-502",
    hasEstate: false,
    typed: (h) => `jthy${h.building}-${h.unit}-${room(h)}`,
    isRight: isAnswered,
  },
  {
    name: "house code",
    hasEstate: true,
    typed: code,
    isRight: isFound,
  },
];

const QUESTIONS = 600;
const PLAIN_QUESTIONS = 120;
const WARM_UP = 60;

const { values } = parseArgs({ strict: false, options: { houses: { type: "string" } } });
const sizes = String(values.houses ?? "1000000")
  .split(",")
  .map(Number);
for (const size of sizes) await measureCity(size);

async function measureCity(houses: number): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "bench-search-"));
  const log = createLog({ logLevel: "error" });
  const database = await connectDatabase({ dataDir, databaseUrl: undefined }, log, {
    mode: "tool",
  });
  try {
    const owner = openDatabase(database.ownerAddress, { max: 1 });
    await seedReferenceData(owner.db);
    await owner.close();
    const say = (line: string) => process.stderr.write(`${new Date().toISOString()} ${line}\n`);
    const estates = await fillSearchCity(database.ownerConnection, houses, say);
    await database.pool.query("select 1");
    const began = performance.now();
    const search = await createHouseSearch(database.db, {});
    const loaded = performance.now() - began;
    const before = machineLine();
    const rows = await measureKinds(search, database.ownerConnection, estates, say);
    const count = estates.length * HOUSES_PER_ESTATE;
    const title = `Search: ${count.toLocaleString("en")} houses in ${estates.length.toLocaleString("en")} estates`;
    publish(`search-${houses}`, title, report(rows, loaded, before));
  } finally {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Measured {
  kind: Kind;
  ours: number[];
  plain: number[];
  wrong: number;
}

/** Each kind's questions go to ours and to the plain search in turn, so that noise hits both alike. */
async function measureKinds(
  search: HouseSearch,
  owner: pg.ClientConfig,
  estates: readonly BenchEstate[],
  say: (line: string) => void,
): Promise<Measured[]> {
  const { default: driver } = await import("pg");
  const client = new driver.Client(owner);
  await client.connect();
  await client.query("set statement_timeout = '20s'");
  const random = seededRandom(7);
  const measured: Measured[] = [];
  for (const kind of KINDS) {
    for (let n = 0; n < WARM_UP; n += 1) await search.search(kind.typed(draw(estates, random)));
    const one: Measured = { kind, ours: [], plain: [], wrong: 0 };
    for (let n = 0; n < QUESTIONS; n += 1) {
      await askOurs(search, draw(estates, random), one);
      if (kind.pattern !== undefined && n % (QUESTIONS / PLAIN_QUESTIONS) === 0) {
        await askPlain(client, kind.pattern(draw(estates, random)), one);
      }
    }
    one.ours.sort((a, b) => a - b);
    one.plain.sort((a, b) => a - b);
    measured.push(one);
    say(kind.name);
  }
  await client.end();
  return measured;
}

async function askOurs(search: HouseSearch, house: Drawn, one: Measured): Promise<void> {
  const began = performance.now();
  const answer = await search.search(one.kind.typed(house));
  one.ours.push(performance.now() - began);
  const codes = answer.kind === "answer" ? answer.exact.map((hit) => hit.code) : [];
  if (!one.kind.isRight(house, codes)) one.wrong += 1;
}

async function askPlain(client: pg.Client, pattern: string, one: Measured): Promise<void> {
  const began = performance.now();
  await client.query(
    "select estate_id, house_id, address from bench_address where address ilike $1 limit 20",
    [pattern],
  );
  one.plain.push(performance.now() - began);
}

function draw(estates: readonly BenchEstate[], random: SeededRandom): Drawn {
  return {
    estate: random.pick(estates),
    building: 1 + random.int(8),
    unit: 1 + random.int(2),
    floor: 1 + random.int(16),
    door: 1 + random.int(2),
  };
}

function report(rows: readonly Measured[], loadedMs: number, before: string): string {
  const figures = (times: readonly number[]) =>
    [50, 95, 99].map((percent) =>
      times.length === 0 ? "–" : percentile(times, percent).toFixed(2),
    );
  const body = rows.map(({ kind, ours, plain, wrong }) => [
    kind.name,
    ...figures(ours),
    ...figures(plain),
    plain.length === 0 ? "–" : `${(percentile(plain, 95) / percentile(ours, 95)).toFixed(1)}×`,
    `${QUESTIONS - wrong}/${QUESTIONS}`,
  ]);
  const named = rows.filter(({ kind }) => kind.hasEstate).flatMap(({ ours }) => ours);
  named.sort((a, b) => a - b);
  const [p95, p99] = [percentile(named, 95), percentile(named, 99)];
  return [
    `Before: ${before}. After: ${machineLine()}.`,
    `One client, ${QUESTIONS} questions of each kind, each for a house drawn at random; beside it ILIKE over one line of address per house with a pg_trgm index, which knows only the words as they are recorded. Loading the estates into memory took ${(loadedMs / 1000).toFixed(1)} s.`,
    table([
      [
        "what is typed",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "ILIKE p50",
        "p95",
        "p99",
        "ILIKE p95 ÷ ours",
        "right",
      ],
      ...body,
    ]),
    table([
      ["questions that name an estate", "measured", "aim", "reached"],
      ["p95", `${p95.toFixed(2)} ms`, "≤ 10 ms", p95 <= 10 ? "yes" : "**no**"],
      ["p99", `${p99.toFixed(2)} ms`, "≤ 20 ms", p99 <= 20 ? "yes" : "**no**"],
    ]),
  ].join("\n\n");
}
