import { describe, expect, it } from "vitest";
import { parseForm } from "#src/platform/http/parse-form.ts";
import { depositForm, depositFormSeal } from "./schema.ts";

const right = { depositKind: "00", payer: "张示例", phone: "13800005678" };

function errorsOf(sent: Record<string, string>) {
  const form = parseForm(depositForm, { ...right, ...sent });
  return form.ok ? null : form.errors;
}

describe("the payer's name", () => {
  it.each([
    "张示例",
    "买买提·吐尔逊",
    "𠮷示例",
    "䶮",
    "示例市第1物业服务有限公司",
    "示例（集团）有限公司",
    " 张示例 ",
    "Zhang San",
    "O'Sample",
    "示例＆范例商贸有限公司",
    "A&B（示例）有限公司",
  ])("accepts %s", (payer) => {
    expect(errorsOf({ payer })).toBeNull();
  });

  it.each([
    ["", "请填写交款人姓名"],
    ["   ", "请填写交款人姓名"],
    ["\u200b\u202e", "请填写交款人姓名"],
    ["字".repeat(51), "最多 50 个字"],
    ["字".repeat(10_000), "最多 50 个字"],
    ["<script>alert(1)</script>", "照身份证或营业执照填写"],
    ["'; drop table journal; --", "照身份证或营业执照填写"],
    ["１２３４", "照身份证或营业执照填写"],
    ["-1", "照身份证或营业执照填写"],
    ["1e21", "照身份证或营业执照填写"],
    ["张示例@公司", "不能有 @，"],
    ["“张”示例：＜b＞", "不能有 ： ＜ ＞，"],
    ["张示例😀", "不能有表情符号"],
    ["张\0示例", "不能识别的字符"],
    ["张\ud800示例", "不能识别的字符"],
  ])("answers %j with a sentence", (payer, sentence) => {
    const errors = errorsOf({ payer });
    expect(errors?.["payer"]).toContain(sentence);
  });
});

describe("the phone number", () => {
  it.each(["13800005678", "+86 138 0000 5678", "１３８００００５６７８", "0431-88886666"])(
    "accepts %s",
    (phone) => {
      expect(errorsOf({ phone })).toBeNull();
    },
  );

  it("tells how many digits there are", () => {
    expect(errorsOf({ phone: "1380000567" })?.["phone"]).toBe(
      "手机号码应是 11 位数字，现在是 10 位",
    );
  });

  it.each(["", "abc", "23800005678", "13800005678,13800005679", "1e21", "138000056789"])(
    "refuses %j",
    (phone) => {
      expect(errorsOf({ phone })?.["phone"]).toMatch(/手机号码/);
    },
  );
});

it("asks for a kind of deposit that the form offers", () => {
  expect(errorsOf({ depositKind: "" })).toEqual({ depositKind: "请选择交款类别" });
  expect(errorsOf({ depositKind: "06" })).toEqual({ depositKind: "请选择交款类别" });
});

it("names every wrong field at once, in the order of the form", () => {
  const errors = errorsOf({ depositKind: "", payer: "", phone: "" });
  expect(Object.keys(errors ?? {})).toEqual(["depositKind", "payer", "phone"]);
});

describe("the hidden part of the form", () => {
  const submissionKey = "6f1c1d5e-6f0e-4f0e-9d53-2f3a2d1c0b9a";

  it("holds a key of its own and the amount that was seen", () => {
    expect(depositFormSeal.parse({ submissionKey, amountSeen: "11851.20" })).toEqual({
      submissionKey,
      amountSeen: 1_185_120n,
    });
  });

  it.each(["", "abc", "1e21", "-1", "1.005", "99999999999999999999"])(
    "refuses the amount %j",
    (amountSeen) => {
      expect(depositFormSeal.safeParse({ submissionKey, amountSeen }).success).toBe(false);
    },
  );

  it("refuses a key that no form of ours carries", () => {
    const sent = { submissionKey: "' or 1=1", amountSeen: "1" };
    expect(depositFormSeal.safeParse(sent).success).toBe(false);
  });
});
