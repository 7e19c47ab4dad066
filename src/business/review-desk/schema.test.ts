import { expect, test } from "vitest";
import type { Decision, ReviewStage } from "#src/applications/review-descriptor.ts";
import { readDecision } from "./schema.ts";

const merge: Decision = {
  name: "merge",
  label: "并入",
  toState: "merged",
  tone: "plain",
  needsOpinion: true,
  needsChecklist: false,
  reasons: [],
  fields: [
    { name: "houseCode", label: "并入的房屋编号", hint: "", isRequired: true },
    { name: "basis", label: "依据条款", hint: "" },
  ],
};
const stage: ReviewStage = {
  state: "checked",
  role: "reviewer",
  title: "核验",
  checklist: [],
  decisions: [merge],
  workingDays: 1,
};
const sent = { decision: "merge", state: "checked", seen: "", template: "", opinion: "" };

test("an empty decision is told of everything that it lacks at once", () => {
  const reading = readDecision(stage, merge, { ...sent, ticked: new Set(), fields: {} });
  expect(reading).toEqual({
    ok: false,
    errors: { opinion: "“并入”要写明意见，申请人会看到", houseCode: "请填写并入的房屋编号" },
  });
});
