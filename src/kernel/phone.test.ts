import { describe, expect, it } from "vitest";
import { checkPhone } from "./phone.ts";

describe("reading a telephone number", () => {
  it.each([
    "13800005678",
    "１３８００００５６７８",
    "138 0000 5678",
    "138-0000-5678",
    "+86 138 0000 5678",
    "+86-13800005678",
    "0086 13800005678",
    "8613800005678",
    "\u200B13800005678\u3000",
  ])("%s is the mobile 13800005678", (text) => {
    expect(checkPhone(text)).toEqual({ ok: true, phone: "13800005678", kind: "mobile" });
  });

  it.each([
    ["0431-88886666", "0431-88886666"],
    ["043188886666", "0431-88886666"],
    ["(0431) 8888 6666", "0431-88886666"],
    ["（０４３１）８８８８６６６６", "0431-88886666"],
    ["0431—88886666—123", "0431-88886666-123"],
    ["0431-88886666转123", "0431-88886666-123"],
    ["0437-3226666", "0437-3226666"],
    ["010-62228888", "010-62228888"],
    ["01062228888", "010-62228888"],
    ["021 5222 8888", "021-52228888"],
    ["400-800-1234", "4008001234"],
  ])("%s is the fixed line %s", (text, phone) => {
    expect(checkPhone(text)).toEqual({ ok: true, phone, kind: "fixed" });
  });

  it.each([
    ["", { reason: "empty" }],
    [" \u3000", { reason: "empty" }],
    ["1380000567", { reason: "length", digits: 10 }],
    ["138000056789", { reason: "length", digits: 12 }],
    ["88886666", { reason: "length", digits: 8 }],
    ["1".repeat(10_000), { reason: "length", digits: 10_000 }],
    ["12800005678", { reason: "format", digits: 11 }],
    ["23800005678", { reason: "format", digits: 11 }],
    ["138O0005678", { reason: "format" }],
    ["手机号", { reason: "format" }],
    ["<script>", { reason: "format" }],
    ["1380000567\0", { reason: "format" }],
    ["+1 650 555 0100", { reason: "format" }],
    ["010-1222888", { reason: "length", digits: 10 }],
  ])("%j is refused", (text, refusal) => {
    expect(checkPhone(text)).toEqual({ ok: false, ...refusal });
  });
});
