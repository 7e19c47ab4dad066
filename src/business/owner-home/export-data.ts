import type { OwnerAccount } from "#src/accounts/owners/owner-account.ts";
import { explainLine } from "#src/bank/explain-line.ts";
import { plainYuan } from "#src/kernel/money.ts";
import { listHouseLines } from "#src/ledger/list-house-entries.ts";
import { inSnapshot } from "#src/platform/database/snapshot.ts";
import { type HeldSession, listSessions } from "#src/platform/sessions.ts";
import { listOwnApplications, type OwnApplicationsDeps } from "./own-applications.ts";
import { listOwnedHouses, type OwnedHouse } from "./owned-houses.ts";

/** More applications than a person ever makes; the file stays one that a phone opens. */
const APPLICATIONS_MAX = 1_000;

/**
 * Collects what is kept about an account, for its owner to take away (PIPL art. 45): who he is, his houses with
 * every line, his applications, his sessions. Money is text in yuan. All of it is of one moment, so that the lines
 * add up to the balances beside them.
 */
export async function collectOwnData(
  deps: OwnApplicationsDeps,
  account: OwnerAccount,
  held: HeldSession,
  now: Date,
) {
  return await inSnapshot(deps.db, (tx) => collectIn({ ...deps, db: tx }, account, held, now));
}

async function collectIn(
  deps: OwnApplicationsDeps,
  account: OwnerAccount,
  held: HeldSession,
  now: Date,
) {
  const [houses, applications, sessions] = await Promise.all([
    listOwnedHouses(deps.db, account.id, now),
    listOwnApplications(deps, account, { page: 1, size: APPLICATIONS_MAX, now }),
    listSessions(deps.db, held, now),
  ]);
  return {
    exportedAt: now.toISOString(),
    account: { name: account.name, phone: account.phone, username: account.username },
    houses: await Promise.all(houses.map((owned) => houseData(deps, owned))),
    applications: applications.rows.map(({ number, title, createdAt, state }) => ({
      number,
      title,
      submittedAt: createdAt.toISOString(),
      state: state.label,
    })),
    sessions: sessions.map(({ browserWords, startedAt, lastSeenAt }) => ({
      browser: browserWords,
      startedAt: startedAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
    })),
  };
}

async function houseData({ db }: OwnApplicationsDeps, { house, balance }: OwnedHouse) {
  const lines = await listHouseLines(db, house);
  return {
    code: house.code,
    address: house.address,
    principalYuan: plainYuan(balance.principalFen),
    interestYuan: plainYuan(balance.interestFen),
    lines: lines.map((line) => ({
      bookDate: line.bookDate,
      valueDate: line.valueDate,
      ...wordsOf(line),
      principalYuan: plainYuan(line.principalFen),
      interestYuan: plainYuan(line.interestFen),
      balanceYuan: plainYuan(line.balanceFen),
    })),
  };
}

function wordsOf(line: Parameters<typeof explainLine>[0]) {
  const { summary, explanation } = explainLine(line);
  return { summary, explanation };
}
