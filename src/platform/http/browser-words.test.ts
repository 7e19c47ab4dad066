import { expect, test } from "vitest";
import { readBrowserWords } from "./browser-words.ts";

const KHTML = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KHTML} Chrome/131.0.0.0 Safari/537.36`,
    "Chrome · Windows",
  ],
  [
    `Mozilla/5.0 (Phone; OpenHarmony 5.0) ${KHTML} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1 Mobile`,
    "Chrome · HarmonyOS",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49 Language/zh_CN",
    "WeChat · iOS",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox · Linux"],
])("a browser is named by what its user knows it by: %s", (userAgent, words) => {
  expect(readBrowserWords(userAgent)).toBe(words);
});

test.each(["", "   ", "x".repeat(100_000), "\u0000", "\u{1F600}".repeat(400)])(
  "what names no browser gives no words",
  (userAgent) => {
    expect(readBrowserWords(userAgent)).toBe("");
  },
);
