import { describe, expect, test } from "vitest";
import type { ApplicationDescriptor, ApplicationStory } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import { makeApplicationNumber } from "#src/kernel/application-number.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { readPage } from "#tests/support/read-page.ts";
import { ApplicationPage, type ApplicationPageProps } from "./application-page.tsx";
import { listOpinions } from "./opinions.ts";
import { actsNow } from "./visited-application.ts";

const NUMBER = makeApplicationNumber("12", calendarDate("2026-11-23"), "048271953");
const SHELL = { cssHref: "/a.css", jsHref: "/a.js", path: "/", mode: "standard", theme: "auto" };

const SENT_BACK: ApplicationStory = {
  state: { label: "待补正", tone: "wait" },
  facts: [["业务", "业主退款"]],
  next: { who: "applicant", title: "补正后再提交", text: "请照下面的意见补正" },
  timeline: [{ label: "提交退款申请", detail: "2026-11-23 10:42", state: "done" }],
  printable: ["refund-application"],
  corrections: ["银行账号少一位"],
  links: [{ href: "/guides", words: "看办事指南" }],
};

function show(changes: Partial<ApplicationPageProps> = {}): string {
  const slip = { name: "refund-application", title: "打印退款申请单" };
  const props = {
    shell: SHELL as unknown as PageShell,
    title: "业主退款",
    number: NUMBER,
    story: SENT_BACK,
    isJustSubmitted: false,
    isApplicant: true,
    slips: [slip] as unknown as ApplicationPageProps["slips"],
    acts: { correctHref: `/refund/corrections/${NUMBER}`, canCancel: true },
    opinions: [{ at: new Date("2026-11-24T02:00:00Z"), text: "请补交购房合同" }],
    isHouseTold: true,
    missingDocuments: ["购房合同"],
    verifyHref: null,
    qrSvg: "<svg></svg>",
    detailHref: null,
    ...changes,
  };
  return renderPage(<ApplicationPage {...props} />);
}

describe("the page of an application that was sent back", () => {
  test("tells its applicant what to put right, what is missing, and lets him", () => {
    const html = show();
    const { text } = readPage(html);
    for (const told of ["银行账号少一位", "还缺的要件", "购房合同", "请补交"]) {
      expect(text).toContain(told);
    }
    expect(html).toContain(`href="/refund/corrections/${NUMBER}"`);
    expect(html).toContain(`href="/applications/${NUMBER}/slips/refund-application"`);
    expect(html).toContain(`href="/applications/${NUMBER}/cancel"`);
    expect(html).toContain('href="/guides"');
    expect(html.match(/class="button primary/g)).toHaveLength(1);
    expect(text).not.toContain("换了手机或电脑");
  });

  test("shows anybody else the same news, no act, and the way to prove", () => {
    const html = show({ isApplicant: false });
    expect(readPage(html).text).toContain("银行账号少一位");
    expect(readPage(html).text).toContain("补正、打印、撤销只有提交的人能办");
    expect(html).toContain(`href="/applications/${NUMBER}/proof"`);
    expect(html).not.toContain("/refund/corrections/");
    expect(html).not.toContain("/slips/");
    expect(html).not.toContain("/cancel");
  });

  test("asks nobody to prove anything where there is nothing to do", () => {
    const acts = { correctHref: null, canCancel: false };
    const story = { ...SENT_BACK, printable: [] };
    expect(show({ isApplicant: false, acts, story })).not.toContain("/proof");
  });
});

function applicationIn(state: string, remarks: readonly [role: string, remark: string][] = []) {
  const events = remarks.map(([actorRole, remark], at) => ({
    ...{ seq: at + 1, fromState: "", toState: state, actor: "", details: {} },
    ...{ at: new Date(Date.UTC(2026, 10, 23, at)), actorRole, remark },
  }));
  return { number: NUMBER, state, events } as unknown as Application;
}

describe("what the applicant can do", () => {
  const descriptor = {
    applicantActs: {
      correct: { states: ["need-fix"], path: ({ number }: Application) => `/refund/${number}/fix` },
      cancel: { states: ["submitted", "need-fix"], toState: "cancelled" },
    },
  } as unknown as ApplicationDescriptor;

  test.each([
    ["submitted", { correctHref: null, canCancel: true }],
    ["need-fix", { correctHref: `/refund/${NUMBER}/fix`, canCancel: true }],
    ["approved", { correctHref: null, canCancel: false }],
  ])("while it is %s", (state, acts) => {
    expect(actsNow({ application: applicationIn(state), descriptor })).toEqual(acts);
  });

  test("is nothing in a business that names no acts", () => {
    const none = {} as ApplicationDescriptor;
    expect(actsNow({ application: applicationIn("need-fix"), descriptor: none })).toEqual({
      correctHref: null,
      canCancel: false,
    });
  });
});

test("opinions are the fund centre's, the newest first, and told once", () => {
  const application = applicationIn("need-fix", [
    ["applicant", "重新提交"],
    ["intake", "请补交购房合同"],
    ["reviewer", "银行账号少一位"],
    ["approver", "面积以测绘报告为准"],
    ["bank", "柜面备注"],
  ]);
  const texts = listOpinions(application, SENT_BACK).map(({ text }) => text);
  expect(texts).toEqual(["面积以测绘报告为准", "请补交购房合同"]);
});
