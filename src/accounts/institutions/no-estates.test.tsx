import { expect, test } from "vitest";
import { renderPage } from "#src/ui/render.ts";
import { NoEstates } from "./no-estates.tsx";

const draw = (isAdmin: boolean) =>
  renderPage(<NoEstates person={{ isAdmin }} then="批准以后，小区会出现在这里。" />);

test("an administrator goes on to ask for an estate", () => {
  expect(draw(true)).toContain('<a href="/workbench/profile/change">申请绑定物业区域</a>');
});

test("whoever may not ask is sent to one who may, not to a page that refuses him", () => {
  expect(draw(false)).toContain("请本单位的管理员");
  expect(draw(false)).not.toContain("<a ");
});

test("both read what it opens", () => {
  for (const isAdmin of [true, false]) {
    expect(draw(isAdmin)).toContain("批准以后，小区会出现在这里。");
  }
});
