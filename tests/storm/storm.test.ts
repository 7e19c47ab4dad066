import { afterAll, beforeAll, expect, test } from "vitest";
import { buildBuilding, buildHouse, NOW, TODAY } from "../support/builders.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { TELLER_PASSWORD } from "../support/test-tellers.ts";
import { runStorm } from "./run-storm.ts";
import type { StormSystem } from "./world.ts";

const HOUSES = 24;
const DAY_MS = 24 * 3_600_000;
const STORM_MS = 120_000;

let site: ServedSite;
beforeAll(async () => {
  site = await serveSite();
});
afterAll(() => site?.stop());

/** The site as a storm sees it: its clock moves, and it can be restarted. */
function stormSystem(): StormSystem {
  return {
    url: () => site.url,
    firstDay: TODAY,
    tellers: {
      "desk one": { username: "teller-one", password: TELLER_PASSWORD },
      "desk two": { username: "teller-two", password: TELLER_PASSWORD },
    },
    withOwner: (use) => use(site.database.owner),
    passDays: (days) => {
      site.clock.now = new Date(site.clock.now.getTime() + days * DAY_MS);
    },
    restart: () => site.restart(),
  };
}

async function newHouses(): Promise<{ code: string; dueFen: bigint }[]> {
  const building = await buildBuilding(site.city);
  const houses: { code: string; dueFen: bigint }[] = [];
  for (let at = 0; at < HOUSES; at += 1) {
    const house = await buildHouse(site.city, { building });
    houses.push({ code: house.code, dueFen: house.dueFen ?? 0n });
  }
  return houses;
}

test(
  "three hundred acts of payers, tellers, time and operators leave what the model says",
  async () => {
    site.clock.now = NOW;
    const storm = { system: stormSystem(), houses: await newHouses(), seed: 20261126, steps: 300 };
    const report = await runStorm(storm);
    // A storm that hardly booked anything would prove nothing.
    expect(report.credited).toBeGreaterThan(10);
    expect(report.messages - report.credited).toBeGreaterThan(5);
  },
  STORM_MS,
);
