import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "./money.ts";
import { rmbInCapitals } from "./rmb-capitals.ts";

fc.configureGlobal({ seed: 20_261_123 });

/** Reads capitals by place value alone, in another way than they were written. */
function readCapitals(words: string): bigint {
  const sign = words.startsWith("负") ? -1n : 1n;
  const [yuan = "", rest = ""] = words.includes("元")
    ? words.replace("负", "").split("元")
    : ["", words.replace("负", "")];
  const jiao = /(.)角/.exec(rest)?.[1] ?? "零";
  const lastFen = /(.)分/.exec(rest)?.[1] ?? "零";
  return sign * (readWhole(yuan) * 100n + digitValue(jiao) * 10n + digitValue(lastFen));
}

function readWhole(words: string): bigint {
  for (const [unit, value] of [
    ["亿", 100_000_000n],
    ["万", 10_000n],
    ["仟", 1000n],
    ["佰", 100n],
    ["拾", 10n],
  ] as const) {
    const at = words.indexOf(unit);
    if (at >= 0) return readWhole(words.slice(0, at)) * value + readWhole(words.slice(at + 1));
  }
  return [...words].reduce((_, digit) => digitValue(digit), 0n);
}

function digitValue(digit: string): bigint {
  const value = "零壹贰叁肆伍陆柒捌玖".indexOf(digit);
  if (value < 0) throw new Error(`not a digit in capitals: ${digit}`);
  return BigInt(value);
}

describe("amounts in capitals", () => {
  it.each([
    ["0.00", "零元整"],
    ["0.01", "壹分"],
    ["0.10", "壹角整"],
    ["0.11", "壹角壹分"],
    ["1.05", "壹元零伍分"],
    ["10.50", "壹拾元伍角整"],
    ["16.00", "壹拾陆元整"],
    ["1000.00", "壹仟元整"],
    ["1001.00", "壹仟零壹元整"],
    ["1010.10", "壹仟零壹拾元壹角整"],
    ["10000.05", "壹万元零伍分"],
    ["1325.00", "壹仟叁佰贰拾伍元整"],
    ["1607.32", "壹仟陆佰零柒元叁角贰分"],
    ["10742.40", "壹万零柒佰肆拾贰元肆角整"],
    ["16409.02", "壹万陆仟肆佰零玖元零贰分"],
    ["107000.53", "壹拾万柒仟元伍角叁分"],
    ["100010.00", "壹拾万零壹拾元整"],
    ["2005000.00", "贰佰万伍仟元整"],
    ["10000000.00", "壹仟万元整"],
    ["100007000.00", "壹亿零柒仟元整"],
    ["101010101.01", "壹亿零壹佰零壹万零壹佰零壹元零壹分"],
    ["105000000.00", "壹亿零伍佰万元整"],
    ["300000000.00", "叁亿元整"],
    ["1000000000000.00", "壹万亿元整"],
    ["9000000000000.00", "玖万亿元整"],
  ])("%s yuan is %s", (yuan, words) => {
    const amount = fen(BigInt(yuan.replace(".", "")));
    expect(rmbInCapitals(amount, { withoutPrefix: true })).toBe(words);
    expect(rmbInCapitals(amount)).toBe(`人民币${words}`);
  });

  it("say 负 on reversal slips", () => {
    expect(rmbInCapitals(fen(-1_074_240))).toBe("人民币负壹万零柒佰肆拾贰元肆角整");
    expect(rmbInCapitals(fen(-1), { withoutPrefix: true })).toBe("负壹分");
  });

  it("read back to the same amount, up to the largest that is kept", () => {
    const sizes = fc.integer({ min: 0, max: 14 }).chain((power) => {
      const highest = 9n * 10n ** BigInt(power);
      return fc.bigInt(-highest, highest);
    });
    fc.assert(
      fc.property(sizes, (amount) => {
        expect(readCapitals(rmbInCapitals(fen(amount), { withoutPrefix: true }))).toBe(amount);
      }),
      { numRuns: 2000 },
    );
  });

  it("read back where most places are zero", () => {
    const sparse = fc
      .array(fc.constantFrom("0", "0", "0", "0", "5"), { minLength: 1, maxLength: 14 })
      .map((digits) => BigInt(digits.join("")));
    fc.assert(
      fc.property(sparse, (amount) => {
        const words = rmbInCapitals(fen(amount), { withoutPrefix: true });
        expect(readCapitals(words)).toBe(amount);
        expect(words).not.toMatch(/零零|零万|零亿|零整|零角|(?<=.)零元|^零分/);
      }),
      { numRuns: 2000 },
    );
  });
});
