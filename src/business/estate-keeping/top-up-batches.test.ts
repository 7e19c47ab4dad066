import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import { PrinterError } from "#src/platform/pdf/printer-error.ts";
import { auditOf } from "#tests/support/audit-context.ts";
import {
  buildBuilding,
  buildCity,
  buildHouse,
  NOW,
  type TestBuilding,
  type TestCity,
} from "#tests/support/builders.ts";
import { buildDeposit, buildUse } from "#tests/support/payment-builders.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { buildInstitution } from "#tests/support/test-institutions.ts";
import {
  findTopUpBatch,
  NOTICES_IN_FILE,
  printWaitingTopUps,
  readTopUpFile,
  requestTopUpBatch,
  sweepTopUps,
} from "./top-up-batches.ts";

let database: TestDatabase;
let city: TestCity;
let building: TestBuilding;
let institutionId: number;
let houses: { houseId: bigint; estateId: number; code: string }[];
const clock = { now: NOW };

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  building = await buildBuilding(city);
  institutionId = (await buildInstitution(city, "property-company", [building.estateId])).id;
  houses = [];
  for (let n = 0; n < NOTICES_IN_FILE + 2; n += 1) {
    const house = await buildHouse(city, { building });
    await buildDeposit(city, house, {
      amountFen: fen(1_185_120n),
      bookDate: calendarDate("2026-06-30"),
    });
    await buildUse(city, house, fen(1_000_000n));
    houses.push(house);
  }
}, 60_000);
afterAll(() => database.drop());

/** A printer that writes down what it was asked for; a test may let it fail. */
function fakePrinter(): Printer & { asked: string[][]; fails: PrinterError | null } {
  const printer = {
    asked: [] as string[][],
    fails: null as PrinterError | null,
    print: async ({ data }: { data: unknown }) => {
      if (printer.fails) throw printer.fails;
      const { notices } = data as { notices: { houseCode: string }[] };
      printer.asked.push(notices.map(({ houseCode }) => houseCode));
      return Buffer.from(`%PDF ${notices.length}`);
    },
    close: async () => {},
    childPid: () => null,
  };
  return printer;
}

async function request(ids = houses.map(({ houseId }) => houseId)): Promise<string> {
  const id = randomUUID();
  await requestTopUpBatch(city.db, {
    id,
    institutionId,
    estate: { estateId: building.estateId, code: building.estateCode },
    buildingLabel: "",
    houseIds: ids,
    actor: "institution:keeper",
    audit: auditOf("top-up-notices-asked", "institution:keeper"),
    now: clock.now,
  });
  return id;
}

const worker = (printer: Printer) => ({
  db: city.db,
  personalData: city.personalData,
  clock: () => clock.now,
  printer,
  fundCentreName: "示例中心",
  publicUrl: "http://localhost",
});

const find = async (id: string) =>
  (await findTopUpBatch(city.db, institutionId, id)) ?? expect.fail("the batch is gone");

describe("notices for many houses", () => {
  test("are printed file by file, each house once, and kept encrypted", async () => {
    const printer = fakePrinter();
    const id = await request();
    await printWaitingTopUps(worker(printer));
    expect(printer.asked.map((codes) => codes.length)).toEqual([NOTICES_IN_FILE, 2]);
    expect(printer.asked.flat()).toEqual(houses.map(({ code }) => code));
    expect(await find(id)).toMatchObject({
      houseCount: NOTICES_IN_FILE + 2,
      printedCount: NOTICES_IN_FILE + 2,
      files: [
        { n: 1, firstHouse: 1, lastHouse: NOTICES_IN_FILE },
        { n: 2, firstHouse: NOTICES_IN_FILE + 1, lastHouse: NOTICES_IN_FILE + 2 },
      ],
    });
    const file = await readTopUpFile(city.db, city.personalData, id, 2);
    expect(file?.toString()).toBe("%PDF 2");
    const { file_cipher } = await city.db
      .selectFrom("top_up_file")
      .select("file_cipher")
      .where("batch_id", "=", id)
      .where("n", "=", 2)
      .executeTakeFirstOrThrow();
    expect(file_cipher.includes("%PDF")).toBe(false);
  });

  test("go on where a killed process stopped, and print nothing twice", async () => {
    const dying = fakePrinter();
    const id = await request();
    const print = dying.print;
    dying.print = async (job) => {
      if (dying.asked.length === 1) throw new PrinterError("printer-closed", "killed");
      return await print(job);
    };
    await expect(printWaitingTopUps(worker(dying))).rejects.toThrow("killed");
    expect(await find(id)).toMatchObject({ printedCount: NOTICES_IN_FILE, files: [{ n: 1 }] });
    const next = fakePrinter();
    await printWaitingTopUps(worker(next));
    expect(next.asked).toEqual([]);
    clock.now = new Date(clock.now.getTime() + 121_000);
    await printWaitingTopUps(worker(next));
    clock.now = NOW;
    expect(next.asked.map((codes) => codes.length)).toEqual([2]);
    expect((await find(id)).files).toHaveLength(2);
  });

  test("are printed once by two processes at the same moment", async () => {
    const id = await request();
    const printers = [fakePrinter(), fakePrinter()];
    await Promise.all(printers.map((printer) => printWaitingTopUps(worker(printer))));
    await printWaitingTopUps(worker(printers[0] ?? expect.fail()));
    const all = printers.flatMap(({ asked }) => asked.flat()).toSorted();
    expect(all).toEqual(houses.map(({ code }) => code).toSorted());
    expect((await find(id)).files).toHaveLength(2);
  });

  test("wait after a failure, and are given up after five", async () => {
    const printer = fakePrinter();
    printer.fails = new PrinterError("template-failed", "no");
    const id = await request();
    for (let n = 0; n < 5; n += 1) {
      await printWaitingTopUps(worker(printer));
      clock.now = new Date(clock.now.getTime() + 61_000);
    }
    expect(await find(id)).toMatchObject({ printedCount: 0, isGivenUp: true });
    clock.now = NOW;
  });

  test("leave out who has topped up since", async () => {
    const [paid, ...rest] = houses.slice(-3);
    if (paid === undefined) throw new Error("no house");
    const id = await request([paid, ...rest].map(({ houseId }) => houseId));
    await buildDeposit(city, paid, { amountFen: fen(1_000_000n), depositKind: "02" });
    const printer = fakePrinter();
    await printWaitingTopUps(worker(printer));
    expect(printer.asked.flat()).toEqual(rest.map(({ code }) => code));
    expect(await find(id)).toMatchObject({ printedCount: 3 });
  });

  test("belong to the institution that asked, and are gone after a week", async () => {
    const id = await request();
    const other = await buildInstitution(city, "committee", [building.estateId]);
    expect(await findTopUpBatch(city.db, other.id, id)).toBeNull();
    await sweepTopUps(city.db, new Date(NOW.getTime() + 8 * 86_400_000));
    expect(await findTopUpBatch(city.db, institutionId, id)).toBeNull();
  });
});
