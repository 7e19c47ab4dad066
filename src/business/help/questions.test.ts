import { expect, test } from "vitest";
import { questionGroups } from "./questions.ts";

const answersOf = (isSmsAvailable: boolean) =>
  new Map(
    questionGroups(isSmsAvailable).flatMap(({ questions }) =>
      questions.map(({ question, answer }) => [question, answer] as const),
    ),
  );

test("the same questions are answered with and without text messages", () => {
  expect([...answersOf(false).keys()]).toEqual([...answersOf(true).keys()]);
});

test("where no text message leaves the house, nobody is sent to wait for one", () => {
  const answers = answersOf(false);
  expect(answers.get("收不到短信验证码怎么办？")).toContain("本站还没有接通短信");
  for (const question of ["忘记密码怎么办？", "手机号换了怎么办？"]) {
    expect(answers.get(question)).not.toMatch(/动态密码|短信/);
    expect(answers.get(question)).toContain("12345");
  }
  expect(answersOf(true).get("收不到短信验证码怎么办？")).toContain("再点一次“获取动态密码”");
});

test("whoever is refused because the register knows another owner finds how to change that", () => {
  const questions = questionGroups(true).flatMap((group) => group.questions);
  const refused = questions.find(({ question }) => question.includes("和登记的不一致"));
  expect(refused?.links?.map(([, href]) => href)).toEqual(["/guides/title-transfer"]);
});
