import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { listBuildings } from "#src/ledger/estate-book/list-buildings.ts";
import { readEstateFigures } from "#src/ledger/estate-figures.ts";
import type { Db } from "#src/platform/database/client.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { type BuildingChoice, countIn, findBatchHouses, listHouseCodes } from "./queries.ts";
import {
  type AskedHouse,
  type BatchKind,
  type ChosenHouse,
  type FoundHouse,
  type JudgedBatch,
  judgeBatch,
} from "./rules.ts";

/** The estate whose houses are chosen, and the moment by which they are judged. */
export interface EstateVisit {
  db: Db;
  estateId: number;
  now: Date;
}

/** Lists the buildings of an estate that have houses to be asked for a kind of deposit, as people count them. */
export async function listOffering(
  visit: EstateVisit,
): Promise<Readonly<Record<BatchKind, readonly BuildingChoice[]>>> {
  const { db, estateId, now } = visit;
  const settings = await getCitySettings(db, shanghaiDate(now));
  const [buildings, figures] = await Promise.all([
    listBuildings(db, estateId),
    readEstateFigures(db, estateId, settings["top-up-trigger-percent"]),
  ]);
  const byId = new Map(figures.map((one) => [one.buildingId, one.standings]));
  const all = buildings.map(({ id, key, label }) => ({
    key,
    label,
    unpaidCount: byId.get(id)?.get("unpaid") ?? 0,
    partPaidCount: byId.get(id)?.get("part-paid") ?? 0,
  }));
  const offering = (kind: BatchKind) => all.filter((one) => countIn(one, kind) > 0);
  return { "00": offering("00"), "04": offering("04") };
}

/** Lists the houses of some buildings that can be asked for a kind of deposit, in the order of the buildings. */
export async function listHousesIn(
  visit: EstateVisit,
  kind: BatchKind,
  buildings: readonly BuildingChoice[],
): Promise<readonly ChosenHouse[]> {
  const { db, estateId } = visit;
  const buildingKeys = buildings.map(({ key }) => key);
  const codes = await listHouseCodes(db, { estateId, buildingKeys });
  const found = await findHouses(visit, codes);
  const houses = codes.flatMap((code): ChosenHouse[] => {
    const one = found.get(code);
    if (one === undefined || !one.offer.ok || one.offer.depositKind !== kind) return [];
    const { house, offer, firstPaidFen, openNoticeCount } = one;
    return [{ house, amountFen: offer.amountFen, firstPaidSeenFen: firstPaidFen, openNoticeCount }];
  });
  const byBuilding = Map.groupBy(houses, ({ house }) => house.buildingKey);
  return buildingKeys.flatMap((key) => byBuilding.get(key) ?? []);
}

/** Judges what was asked for, ticked or in a list, by how it stands now. */
export async function judgeAsked(
  visit: EstateVisit,
  asked: readonly AskedHouse[],
): Promise<JudgedBatch> {
  const codes = asked.map(({ code }) => code);
  return judgeBatch(asked, await findHouses(visit, codes));
}

async function findHouses(
  { db, estateId, now }: EstateVisit,
  codes: readonly string[],
): Promise<Map<string, FoundHouse>> {
  const today = shanghaiDate(now);
  return await findBatchHouses(db, { estateId, codes, today }, await getCitySettings(db, today));
}
