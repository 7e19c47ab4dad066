import type { DocumentRule } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import { formatArea, parseAreaText } from "#src/kernel/area.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse } from "#src/register/find-house.ts";
import { AREA_KIND_WORDS, HOUSE_NATURE_WORDS, HOUSE_USE_WORDS } from "#src/register/house-words.ts";
import { getApplicationForm, type Typed } from "./drafts.ts";
import { documentRules } from "./rules.ts";
import { CO_OWNERSHIP_WORDS } from "./schema.ts";

const LIFT_WORDS = { yes: "有", no: "无" };

function wordOf(words: Readonly<Record<string, string>>, value: string | undefined): string {
  return words[value ?? ""] ?? "";
}

/**
 * What a form says of a house, as review page, slip and review desk show it: labels and words in the order
 * of the form, what was left empty left out. Nothing in it is personal.
 */
export function shownForm(typed: Typed): (readonly [label: string, value: string])[] {
  const text = (name: string) => (typed[name] ?? "").normalize("NFKC").trim();
  // As the register keeps it: slip and desk must not show another area than the amount was reckoned by.
  const area = (name: string) => {
    const parsed = parseAreaText(typed[name] ?? "");
    return parsed.ok ? `${formatArea(parsed.areaHundredths)} ㎡` : withUnit(name, "㎡");
  };
  const withUnit = (name: string, unit: string) =>
    text(name) === "" ? "" : `${text(name)} ${unit}`;
  const all: (readonly [string, string])[] = [
    ["幢号", text("building")],
    ["单元", text("unit")],
    ["房号", text("room")],
    ["楼层", `${text("floor")} 层，共 ${text("floors")} 层`],
    ["房屋用途", wordOf(HOUSE_USE_WORDS, typed["houseUse"])],
    ["房屋性质", wordOf(HOUSE_NATURE_WORDS, typed["houseNature"])],
    ["有无电梯", wordOf(LIFT_WORDS, typed["lift"])],
    ["建筑面积", `${area("area")}（${wordOf(AREA_KIND_WORDS, typed["areaKind"])}）`],
    ["套内面积", area("innerArea")],
    ["公摊面积", area("sharedArea")],
    ["购房总价", withUnit("price", "元")],
    ["合同编号", text("contractNo")],
    ["合同签订日", text("contractDate")],
    ["不动产单元号", text("realEstateUnitNo")],
    ["共有方式", wordOf(CO_OWNERSHIP_WORDS, typed["coOwnership"])],
  ];
  return all.filter(([, value]) => value !== "");
}

/** The documents that an application needs, by what it says now. */
export async function documentRulesOf(
  deps: { db: Db; personalData: PersonalData },
  application: Pick<Application, "id" | "house" | "number">,
): Promise<DocumentRule[]> {
  if (application.house === null) throw new Error(`application ${application.number} has no house`);
  const house = await getHouse(deps.db, application.house);
  const { typed } = await getApplicationForm(deps, application.id);
  return documentRules({
    isPriceBased: house.standard?.basis === "PRICE",
    isMeasured: house.areaKind === "measured",
    hasOtherPayer: (typed["payerName"] ?? "").trim() !== "",
  });
}
