import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCity, type TestCity } from "#tests/support/builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import type { Tx } from "./client.ts";
import { inSnapshot, streamSnapshot } from "./snapshot.ts";

let database: TestDatabase;
let city: TestCity;

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
});
afterAll(() => database?.drop());

async function countBanks(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from bank`.execute(tx);
  return rows[0]?.n ?? 0;
}

let added = 0;
function addBank() {
  added += 1;
  return city.owner
    .insertInto("bank")
    .values({ code: `B${added}`, name: `银行${added}` })
    .execute();
}

async function* counted(tx: Tx): AsyncGenerator<number> {
  for (;;) yield await countBanks(tx);
}

describe("a snapshot", () => {
  test("does not see what was written after its first statement", async () => {
    const [first, second] = await inSnapshot(city.db, async (tx) => {
      const before = await countBanks(tx);
      await addBank();
      return [before, await countBanks(tx)];
    });
    expect(second).toBe(first);
  });

  test("writes nothing", async () => {
    const write = inSnapshot(city.db, (tx) => tx.deleteFrom("session").execute());
    await expect(write).rejects.toMatchObject({ code: "25006" });
  });
});

describe("a file read in pieces", () => {
  test("is of one moment from its first row to its last", async () => {
    const rows = streamSnapshot(city.db, counted);
    const first = (await rows.next()).value;
    await addBank();
    expect((await rows.next()).value).toBe(first);
    await rows.return(undefined);
    const later = streamSnapshot(city.db, counted);
    expect((await later.next()).value).toBe((first as number) + 1);
    await later.return(undefined);
  });

  test("gives its connection back when it is left early or fails", async () => {
    for (let n = 0; n < 12; n += 1) {
      const rows = streamSnapshot(city.db, counted);
      await rows.next();
      await rows.return(undefined);
      const failing = streamSnapshot(city.db, async function* (tx) {
        yield await countBanks(tx);
        throw new Error("the source broke");
      });
      await failing.next();
      await expect(failing.next()).rejects.toThrow("the source broke");
    }
    expect(await countBanks(city.db as Tx)).toBeGreaterThan(0);
  });

  test("waits for its first row while three others are under way", async () => {
    const others = [1, 2, 3].map(() => streamSnapshot(city.db, counted));
    for (const rows of others) await rows.next();
    let isThere = false;
    const fourth = streamSnapshot(city.db, counted);
    const row = fourth.next().then(() => {
      isThere = true;
    });
    await countBanks(city.db as Tx);
    expect(isThere).toBe(false);
    await others[0]?.return(undefined);
    await row;
    expect(isThere).toBe(true);
    for (const rows of [...others, fourth]) await rows.return(undefined);
  });
});
