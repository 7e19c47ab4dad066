import { expect, test } from "vitest";
import { seededRandom } from "#src/kernel/random.ts";
import { makeSum } from "./make-sum.ts";
import { SAMPLE_RATE, speakCaptcha } from "./speak-captcha.ts";

function samplesOf(wav: Buffer): Int16Array {
  return Int16Array.from({ length: (wav.length - 44) / 2 }, (_, n) => wav.readInt16LE(44 + 2 * n));
}

test("a sum is spoken as a WAV file of three to six seconds", () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const { words } = makeSum(seededRandom(seed).int);
    const wav = speakCaptcha(words, seed);
    expect(wav.subarray(0, 4).toString()).toBe("RIFF");
    expect(wav.subarray(8, 16).toString()).toBe("WAVEfmt ");
    expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
    const samples = samplesOf(wav);
    const seconds = samples.length / SAMPLE_RATE;
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(6);
  }
});

test("the same seed makes the same bytes, another seed others", () => {
  expect(speakCaptcha("26 + 5 = ?", 1).equals(speakCaptcha("26 + 5 = ?", 1))).toBe(true);
  expect(speakCaptcha("26 + 5 = ?", 1).equals(speakCaptcha("26 + 5 = ?", 2))).toBe(false);
});

test("a round number is read without its nought, so it is shorter", () => {
  expect(speakCaptcha("20 + 5 = ?", 3).length).toBeLessThan(speakCaptcha("28 + 5 = ?", 3).length);
});

test("the words stand out from what lies below them", () => {
  const samples = samplesOf(speakCaptcha("26 + 5 = ?", 7));
  const parts = Array.from({ length: Math.floor(samples.length / 1102) }, (_, n) => {
    const part = samples.subarray(n * 1102, (n + 1) * 1102);
    return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
  }).toSorted((a, b) => a - b);
  const quiet = parts[Math.floor(parts.length * 0.2)] ?? 0;
  const loud = parts[Math.floor(parts.length * 0.8)] ?? 0;
  expect(quiet).toBeGreaterThan(100);
  expect(loud / quiet).toBeGreaterThan(3);
});

test.each(["", "7 + 5", "17 + 5 = ?", "26 + 1 = ?", "26 + 5"])("%j was never recorded", (sum) => {
  expect(() => speakCaptcha(sum, 1)).toThrow(RangeError);
});
