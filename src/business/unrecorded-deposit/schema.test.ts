import { describe, expect, it, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { readUnrecordedForm } from "./read-form.ts";
import { ownerField, TYPED_FIELDS } from "./schema.ts";
import { shownForm } from "./shown-form.ts";

const TODAY = calendarDate("2026-11-23");
const RIGHT = {
  building: "12栋",
  unit: "三单元",
  room: "502室",
  floor: "5",
  floors: "18",
  houseUse: "residential",
  houseNature: "commodity",
  lift: "yes",
  areaKind: "forecast",
  area: "98.76",
  contractDate: "2024-06-01",
  coOwnership: "sole",
  owner1Name: "张示例",
  owner1DocumentKind: "resident-id",
  owner1DocumentNo: "110101198506155020",
  owner1Phone: "13800005678",
} as const;

const read = (changes: Record<string, string> = {}) =>
  readUnrecordedForm({ ...RIGHT, ...changes }, TODAY);

function errorsOf(changes: Record<string, string>): Record<string, string> {
  const form = read(changes);
  return form.ok ? {} : form.errors;
}

describe("the form 未备案房屋交款", () => {
  it("gives a house the keys by which every search finds it", () => {
    expect(read()).toMatchObject({
      ok: true,
      data: { buildingKey: "12", unitKey: "3", roomKey: "502", area: 9876, hasLift: true },
    });
    expect(read({ room: "5楼2号" })).toMatchObject({ ok: true, data: { roomKey: "502" } });
  });

  it("keeps areas as entered, half-up to two decimals", () => {
    expect(read({ area: "120.335" })).toMatchObject({ ok: true, data: { area: 12_034 } });
  });

  it("shows areas as they are kept, so that slip and amount speak of the same area", () => {
    const shown = shownForm({ area: "120.335", areaKind: "measured", innerArea: "98.7 平方米" });
    expect(shown).toContainEqual(["建筑面积", "120.34 ㎡（实测）"]);
    expect(shown).toContainEqual(["套内面积", "98.70 ㎡"]);
  });

  it("leaves out what need not be filled in", () => {
    expect(read({ contractDate: "" })).toMatchObject({
      ok: true,
      data: { contractDate: null, price: null, contractNo: null, payer: null, innerArea: null },
    });
  });

  it("says of an empty form everything that is missing, in the order of its fields", () => {
    const form = readUnrecordedForm({}, TODAY);
    const names = form.ok ? [] : Object.keys(form.errors);
    expect(names).toEqual(TYPED_FIELDS.filter((name) => names.includes(name)));
    expect(names).toContain("building");
    expect(names).toContain("owner1Phone");
    expect(names).not.toContain("unit");
    expect(names).not.toContain("owner2Name");
  });

  test.each([
    ["a storey above the building", { floor: "19" }, "floors"],
    ["storey nought", { floor: "0" }, "floor"],
    ["a room without a number", { room: "室" }, "room"],
    ["no area", { area: "0" }, "area"],
    ["an area beyond every house", { area: "100000" }, "area"],
    ["parts that are more than the whole", { innerArea: "98.77" }, "innerArea"],
    ["parts that are not the whole", { innerArea: "80", sharedArea: "10" }, "sharedArea"],
    ["a contract of tomorrow", { contractDate: "2026-11-24" }, "contractDate"],
    ["a day that never was", { contractDate: "2026-02-30" }, "contractDate"],
    ["27 signs of a 不动产单元号", { realEstateUnitNo: "1".repeat(27) }, "realEstateUnitNo"],
    ["a price of nothing", { price: "0" }, "price"],
    ["a wrong check digit", { owner1DocumentNo: "110101198506155021" }, "owner1DocumentNo"],
    ["a kind that is none", { owner1DocumentKind: "club-card" }, "owner1DocumentKind"],
    ["a payer without a phone", { payerName: "李示例", payerRelation: "配偶" }, "payerPhone"],
  ])("refuses %s beside its field", (_, changes, field) => {
    expect(Object.keys(errorsOf(changes))).toEqual([field]);
  });

  it("takes a second owner, and then asks how they own the house", () => {
    const second = {
      [ownerField(2, "Name")]: "王示范",
      [ownerField(2, "DocumentKind")]: "resident-id",
      [ownerField(2, "DocumentNo")]: "110101199011205043",
      [ownerField(2, "Phone")]: "13800005679",
    };
    expect(Object.keys(errorsOf(second))).toEqual(["coOwnership"]);
    expect(read({ ...second, coOwnership: "joint" })).toMatchObject({ ok: true });
    const shares = { ...second, coOwnership: "shares", owner1Share: "66.67" };
    expect(Object.keys(errorsOf({ ...shares, owner2Share: "33.34" }))).toEqual(["owner1Share"]);
    expect(read({ ...shares, owner2Share: "33.33%" })).toMatchObject({
      ok: true,
      data: { owners: [{ shareHundredths: 6667 }, { shareHundredths: 3333 }] },
    });
    const twice = { ...second, coOwnership: "joint", owner2DocumentNo: RIGHT.owner1DocumentNo };
    expect(Object.keys(errorsOf(twice))).toEqual(["owner2DocumentNo"]);
  });

  it("asks a single owner not to call the house shared", () => {
    expect(Object.keys(errorsOf({ coOwnership: "joint" }))).toEqual(["coOwnership"]);
  });
});
