import { randomUUID } from "node:crypto";
import { createApplication, newApplicationNumber } from "#src/applications/create-application.ts";
import { batchTotal, issueBatchNotice } from "#src/bank/issue-batch-notice.ts";
import { BATCH_DEPOSIT } from "#src/business/batch-deposit/descriptor.ts";
import type { ApplicationNumber } from "#src/kernel/application-number.ts";
import { addDays, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import { getHouseBalance, holdHouses } from "#src/ledger/house-balances.ts";
import type { House } from "#src/register/find-house.ts";
import { buildHouse, NOW, type TestBuilding, type TestCity } from "./builders.ts";

/** A batch notice that was issued, with its application. */
export interface TestBatch {
  no: ApplicationNumber;
  houses: readonly House[];
  amountFen: Fen;
}

/** Several unpaid houses of one building, each of another area, so that no two are asked for the same. */
export async function buildHouses(
  city: TestCity,
  building: TestBuilding,
  count: number,
): Promise<House[]> {
  const houses: House[] = [];
  for (let at = 0; at < count; at += 1) {
    houses.push(await buildHouse(city, { building, areaHundredths: 9_876 + at }));
  }
  return houses;
}

/** Issues a batch as the application does, by default for the whole first deposit of each house. */
export async function buildBatch(
  city: TestCity,
  houses: readonly House[],
  overrides: { issuedAt?: Date; validDays?: number; depositKind?: "00" | "04" } = {},
): Promise<TestBatch> {
  const issuedAt = overrides.issuedAt ?? NOW;
  const no = newApplicationNumber(BATCH_DEPOSIT.numberPrefix, issuedAt);
  const batch = await city.db.transaction().execute(async (tx) => {
    await holdHouses(tx, houses);
    const asked = await Promise.all(
      houses.map(async (house) => {
        const { firstPaidFen } = await getHouseBalance(tx, house);
        const amountFen = fen((house.dueFen ?? 1n) - firstPaidFen);
        return { house, amountFen, firstPaidSeenFen: firstPaidFen };
      }),
    );
    await issueBatchNotice(
      tx,
      {
        no,
        houses: asked,
        depositKind: overrides.depositKind ?? "00",
        payerName: "试验置业有限公司",
        payerPhone: "13800005678",
        issuedAt,
        expiresOn: addDays(shanghaiDate(issuedAt), overrides.validDays ?? 15),
      },
      city.personalData,
    );
    await createApplication(tx, {
      descriptor: BATCH_DEPOSIT,
      stages: [],
      number: no,
      house: null,
      noticeNo: no,
      submissionKey: randomUUID(),
      browserHash: Buffer.alloc(32, 1),
      contact: {
        name: "试验置业有限公司",
        phone: "13800005678",
        personalData: city.personalData,
      },
      now: issuedAt,
    });
    return asked;
  });
  return { no, houses, amountFen: batchTotal(batch) };
}
