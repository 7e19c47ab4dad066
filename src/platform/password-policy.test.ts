import { describe, expect, test } from "vitest";
import {
  isPasswordOld,
  judgePassword,
  type PasswordPolicy,
  passwordHint,
} from "./password-policy.ts";

const ASVS: PasswordPolicy = { kind: "asvs", lengthMin: 10 };
const DENGBAO: PasswordPolicy = { kind: "dengbao", lengthMin: 8 };

describe("both policies", () => {
  test.each([
    "correct horse battery",
    "门前老树 长新芽 院里枯木",
    "wo jia lou xia de mao",
    "   spaces count   ",
    "x".repeat(3) + "y7-Lotus".repeat(20),
  ])("%j may be set by length alone", (password) => {
    expect(judgePassword(ASVS, { password })).toBeNull();
  });

  test("what is missing is said with both lengths", () => {
    expect(judgePassword(ASVS, { password: "" })).toBe("请填写密码");
    expect(judgePassword(ASVS, { password: "kort-7" })).toBe(
      "密码至少 10 位，现在是 6 位，请再加长一些",
    );
    // Four characters to a person, eight units to a machine.
    expect(judgePassword(DENGBAO, { password: "𠮷𠮷𠮷𠮷" })).toContain("现在是 4 位");
    expect(judgePassword(ASVS, { password: "长".repeat(201) })).toContain("最多 200 位");
    expect(judgePassword(ASVS, { password: "ab\u0000defghijk" })).toContain("不能识别");
  });

  test.each([
    "1234567890",
    "9876543210",
    "qwertyuiop",
    "password123",
    "Password-123",
    "P A S S W O R D 1 2 3",
    "１２３４５６７８９０",
    "woaini1314",
    "5201314woaini",
    "admin123456",
    "Weixiuzijin2026!",
    "aaaaaaaaaaaa",
    "1212121212",
    "abc1abc1abc1",
    "klmnopqrstu",
  ])("%j is tried first and may not be set", (password) => {
    expect(judgePassword(ASVS, { password })).toContain("太常见");
  });

  test("neither the user name nor the phone may be in it, however they are written", () => {
    const who = { username: "WangShifan", phone: "13800000502" };
    expect(judgePassword(ASVS, { ...who, password: "my-wangshifan-7" })).toContain("用户名");
    expect(judgePassword(ASVS, { ...who, password: "tel 138-0000-0502" })).toContain("手机号码");
    expect(judgePassword(ASVS, { ...who, password: "wang likes tea" })).toBeNull();
    expect(judgePassword(ASVS, { username: "li", password: "likes green tea" })).toBeNull();
  });
});

describe("等保 asks for more", () => {
  test("three kinds of characters", () => {
    expect(judgePassword(DENGBAO, { password: "correct horse battery" })).toContain("至少三种");
    expect(judgePassword(DENGBAO, { password: "Correct horse" })).toBeNull();
    expect(judgePassword(DENGBAO, { password: "Lotus7blau" })).toBeNull();
    expect(passwordHint(DENGBAO)).toContain("至少三种");
    expect(passwordHint(ASVS)).not.toContain("种");
  });

  test("a new password after ninety days", () => {
    const changed = new Date("2026-08-01T00:00:00Z");
    const daysLater = (days: number) => new Date(changed.getTime() + days * 86_400_000);
    expect(isPasswordOld(DENGBAO, changed, daysLater(89))).toBe(false);
    expect(isPasswordOld(DENGBAO, changed, daysLater(90))).toBe(true);
    expect(isPasswordOld(ASVS, changed, daysLater(9_999))).toBe(false);
  });
});
