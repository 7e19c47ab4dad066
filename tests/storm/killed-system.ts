import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEMONSTRATION_PASSWORD } from "#src/demo/tellers.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { SeededRandom } from "#src/kernel/random.ts";
import { type Db, openDatabase } from "#src/platform/database/client.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { readPostmaster } from "#src/platform/database/embedded/server-process.ts";
import { DatabaseStartError } from "#src/platform/database/start-error.ts";
import { loadDataKey, openPersonalData, type PersonalData } from "#src/platform/personal-data.ts";
import { BANK, buildBuilding, buildHouse, type TestCity } from "../support/builders.ts";
import { OWNER } from "../support/refund-visit.ts";
import { registerOwner } from "../support/registered-owner.ts";
import { type RunningSystem, startSystem } from "../support/system.ts";
import type { WebVisitor } from "../support/web-visitor.ts";
import type { StormSystem } from "./world.ts";

/** A whole system in processes of its own that somebody keeps killing. */
export interface KilledSystem extends StormSystem {
  /** Houses that owe their whole first deposit, each with an owner of its own. */
  houses: readonly { code: string; dueFen: bigint }[];
  /** Kills the web process or the database server as a power cut would, and brings back what nobody else does. */
  strike(random: SeededRandom): Promise<"web" | "database" | "both">;
  stop(): Promise<void>;
}

const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

/**
 * Starts the system with its demonstration city and an estate of the storm's own beside it; limits are off, since
 * one address does everything.
 */
export async function startKilledSystem(houseCount: number): Promise<KilledSystem> {
  const dataDir = mkdtempSync(join(tmpdir(), "fund-storm-"));
  const start = () => startSystem({ dataDir, env: { RATE_LIMITS: "off", LOG_LEVEL: "error" } });
  let system: RunningSystem = await start();
  const personalData = openPersonalData(await loadDataKey({ dataDir }));
  const estate = await withOwner(dataDir, (owner) =>
    buildStormEstate(owner, personalData, houseCount),
  );
  const killDatabase = () => {
    const postmaster = readPostmaster(join(dataDir, "pgdata"));
    if (postmaster !== undefined) process.kill(postmaster.pid, "SIGKILL");
  };
  // An operator's restart and a strike take turns: two starts on one data folder are another test's matter.
  let turn: Promise<unknown> = Promise.resolve();
  const alone = <Answer>(act: () => Promise<Answer>): Promise<Answer> => {
    const mine = turn.then(act);
    turn = mine.catch(() => {});
    return mine;
  };
  return {
    url: () => system.url,
    houses: estate.houses,
    firstDay: shanghaiDate(new Date()),
    tellers: {
      "desk one": { username: "teller-demo", password: DEMONSTRATION_PASSWORD },
      "desk two": { username: "teller2-demo", password: DEMONSTRATION_PASSWORD },
    },
    personalData,
    signStaffIn: (visitor, role) => signInAtReview(visitor, `${role}-demo`),
    ownerOf: async () => OWNER,
    estateForNewcomers: estate.code,
    passDays: null,
    withOwner: (use) => withOwner(dataDir, use),
    restart: () =>
      alone(async () => {
        await system.stop();
        system = await start();
      }),
    lastWords: () => system.output().slice(-2_000),
    strike: (random) =>
      alone(async () => {
        const what = random.pick(["web", "database", "both"] as const);
        if (what !== "web") killDatabase();
        if (what !== "database") {
          await system.stop("SIGKILL");
          system = await start();
        }
        return what;
      }),
    async stop() {
      await alone(() => system.stop());
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A tool that loses the database in the middle of reading asks again, this long. */
const READ_WITHIN_MS = 60_000;

/** Reads as the owner; when the database is killed meanwhile, once more from the beginning. */
async function withOwner<Answer>(
  dataDir: string,
  use: (owner: Db) => Promise<Answer>,
): Promise<Answer> {
  const deadline = performance.now() + READ_WITHIN_MS;
  for (;;) {
    try {
      return await useOnce(dataDir, use);
    } catch (error) {
      if (!isOutage(error) || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function isOutage(error: unknown): boolean {
  if (error instanceof DatabaseStartError) return true;
  const { code = "", message = "" } = error as { code?: string; message?: string };
  return /^(08|57P0)|^(ECONN|EPIPE|ENOENT)/.test(code) || message.includes("Connection terminated");
}

async function useOnce<Answer>(
  dataDir: string,
  use: (owner: Db) => Promise<Answer>,
): Promise<Answer> {
  const connected = await connectDatabase({ dataDir }, SILENT, { mode: "tool", max: 1 });
  const owner = openDatabase(connected.ownerAddress, { max: 1 });
  try {
    return await use(owner.db);
  } finally {
    await owner.close();
    await connected.close();
  }
}

/** Signs a person of the demonstration in; the code is where the demonstration shows it. */
async function signInAtReview(visitor: WebVisitor, username: string): Promise<void> {
  await visitor.post("/review/sign-in", { username, password: DEMONSTRATION_PASSWORD });
  await visitor.get("/review/sign-in/code");
  const outbox = JSON.parse((await visitor.get("/demo/outbox.json")).text) as {
    kind: string;
    to: string;
    code: string;
  }[];
  const code = outbox.find(({ kind, to }) => kind === "totp" && to === username)?.code ?? "";
  await visitor.post("/review/sign-in/code", { code });
}

/**
 * Builds an estate with a building that has room for newcomers, and houses that owe their whole first deposit. The
 * demonstration's own hardly fit: who has not paid is seldom in its register with a name.
 */
async function buildStormEstate(owner: Db, personalData: PersonalData, houseCount: number) {
  const { custody_account_id: custodyAccountId } = await owner
    .selectFrom("estate")
    .innerJoin("custody_account as c", "c.id", "estate.custody_account_id")
    .select("custody_account_id")
    .where("c.bank_code", "=", BANK.code)
    .orderBy("estate.id")
    .executeTakeFirstOrThrow();
  const { id: standardId } = await owner
    .selectFrom("deposit_standard")
    .select("id")
    .where("basis", "=", "AREA")
    .where("coefficient_e4", "=", 1_200_000n)
    .orderBy("id")
    .executeTakeFirstOrThrow();
  const city: TestCity = { db: owner, owner, personalData, custodyAccountId, standardId };
  const building = await buildBuilding(city);
  const houses: { code: string; dueFen: bigint }[] = [];
  for (let at = 0; at < houseCount; at += 1) {
    const house = await buildHouse(city, { building });
    await registerOwner(city, house, OWNER);
    houses.push({ code: house.code, dueFen: house.dueFen ?? 0n });
  }
  return { code: building.estateCode, houses };
}
