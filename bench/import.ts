import { spawn } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { seedReferenceData } from "#src/demo/reference-data.ts";
import { openDatabase } from "#src/platform/database/client.ts";
import { type ConnectedDatabase, connectDatabase } from "#src/platform/database/connect.ts";
import { createLog } from "#src/platform/log.ts";
import { machineLine, publish, ratioTable, table } from "./harness/report.ts";
import { writeRegisterFile } from "./register-file.ts";

const TABLES = ["estate", "building", "house", "house_owner"] as const;
const R7 = 0.25;

interface Imported {
  housesAdded: number;
  milliseconds: number;
  peakKibibytes: number;
  cpuMicroseconds: number;
}

interface Round {
  importing: Imported;
  copySeconds: number;
}

const { values } = parseArgs({
  strict: false,
  options: { rows: { type: "string" }, rounds: { type: "string" } },
});
const houses = Number(values.rows ?? 1_000_000);
const rounds = Number(values.rounds ?? 3);
const log = createLog({ logLevel: "error" });
const folder = await mkdtemp(join(tmpdir(), "bench-import-"));
try {
  const path = join(folder, "houses.csv");
  process.stderr.write(`writing ${houses} rows\n`);
  await writeRegisterFile(path, houses);
  const measured: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) measured.push(await measureRound(path, round));
  report(measured, (await stat(path)).size);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Imports the file into one empty database, then copies the very same rows into another. */
async function measureRound(path: string, round: number): Promise<Round> {
  const importing = await withEmptyCity(`import-${round}`, async (database, dataDir) => {
    const figures = await importOnce(dataDir, path);
    await copyOut(database.ownerConnection);
    return figures;
  });
  const copySeconds = await withEmptyCity(`copy-${round}`, ({ ownerConnection }) =>
    copyIn(ownerConnection),
  );
  const seconds = importing.milliseconds / 1_000;
  process.stderr.write(
    `round ${round}: import ${seconds.toFixed(1)} s, COPY ${copySeconds.toFixed(1)} s\n`,
  );
  return { importing, copySeconds };
}

async function withEmptyCity<Answer>(
  name: string,
  use: (database: ConnectedDatabase, dataDir: string) => Promise<Answer>,
): Promise<Answer> {
  const dataDir = join(folder, name);
  const database = await connectDatabase({ dataDir, databaseUrl: undefined }, log, {
    mode: "tool",
  });
  try {
    const owner = openDatabase(database.ownerAddress, { max: 1 });
    await seedReferenceData(owner.db);
    await owner.close();
    return await use(database, dataDir);
  } finally {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function importOnce(dataDir: string, path: string): Promise<Imported> {
  const script = new URL("./import-once.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, dataDir, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  for await (const text of child.stdout.setEncoding("utf8")) output += text as string;
  return JSON.parse(output) as Imported;
}

function fileOf(name: string): string {
  return join(folder, `${name}.copy`);
}

async function copyOut(connection: pg.ClientConfig): Promise<void> {
  await withClient(connection, async (client) => {
    for (const name of TABLES) {
      const source = client.query(copyTo(`copy ${name} to stdout`));
      await pipeline(source, createWriteStream(fileOf(name)));
    }
  });
}

/** The limit: nothing is checked, chosen or encrypted, but every index and foreign key is kept. */
async function copyIn(connection: pg.ClientConfig): Promise<number> {
  return withClient(connection, async (client) => {
    const began = performance.now();
    for (const name of TABLES) {
      const file = createReadStream(fileOf(name), { highWaterMark: 1 << 18 });
      await pipeline(file, client.query(copyFrom(`copy ${name} from stdin`)));
    }
    return (performance.now() - began) / 1_000;
  });
}

async function withClient<Answer>(
  connection: pg.ClientConfig,
  use: (client: pg.Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function report(measured: readonly Round[], bytes: number): void {
  const byRatio = measured
    .map((round) => ({
      ...round,
      ratio: (round.copySeconds * 1_000) / round.importing.milliseconds,
    }))
    .toSorted((a, b) => a.ratio - b.ratio);
  const median = byRatio[Math.trunc(byRatio.length / 2)] as (typeof byRatio)[number];
  const peaks = measured.map((round) => round.importing.peakKibibytes);
  const perSecond = (seconds: number) => Math.round(houses / seconds).toLocaleString("en");
  const importSeconds = median.importing.milliseconds / 1_000;
  publish(
    "import",
    "Import of the register",
    [
      `${houses.toLocaleString("en")} houses with 1.25 owners each, a CSV file of ${Math.round(bytes / 2 ** 20)} MB, ${measured.length} rounds; the median round. ${machineLine()}.`,
      "",
      table([
        ["", "seconds", "houses a second"],
        ["import: read, check, encrypt, store", importSeconds.toFixed(1), perSecond(importSeconds)],
        ["COPY of the same rows", median.copySeconds.toFixed(1), perSecond(median.copySeconds)],
      ]),
      "",
      ratioTable([{ name: "R7 import ÷ COPY into the same tables", value: median.ratio, bar: R7 }]),
      "",
      `Peak memory of the importing process: ${Math.round(Math.max(...peaks) / 1_024)} MB. Its processor time: ${(median.importing.cpuMicroseconds / houses).toFixed(0)} µs a house.`,
    ].join("\n"),
  );
}
