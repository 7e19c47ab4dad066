import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeSum } from "./make-sum.ts";
import { speakSum } from "./speak-captcha.ts";

const VOICE = new URL("./voice/", import.meta.url);
const FULL_SCALE = 32_767;
const HEAD_BYTES = 44;

/** Every sum that is ever asked, found by asking the maker itself for each of its choices. */
function everySum(): string[] {
  const sums = new Set<string>();
  const sizes: number[] = [];
  makeSum((size) => sizes.push(size) * 0);
  const [tens = 0, ones = 0, second = 0] = sizes;
  for (let n = 0; n < tens * ones * second; n += 1) {
    const picks = [n % tens, Math.floor(n / tens) % ones, Math.floor(n / (tens * ones))];
    sums.add(makeSum(() => picks.shift() ?? 0).words);
  }
  return [...sums];
}

/** How a person reads it, worked out apart from the code that speaks: 26 + 5 = ? is 2 ten 6 plus 5 equals. */
function reading(sum: string): string[] {
  const words: string[] = [];
  for (const part of sum.split(" ")) {
    if (part === "+") words.push("plus");
    else if (part === "=") words.push("equals");
    else if (part.length === 2) {
      words.push(part.charAt(0), "ten");
      if (part.charAt(1) !== "0") words.push(part.charAt(1));
    } else if (part !== "?") words.push(part);
  }
  return words;
}

function samplesOf(bytes: Buffer): Int16Array {
  return new Int16Array(new Uint8Array(bytes).buffer);
}

const recordings = new Map(
  readdirSync(VOICE).map((file) => [file, samplesOf(readFileSync(new URL(file, VOICE)))]),
);

/** How alike a stretch of sound and a recording are, from -1 to 1, the recording played in the stretch's time. */
function likeness(heard: Int16Array, recording: Int16Array): number {
  const speed = (recording.length - 1) / heard.length;
  let [both, one, other] = [0, 0, 0];
  for (let n = 0; n < heard.length; n += 1) {
    const a = heard[n] ?? 0;
    const at = Math.floor(n * speed);
    const left = recording[at] ?? 0;
    const b = left + ((recording[at + 1] ?? left) - left) * (n * speed - at);
    both += a * b;
    one += a * a;
    other += b * b;
  }
  return both / Math.sqrt(one * other);
}

const sums = everySum();
const spoken = sums.map((sum, n) => {
  const { wav, words } = speakSum(sum, 1_000 + n);
  return { sum, wav, words, samples: samplesOf(wav.subarray(HEAD_BYTES)) };
});

describe("the sound of every sum that is ever asked", () => {
  test("covers 392 sums", () => {
    expect(sums).toHaveLength(7 * 8 * 7);
  });

  test("plays the recordings of its words, all of them and in their order", () => {
    for (const { sum, words } of spoken) {
      expect(
        words.map(({ file }) => file.replace(/-[123]\.pcm$/, "")),
        sum,
      ).toEqual(reading(sum));
      words.reduce((end, { from, to }) => {
        expect(from, sum).toBeGreaterThanOrEqual(end);
        expect(to, sum).toBeGreaterThan(from);
        return to;
      }, 0);
    }
  });

  test("holds at each place the recording that is said to be there", () => {
    for (const { sum, samples, words } of spoken) {
      for (const { file, from, to } of words) {
        const recording = recordings.get(file) ?? expect.fail(`${file} is no recording`);
        expect(
          likeness(samples.subarray(from, to), recording),
          `${file} of ${sum}`,
        ).toBeGreaterThan(0.9);
      }
    }
  });

  test("is nowhere as loud as the file can hold, and is sampled at 22,050 Hz with 16 bits", () => {
    for (const { sum, wav, samples } of spoken) {
      const peak = samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
      expect(peak, sum).toBeLessThan(0.98 * FULL_SCALE);
      expect(peak, sum).toBeGreaterThan(0.2 * FULL_SCALE);
      expect([wav.readUInt32LE(24), wav.readUInt16LE(22), wav.readUInt16LE(34)]).toEqual([
        22_050, 1, 16,
      ]);
    }
  });
});

describe("the recordings", () => {
  const wordOf = (file: string) => file.replace(/-[123]\.pcm$/, "");

  test("are three of each of ten words, and none is cut off by its own loudness", () => {
    expect(recordings.size).toBe(30);
    for (const [file, samples] of recordings) {
      const cut = samples.filter((sample) => Math.abs(sample) >= FULL_SCALE).length;
      expect(cut, file).toBe(0);
    }
  });

  test("of two words are never alike, so that one in the place of another is found out", () => {
    for (const [file, samples] of recordings) {
      for (const [other, recording] of recordings) {
        if (wordOf(file) === wordOf(other)) continue;
        expect(likeness(samples, recording), `${file} and ${other}`).toBeLessThan(0.7);
      }
    }
  });
});
