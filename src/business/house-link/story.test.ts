import { expect, test } from "vitest";
import type { Application } from "#src/applications/find-application.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { NOW } from "#tests/support/builders.ts";
import { linkConsequences } from "./review.ts";
import { tellHouseLink } from "./story.ts";

const APPLICATION: Application = {
  id: 1n,
  number: "611126112300000017",
  kind: "house-link",
  state: "submitted",
  house: null,
  noticeNo: null,
  browserHash: Buffer.alloc(32),
  createdAt: NOW,
  promisedOn: calendarDate("2026-11-26"),
  events: [],
};
const nextWords = (isSmsAvailable: boolean) =>
  tellHouseLink(APPLICATION, { address: "示例花园12幢3单元501", isSmsAvailable }).next.text;

test("a text message is promised to an applicant where one can be sent", () => {
  expect(nextWords(true)).toBe("我们最晚 11月26日办好，结果发短信告诉您");
});

test("where none can be sent, he is told where to look", () => {
  expect(nextWords(false)).toBe(
    "我们最晚 11月26日办好，本站没有接通短信，结果请登录后在“我的业务”里看",
  );
});

test("a reviewer reads whether the registered phone learns of his decision", () => {
  const { approve, "approve-phone": withPhone } = linkConsequences(true);
  expect(approve).toContain("登记的手机会收到短信");
  expect(withPhone).toContain("原来的手机会收到短信");
  const silent = linkConsequences(false);
  for (const decision of ["approve", "approve-phone"]) {
    expect(silent[decision]).toContain("本站没有接通短信");
    expect(silent[decision]).not.toContain("会收到短信");
  }
});
