import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { SessionList, type ShownSession } from "./session-list.tsx";

const NOW = new Date("2026-11-23T02:00:00Z");
const here: ShownSession = {
  id: 7,
  browserWords: "Chrome · Windows",
  startedAt: NOW,
  lastSeenAt: NOW,
  isThis: true,
};
const draw = (sessions: readonly ShownSession[]) =>
  render(
    <SessionList
      sessions={sessions}
      endAction="/me/sessions"
      endOthersAction="/me/sessions/others"
    />,
  );

test("the session one stands in cannot be ended in the list, and alone there is nothing to end", () => {
  const html = draw([here]);
  expect(html).toContain("当前设备");
  expect(html).toContain("2026-11-23 10:00");
  expect(html).not.toContain("<form");
});

test("each other one is ended by its number, and all others at once", () => {
  const html = draw([here, { ...here, id: 8, browserWords: "", isThis: false }]);
  expect(html).toContain("未知浏览器");
  expect(html).toMatch(/action="\/me\/sessions"[^>]*>.*name="session" value="8"/s);
  expect(html).not.toContain('value="7"');
  expect(html).toContain('action="/me/sessions/others"');
  expect(html).toContain("退出其他全部设备");
});
