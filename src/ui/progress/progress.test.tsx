import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { makeApplicationNumber } from "#src/kernel/application-number.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { Confirmation } from "../box/confirmation.tsx";
import { NextStep } from "../box/next-step.tsx";
import { HomeDrawing } from "../drawing/home-drawing.tsx";
import { Tag } from "../drawing/tag.tsx";
import { ApplicationNumber } from "./application-number.tsx";
import { LockCountdown } from "./lock-countdown.tsx";
import { Steps } from "./steps.tsx";
import { Timeline } from "./timeline.tsx";

test("the timeline marks the step of now and tells those to come from those done", () => {
  const html = render(
    <Timeline
      steps={[
        { state: "done", what: "提交", when: "2026-11-23 10:42" },
        { state: "now", what: "到银行交款", when: "还有 15 天" },
        { state: "later", what: "银行确认到账" },
      ]}
    />,
  );
  expect(html.match(/aria-current="step"/g)).toHaveLength(1);
  expect(html).toContain("到银行交款（现在）");
  expect(html).toContain('银行确认到账<span class="heard">（还没到）</span>');
});

test("the steps of a form name the current one and tick those done", () => {
  const html = render(<Steps steps={["找到房屋", "填写", "提交"]} current={2} />);
  expect(html.match(/aria-current="step"/g)).toHaveLength(1);
  expect(html).toMatch(/<li class="done"><svg.*找到房屋/s);
  expect(html).toContain('aria-label="办理步骤"');
});

test("an application's number stands in groups of four", () => {
  const number = makeApplicationNumber("11", calendarDate("2026-11-23"), "048271953");
  expect(render(<ApplicationNumber number={number} />)).toMatch(
    />\d{4} \d{4} \d{4} \d{4} \d{2}<\/span>$/,
  );
});

test("the countdown says without script until when, and counts by the server's clock with it", () => {
  const html = render(
    <LockCountdown until={new Date("2026-11-23T02:52:00Z")} now={new Date("2026-11-23T02:42:00Z")}>
      到 10:52 为止
    </LockCountdown>,
  );
  expect(html).toContain('data-until="2026-11-23T02:52:00.000Z"');
  expect(html).toContain('data-now="2026-11-23T02:42:00.000Z"');
  expect(html).toContain(">到 10:52 为止<");
});

test("the next step says whose turn it is", () => {
  expect(render(<NextStep turn="yours" title="到银行交款" />)).toContain("下一步，请您来做");
  expect(render(<NextStep turn="ours" title="审核" />)).toContain("我们正在办，您不用做什么");
});

test("a confirmation is the h1 of its page", () => {
  expect(render(<Confirmation title="提交成功">.</Confirmation>)).toContain("<h1>提交成功</h1>");
});

test("a tag without need to pay has a dashed edge beside its word", () => {
  expect(render(<Tag mark="dash">无需交</Tag>)).toContain('class="tag dashed"');
});

test("the drawing of the home is small, hidden and drawn in token colours", () => {
  const html = render(<HomeDrawing />);
  expect(html.length).toBeLessThan(5_500);
  expect(html).toContain('aria-hidden="true"');
  expect(html).not.toMatch(/#[0-9a-f]{6}/);
});
