import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEMONSTRATION_PASSWORD } from "#src/demo/tellers.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { SeededRandom } from "#src/kernel/random.ts";
import { type Db, openDatabase } from "#src/platform/database/client.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { readPostmaster } from "#src/platform/database/embedded/server-process.ts";
import { loadDataKey, openPersonalData, type PersonalData } from "#src/platform/personal-data.ts";
import { getHouse } from "#src/register/find-house.ts";
import { type RunningSystem, startSystem } from "../support/system.ts";
import type { WebVisitor } from "../support/web-visitor.ts";
import type { StormSystem } from "./world.ts";

/** A whole system in processes of its own that somebody keeps killing. */
export interface KilledSystem extends StormSystem {
  /** Kills the web process or the database server as a power cut would, and brings back what nobody else does. */
  strike(random: SeededRandom): Promise<"web" | "database" | "both">;
  stop(): Promise<void>;
}

const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

/** Starts the system with its demonstration city; limits are off, since one address does everything. */
export async function startKilledSystem(): Promise<KilledSystem> {
  const dataDir = mkdtempSync(join(tmpdir(), "fund-storm-"));
  const start = () => startSystem({ dataDir, env: { RATE_LIMITS: "off", LOG_LEVEL: "silent" } });
  let system: RunningSystem = await start();
  const personalData = openPersonalData(await loadDataKey({ dataDir }));
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
    firstDay: shanghaiDate(new Date()),
    tellers: {
      "desk one": { username: "teller-demo", password: DEMONSTRATION_PASSWORD },
      "desk two": { username: "teller2-demo", password: DEMONSTRATION_PASSWORD },
    },
    personalData,
    signStaffIn: (visitor, role) => signInAtReview(visitor, `${role}-demo`),
    ownerOf: (code) => withOwner(dataDir, (owner) => findOwner(owner, personalData, code)),
    // The demonstration's estates have no room left for a thousand newcomers; merges have their own storm.
    estateForNewcomers: null,
    passDays: null,
    withOwner: (use) => withOwner(dataDir, use),
    restart: () =>
      alone(async () => {
        await system.stop();
        system = await start();
      }),
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

async function withOwner<Answer>(
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

async function findOwner(owner: Db, personalData: PersonalData, code: string) {
  const row = await owner
    .selectFrom("house_owner as o")
    .innerJoin("house as h", (join) =>
      join.onRef("h.estate_id", "=", "o.estate_id").onRef("h.id", "=", "o.house_id"),
    )
    .select(["o.name_cipher", "o.document_cipher"])
    .where("h.code", "=", code)
    .orderBy("o.n")
    .executeTakeFirst();
  return {
    name: row === undefined ? "无此人" : personalData.decrypt(row.name_cipher),
    document: row === undefined ? "110105194912310021" : personalData.decrypt(row.document_cipher),
  };
}

/** Finds houses of the demonstration that owe their whole first deposit, in the order of their codes. */
export async function listUnpaidHouses(owner: Db, count: number) {
  const keys = await owner
    .selectFrom("house")
    .leftJoin("house_balance as kept", (join) =>
      join.onRef("kept.estate_id", "=", "house.estate_id").onRef("kept.house_id", "=", "house.id"),
    )
    .select(["house.estate_id", "house.id"])
    .where("house.status", "=", "recorded")
    .where("house.exempt_reason", "is", null)
    .where("house.standard_id", "is not", null)
    .where((eb) =>
      eb.or([eb("kept.first_paid_fen", "is", null), eb("kept.first_paid_fen", "=", 0n)]),
    )
    .orderBy("house.code")
    .limit(count)
    .execute();
  const houses = [];
  for (const { estate_id: estateId, id: houseId } of keys) {
    const { code, dueFen } = await getHouse(owner, { estateId, houseId });
    if (dueFen !== null) houses.push({ code, dueFen });
  }
  return houses;
}
