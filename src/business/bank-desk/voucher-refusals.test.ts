import { expect, test } from "vitest";
import { deadVoucherWords, voucherLockRefusal } from "./voucher-refusals.ts";

test("a customer with an expired voucher waits for a text message only where one can be sent", () => {
  expect(deadVoucherWords("expired", true).text).toContain("请客户留意短信");
  expect(voucherLockRefusal({ kind: "expired" }, true).text).toContain("请客户留意短信");
  for (const { text } of [
    deadVoucherWords("expired", false),
    voucherLockRefusal({ kind: "expired" }, false),
  ]) {
    expect(text).toContain("请不要付款");
    expect(text).toContain("请客户在业务受理状态查询里看");
    expect(text).not.toContain("短信");
  }
});
