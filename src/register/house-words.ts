import type { Selectable } from "kysely";
import type { HouseOwnerTable, HouseTable } from "#src/platform/database/tables/register.ts";

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

/** How a house came to be owned, in the words of the register's forms. */
export const HOUSE_NATURE_WORDS: Record<Selectable<HouseTable>["house_nature"], string> = {
  commodity: "商品房",
  affordable: "经济适用房",
  reform: "房改房",
  resettlement: "安置房",
  apartment: "公寓",
};

/** Commercial housing and sold public housing are two funds with two ledgers (Decree 165 art. 9). */
export function fundOf(nature: Selectable<HouseTable>["house_nature"]): "3001" | "3002" {
  return nature === "reform" ? "3002" : "3001";
}

/** What an owner is known by. */
export const DOCUMENT_KIND_WORDS: Record<HouseOwnerTable["document_kind"], string> = {
  "resident-id": "居民身份证",
  "credit-code": "统一社会信用代码",
  passport: "护照",
  "hmt-permit": "港澳台通行证",
  other: "其他证件",
};
