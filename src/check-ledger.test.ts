import { execFile } from "node:child_process";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCity, type TestCity } from "#tests/support/builders.ts";
import { buildPaidHouse } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";

let database: TestDatabase;
let city: TestCity;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  await buildPaidHouse(city);
});
afterAll(() => database.drop());

interface Ending {
  code: number;
  stdout: string;
  stderr: string;
}

function checkLedger(env: Record<string, string>): Promise<Ending> {
  const program = join(import.meta.dirname, "check-ledger.ts");
  const { host, port, database: name, user, password } = database.ownerConnection;
  const query = new URLSearchParams({ host, port: `${port}` });
  const settings = {
    PATH: process.env["PATH"] ?? "",
    DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@/${name}?${query}`,
    DATA_KEY: "07".repeat(32),
    ...env,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [program], { env: settings }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

test("sound books: every check is named as passed, exit code 0", async () => {
  const { code, stdout, stderr } = await checkLedger({});
  expect(stderr).toBe("");
  expect(code).toBe(0);
  for (const rule of ["L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8", "L9", "L13", "C1", "C2"]) {
    expect(stdout).toMatch(new RegExp(`^通过 +${rule} `, "m"));
  }
  expect(stdout).toContain("项检查全部通过");
});

test("one fen edited by hand: the check names the house, exit code 1", async () => {
  await city.owner
    .updateTable("house_balance")
    .set((eb) => ({ principal_fen: eb("principal_fen", "-", 1n) }))
    .execute();
  const { code, stdout } = await checkLedger({});
  expect(code).toBe(1);
  expect(stdout).toMatch(/^不通过 +L2 each house's kept balance/m);
  expect(stdout).toContain("kept 1185119/0/1185120, entries say 1185120/0/1185120");
  // The house beside its entries, and all houses beside their control account.
  expect(stdout).toMatch(/^不通过 +L3 /m);
  expect(stdout).toContain("有 2 项不通过");
  await sql`update house_balance set principal_fen = principal_fen + 1`.execute(city.owner);
  expect((await checkLedger({})).code).toBe(0);
});

test("a database that cannot be reached is said in one sentence, exit code 1", async () => {
  const { code, stdout, stderr } = await checkLedger({
    DATABASE_URL: "postgres://fund@127.0.0.1:1/fund",
  });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/^无法连接数据库.*\n$/);
});
