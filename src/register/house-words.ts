import type { Selectable } from "kysely";
import type { HouseTable } from "#src/platform/database/tables.ts";

/** What a house is used for, in the words of the register's forms. */
export const HOUSE_USE_WORDS: Record<Selectable<HouseTable>["house_use"], string> = {
  residential: "住宅",
  commercial: "商业",
  office: "办公",
  parking: "车位",
  storage: "储藏",
  other: "其他",
};

/** Where an area comes from, as slips print it. */
export const AREA_KIND_WORDS: Record<Selectable<HouseTable>["area_kind"], string> = {
  measured: "实测",
  forecast: "预测",
};
