import { describe, expect, it } from "vitest";
import { makeApplicationNumber } from "#src/kernel/application-number.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { confirmationForm, earliestValueDate, noticeNumber, reversalForm } from "./schema.ts";

const number = makeApplicationNumber("11", calendarDate("2026-11-23"), "048271953");

describe("the notice's number at the desk", () => {
  it.each([
    number,
    ` ${number.slice(0, 4)} ${number.slice(4)} `,
    `https://fund.example/applications/${number}`,
  ])("is read as typed or as scanned: %s", (typed) => {
    expect(noticeNumber.parse(typed)).toBe(number);
  });

  it.each([
    ["", "请输入或扫描通知单编号"],
    ["12345", "现在是 5 位"],
    [number.slice(0, -1) + ((Number.parseInt(number.slice(-1), 10) + 1) % 10), "有一位不对"],
    ["abc", "只有数字"],
  ])("answers %j with what is wrong", (typed, sentence) => {
    expect(noticeNumber.safeParse(typed).error?.issues[0]?.message).toContain(sentence);
  });
});

describe("the confirmation", () => {
  const limits = { today: calendarDate("2026-11-25"), earliest: calendarDate("2026-11-23") };
  const right = { bankRef: "6026112300417", valueDate: "2026-11-24", amountSeen: "11851.20" };
  const errorsOf = (sent: Record<string, string>) => {
    const form = parseForm(confirmationForm(limits), { ...right, ...sent });
    return form.ok ? null : form.errors;
  };

  it("takes the bank's reference in any width and a real day", () => {
    expect(errorsOf({})).toBeNull();
    expect(errorsOf({ bankRef: "６０２６１１２３", valueDate: "2026年11月24日" })).toBeNull();
  });

  it.each([
    ["bankRef", "", "请填写银行流水号"],
    ["bankRef", "a'; --", "4 到 40 位字母或数字"],
    ["bankRef", "x".repeat(10_000), "4 到 40 位字母或数字"],
    ["valueDate", "", "请填写到账日期"],
    ["valueDate", "2026-02-30", "没有这一天"],
    ["valueDate", "昨天", "没有这一天"],
    ["valueDate", "2026-11-26", "不能晚于今天"],
    ["valueDate", "2026-11-22", "不能早于通知单开具的日子"],
  ])("answers %s %j with a sentence", (field, value, sentence) => {
    expect(errorsOf({ [field]: value })?.[field]).toContain(sentence);
  });

  it("finds the notice's day in its number", () => {
    expect(earliestValueDate(number, calendarDate("2026-11-25"))).toBe("2026-11-23");
    expect(earliestValueDate("x", calendarDate("2026-11-25"))).toBe("2026-11-25");
  });
});

it("asks why a confirmation is taken back", () => {
  expect(reversalForm.safeParse({ reason: " " }).success).toBe(false);
  expect(reversalForm.safeParse({ reason: "字".repeat(101) }).success).toBe(false);
  expect(reversalForm.parse({ reason: " 金额收错 " })).toEqual({ reason: "金额收错" });
});
