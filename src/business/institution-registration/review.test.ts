import { expect, test } from "vitest";
import type { RegisteredInstitution } from "./queries.ts";
import { registrationConsequences } from "./review.ts";

const institution = { username: "keeper-01", bindings: [] } as unknown as RegisteredInstitution;

test("an approver reads whether the contact learns of it by text message", () => {
  const approve = (isSmsAvailable: boolean) =>
    registrationConsequences({ institution, conflicts: [] }, isSmsAvailable)["approve"];
  expect(approve(true)).toBe("不动钱，开通用户 keeper-01，短信通知联系人");
  expect(approve(false)).toBe(
    "不动钱，开通用户 keeper-01。本站没有接通短信，联系人凭业务单编号看结果",
  );
});
