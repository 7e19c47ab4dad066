import { describe, expect, test } from "vitest";
import { parseForm } from "#src/platform/http/parse-form.ts";
import {
  codeForm,
  factForm,
  identityForm,
  newPhoneForm,
  passwordForm,
  readYear,
} from "./schema.ts";

const documentOf = (documentNo: string) => parseForm(identityForm, { documentNo });

describe("the owner's document", () => {
  test.each([
    ["110101198506155020", "110101198506155020"],
    [" １１０１０１ 19850615 5020 ", "110101198506155020"],
    ["11010519491231002x", "11010519491231002X"],
    ["E12345678", "E12345678"],
    ["H1234567890", "H1234567890"],
  ])("%s is read as it is on record", (typed, documentNo) => {
    expect(documentOf(typed)).toEqual({ ok: true, data: { documentNo } });
  });

  test.each([
    ["", "请填写身份证号"],
    ["110101198506155021", "证件号码有一位不对，请对照身份证再看一遍"],
    ["11010119850615502", "证件号码少 1 位，应是 18 位"],
    ["1101011985061550200", "证件号码多 1 位，应是 18 位"],
    ["110101198502305020", "证件号码里的出生日期不存在，请对照身份证再看一遍"],
    ["张三", "证件号码的位数或字符不对，请对照证件再看一遍"],
    ["1101\u0000", "证件号码里有不能识别的字符，请删掉后重新输入"],
  ])("%s is refused with what to do", (typed, sentence) => {
    expect(documentOf(typed)).toEqual({ ok: false, errors: { documentNo: sentence } });
  });
});

test("a house is proven by one of the facts on offer, cleaned", () => {
  const sent = { documentNo: "110101198506155020", factKind: "contract", fact: " ＳＬ-1 " };
  expect(parseForm(factForm, sent)).toMatchObject({ ok: true, data: { fact: "SL-1" } });
  expect(parseForm(factForm, { ...sent, factKind: "area", fact: "" })).toEqual({
    ok: false,
    errors: { factKind: "请选择用哪一种编号", fact: "请填写合同或回单上的编号" },
  });
  const long = parseForm(factForm, { ...sent, fact: "编".repeat(61) });
  expect(long).toMatchObject({ ok: false });
});

test("a new phone is a mobile in its canonical form", () => {
  expect(parseForm(newPhoneForm, { phone: "+86 138-0000-5678" })).toEqual({
    ok: true,
    data: { phone: "13800005678" },
  });
  expect(parseForm(newPhoneForm, { phone: "010-66668888" })).toEqual({
    ok: false,
    errors: { phone: "请填写手机号码，固定电话收不到动态密码" },
  });
});

test("a code is six digits, in whatever width", () => {
  expect(parseForm(codeForm, { code: "１２３ 456" })).toEqual({
    ok: true,
    data: { code: "123456" },
  });
  expect(parseForm(codeForm, { code: "12345" })).toMatchObject({ ok: false });
});

test.each(["wang", "Wang-2026", "w_1234"])("%s may be a user name", (username) => {
  expect(parseForm(passwordForm, { username })).toMatchObject({ ok: true });
});

test.each(["", "abc", "1wang", "王示范用户名", "a".repeat(21), "wang x"])(
  "%j may not",
  (username) => {
    expect(parseForm(passwordForm, { username })).toMatchObject({ ok: false });
  },
);

test("a year of the address is four digits of a year that can have entries", () => {
  expect(["2025", "1999", "0025", "20255", "abcd", undefined].map(readYear)).toEqual([
    2025,
    1999,
    null,
    null,
    null,
    null,
  ]);
});
