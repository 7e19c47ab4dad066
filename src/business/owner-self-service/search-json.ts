import { formatArea } from "#src/kernel/area.ts";
import type { HouseHit, SearchAnswer } from "#src/register/search/search-houses.ts";

/**
 * Writes a search's answer for programs: how the words were understood, houses with number and address,
 * estates. Nothing in it is personal.
 */
export function toSearchJson(answer: SearchAnswer) {
  if (answer.kind === "guidance") {
    return { understood: null, guidance: answer.reason, unknown: [], houses: [], estates: [] };
  }
  return {
    understood: answer.understood && {
      parts: answer.understood.parts,
      sentence: answer.understood.sentence,
    },
    guidance: null,
    unknown: answer.unknownParts ?? [],
    houses: [
      ...answer.exact.map((hit) => toHouseJson(hit, true)),
      ...answer.near.map((hit) => toHouseJson(hit, false)),
    ],
    estates: answer.estates.map((estate) => ({
      number: estate.code,
      name: estate.name,
      district: estate.districtName,
      address: estate.address,
      why: estate.why,
    })),
  };
}

function toHouseJson(hit: HouseHit, isExact: boolean) {
  return {
    number: hit.code,
    address: hit.address,
    area: formatArea(hit.areaHundredths),
    isExact,
  };
}
