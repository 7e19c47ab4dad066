import { describe, expect, test } from "vitest";
import { type LinkFacts, linkRefusal, OPEN_LINKS_MAX } from "./rules.ts";
import { correctedLinkForm, linkForm } from "./schema.ts";

const MINE = Buffer.alloc(32, 1);
const FREE: LinkFacts = {
  status: "recorded",
  isLinked: false,
  hasOpenApplication: false,
  openCount: 0,
  accountDocument: null,
  askedDocument: MINE,
};

describe("a house may be asked for by papers", () => {
  test.each([
    ["by whoever has no house yet", {}, null],
    ["by the person whose account it is", { accountDocument: MINE }, null],
    ["before he has typed his number", { accountDocument: MINE, askedDocument: null }, null],
    ["not for somebody else", { accountDocument: Buffer.alloc(32, 2) }, "other-person"],
    ["not while it is verified", { status: "provisional" }, "not-recorded"],
    ["not when it is closed", { status: "closed" }, "not-recorded"],
    ["not twice", { hasOpenApplication: true, openCount: 1 }, "open-application"],
    ["not when it is linked", { isLinked: true }, "already-linked"],
    ["not with many others waiting", { openCount: OPEN_LINKS_MAX }, "too-many-open"],
    ["with one fewer", { openCount: OPEN_LINKS_MAX - 1 }, null],
  ] as const)("%s", (_who, facts, answer) => {
    expect(linkRefusal({ ...FREE, ...facts })).toBe(answer);
  });
});

describe("the form", () => {
  const sentences = (sent: object) =>
    linkForm.safeParse(sent).error?.issues.map(({ message }) => message) ?? [];

  test("reads what people type, and an old number as a new one", () => {
    expect(
      linkForm.parse({
        realName: " 王试业 ",
        documentNo: "110101 19850615 5020",
        note: "改过名\n",
      }),
    ).toEqual({ realName: "王试业", documentNo: "110101198506155020", note: "改过名" });
  });

  test.each([
    [{ realName: "", documentNo: "", note: "" }, ["请填写业主姓名", "请填写身份证号"]],
    [{ realName: "<b>", documentNo: "110101198506155020" }, ["业主姓名里不能有 < >"]],
    [{ realName: "王试业", documentNo: "110101198506155021" }, ["证件号码有一位不对"]],
    [
      { realName: "王试业", documentNo: "110101198506155020", note: "长".repeat(201) },
      ["说明太长"],
    ],
    [{ realName: "王试业", documentNo: "110101198506155020", note: "a\u0000" }, ["不能识别的字符"]],
  ])("says what is wrong: %j", (sent, words) => {
    const said = sentences(sent);
    expect(said).toHaveLength(words.length);
    words.forEach((word, n) => {
      expect(said[n]).toContain(word);
    });
  });

  test("put right keeps the number unless another is typed", () => {
    const sent = { realName: "王试业", note: "" };
    expect(correctedLinkForm.parse({ ...sent, documentNo: " " }).documentNo).toBeNull();
    const typed = { ...sent, documentNo: "110101198506155020" };
    expect(correctedLinkForm.parse(typed).documentNo).toBe("110101198506155020");
    const wrong = correctedLinkForm.safeParse({ ...sent, documentNo: "110101198506155021" });
    expect(wrong.error?.issues[0]?.message).toContain("证件号码有一位不对");
  });
});
