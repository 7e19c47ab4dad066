import { afterAll, beforeAll, expect, test } from "vitest";
import { expireApplications } from "#src/applications/book-bank-message.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { buildBuilding, buildHouse, NOW, type TestBuilding, TODAY } from "../support/builders.ts";
import { sweepVouchers } from "../support/refund-builders.ts";
import { OWNER } from "../support/refund-visit.ts";
import { registerOwner } from "../support/registered-owner.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { signStaffIn } from "../support/test-staff.ts";
import { TELLER_PASSWORD } from "../support/test-tellers.ts";
import { findTestDescriptor } from "../support/unrecorded-builders.ts";
import { runStorm } from "./run-storm.ts";
import { StormClient, type StormSystem } from "./world.ts";

const HOUSES = 24;
const DAY_MS = 24 * 3_600_000;
const STORM_MS = 120_000;

let site: ServedSite;
beforeAll(async () => {
  site = await serveSite();
});
afterAll(() => site?.stop());

/** The site as a storm sees it: its clock moves, and it can be restarted. */
function stormSystem(estateForNewcomers: string): StormSystem {
  return {
    url: () => site.url,
    firstDay: TODAY,
    tellers: {
      "desk one": { username: "teller-one", password: TELLER_PASSWORD },
      "desk two": { username: "teller-two", password: TELLER_PASSWORD },
    },
    withOwner: (use) => use(site.database.owner),
    personalData: site.city.personalData,
    signStaffIn: async (visitor, role) => {
      await signStaffIn(visitor, site.database, `${role}-demo`, site.clock.now);
    },
    ownerOf: async () => OWNER,
    estateForNewcomers,
    passDays: async (days) => {
      site.clock.now = new Date(site.clock.now.getTime() + days * DAY_MS);
      await sweep();
    },
    restart: () => site.restart(),
    lastWords: () => site.logged().slice(-2_000),
  };
}

/** What the timer does now and then, done at once: nobody waits for a minute of the machine's time. */
async function sweep(): Promise<void> {
  const now = site.clock.now;
  const at = { now, today: shanghaiDate(now) };
  const find = findTestDescriptor(site.city);
  await site.city.db.transaction().execute((tx) => expireApplications(tx, at, find));
  await sweepVouchers(site.city, now);
}

async function newHouses(building: TestBuilding): Promise<{ code: string; dueFen: bigint }[]> {
  const houses: { code: string; dueFen: bigint }[] = [];
  for (let at = 0; at < HOUSES; at += 1) {
    const house = await buildHouse(site.city, { building });
    await registerOwner(site.city, house, OWNER);
    houses.push({ code: house.code, dueFen: house.dueFen ?? 0n });
  }
  return houses;
}

test(
  "three hundred acts of payers, tellers, time and operators leave what the model says",
  async () => {
    site.clock.now = NOW;
    const building = await buildBuilding(site.city);
    const houses = await newHouses(building);
    const system = stormSystem(building.estateCode);
    const client = new StormClient(system);
    const report = await runStorm({ client, houses, seed: 20261126, steps: 300 });
    // A storm that hardly booked anything would prove nothing.
    expect(report.credited).toBeGreaterThan(10);
    expect(report.messages - report.credited).toBeGreaterThan(5);
    expect(report.refundsPaid).toBeGreaterThan(3);
    expect(report.merged).toBeGreaterThan(1);
  },
  STORM_MS,
);
