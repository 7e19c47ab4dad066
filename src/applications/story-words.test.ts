import { describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import type { ApplicationEvent } from "./find-application.ts";
import {
  askedCorrections,
  promiseWords,
  stateByNotice,
  stepDetail,
  timeLeft,
} from "./story-words.ts";

const LAST_DAY = calendarDate("2026-11-23");
const at = (instant: string) => new Date(`${instant}+08:00`);

describe("the state of an application that waits for a payment", () => {
  const notice = { state: "issued" as const, expiresOn: LAST_DAY, lockedUntil: null };
  test.each([
    ["awaiting-payment", "2026-11-23T23:59:59", "awaiting-payment"],
    ["awaiting-payment", "2026-11-24T00:00:00", "expired"],
    ["settled", "2026-11-24T00:00:00", "settled"],
  ])("%s at %s is told as %s", (state, instant, told) => {
    expect(stateByNotice({ state }, notice, at(instant))).toBe(told);
  });
});

test("what has to be put right is the remark of the last step back, each line by itself", () => {
  const events = [
    { toState: "correcting", remark: "户号不清" },
    { toState: "submitted", remark: "已改" },
    { toState: "correcting", remark: "合同缺页\n\n 发票看不清\n" },
    { toState: "submitted", remark: "又改了" },
  ] as ApplicationEvent[];
  expect(askedCorrections({ events })).toEqual(["合同缺页", " 发票看不清"]);
  expect(askedCorrections({ events: [] })).toEqual([]);
});

test("the last day is still a day to go to the bank", () => {
  expect(timeLeft(LAST_DAY, at("2026-11-23T17:00:00"))).toBe("今天是最后一天");
  expect(timeLeft(LAST_DAY, at("2026-11-21T00:00:00"))).toBe("还有 2 天");
});

test("a step without a remark is told by its time alone, and nothing promised is nothing said", () => {
  expect(stepDetail(at("2026-11-23T10:05:00"), "")).toBe("2026-11-23 10:05");
  expect(stepDetail(at("2026-11-23T10:05:00"), "缺页")).toBe("2026-11-23 10:05，缺页");
  expect(promiseWords({ promisedOn: null })).toBe("");
  expect(promiseWords({ promisedOn: LAST_DAY })).toBe("我们最晚 11月23日办好，");
});
