import { expect, test } from "vitest";
import { makeApplicationNumber } from "#src/kernel/application-number.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import type { HouseSearch, SearchAnswer } from "#src/register/search/search-houses.ts";
import { guessMeant } from "./guess-meant.ts";

const NUMBER = makeApplicationNumber("11", calendarDate("2026-11-23"), "048271953");
const ESTATE = {
  estateId: 1,
  code: "SL0126",
  name: "示例花园",
  districtName: "示范区",
  address: "",
  why: "",
};
const UNDERSTOOD: SearchAnswer = {
  kind: "answer",
  understood: {
    estateName: "示例花园",
    estateCode: "SL0126",
    parts: ["示例花园", "12幢", "3单元", "502"],
    sentence: "",
  },
  exact: [],
  near: [],
  estates: [],
};
const search: Pick<HouseSearch, "search" | "findEstates"> = {
  search: async (text) =>
    text.includes("示例花园") ? UNDERSTOOD : { ...UNDERSTOOD, understood: null },
  findEstates: (text) => (text.includes("花园") ? [ESTATE] : []),
};

test.each([
  [NUMBER, { kind: "application", number: NUMBER }],
  [NUMBER.replace(/(.{4})/g, "$1 "), { kind: "application", number: NUMBER }],
  [NUMBER.slice(0, 17), { kind: "wrong-number", digits: 17 }],
  ["13800138000", { kind: "private" }],
  ["11010519491231002X", { kind: "private" }],
  [
    "示例花园12幢3单元502",
    { kind: "house", address: "示例花园 12幢 3单元 502", typed: "示例花园12幢3单元502" },
  ],
  ["示例花园", { kind: "estate", name: "示例花园", href: "/my-estate/SL0126" }],
  ["花园里的电梯要不要交维修资金", null],
  ["退款要什么材料", null],
  ["165号令", null],
  ["", null],
])("%s means %j", async (typed, meant) => {
  expect(await guessMeant(typed, search)).toEqual(meant);
});
