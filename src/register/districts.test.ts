import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { formatDivision, listDivisions, loadReferenceData } from "./districts.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

function written(code: string): string {
  const division = listDivisions().find((one) => one.code === code);
  return division === undefined ? "" : formatDivision(division);
}

describe("the divisions of GB/T 2260", () => {
  it("are counties with six digits, each once, under a province that their code names", () => {
    const divisions = listDivisions();
    expect(divisions).toHaveLength(2_978);
    expect(new Set(divisions.map((division) => division.code)).size).toBe(2_978);
    expect(divisions.filter(({ code, name }) => !/^[0-9]{6}$/.test(code) || name === "")).toEqual(
      [],
    );
    const provinceOf = new Map(divisions.map((one) => [one.code.slice(0, 2), one.provinceName]));
    expect(
      divisions.filter((one) => provinceOf.get(one.code.slice(0, 2)) !== one.provinceName),
    ).toEqual([]);
  });

  it("are written without placeholders and without saying a city twice", () => {
    expect(written("330106")).toBe("浙江省杭州市西湖区");
    expect(written("110101")).toBe("北京市东城区");
    expect(written("500229")).toBe("重庆市城口县");
    expect(written("429004")).toBe("湖北省仙桃市");
    expect(written("441900")).toBe("广东省东莞市");
    const shown = listDivisions().map(formatDivision).join();
    expect(shown).not.toMatch(/市辖区|直辖县级/);
  });

  it("go into the table once, and again only where they changed", async () => {
    const { owner } = database;
    const own = {
      code: "990101",
      name: "示范区",
      city_name: "示例市",
      province_name: "示例省",
      effective_from: calendarDate("2008-02-01"),
    };
    await owner.insertInto("district").values(own).execute();
    await loadReferenceData(owner);
    await owner
      .updateTable("district")
      .set({ name: "旧名" })
      .where("code", "=", "330106")
      .execute();
    const versions = () =>
      owner.selectFrom("district").select(["code", "name"]).orderBy("code").execute();
    await loadReferenceData(owner);
    const rows = await versions();
    expect(rows).toHaveLength(2_979);
    expect(rows.find((row) => row.code === "330106")?.name).toBe("西湖区");
    expect(rows.find((row) => row.code === own.code)?.name).toBe("示范区");
    await loadReferenceData(owner);
    expect(await versions()).toEqual(rows);
  });
});
