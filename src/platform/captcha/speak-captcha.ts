import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type SeededRandom, seededRandom } from "#src/kernel/random.ts";

/** Of the recorded words and of what is made of them. */
export const SAMPLE_RATE = 22_050;

const TAKES = 3;
const FULL_SCALE = 32_767;
/** How loud a word is made, whichever take it is of, as a share of full scale (root mean square). */
const WORD_LOUDNESS = 0.14;
/** Others who talk backwards, and hiss: enough for a machine to stumble, little for an ear. */
const BABBLE_LOUDNESS = 0.028;
const HISS_LOUDNESS = 0.006;

/** The words of `platform/captcha/voice/`, made by scripts/make-captcha-voice.ts (decision 0012). */
const WORD_FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(["2", "3", "4", "5", "6", "8", "9"].map((digit) => [digit, digit])),
  十: "ten",
  "+": "plus",
  "?": "equals",
};

/** One recording of a sum as it is played: which, and where in the sound, in samples. */
export interface SpokenWord {
  /** Its file in `platform/captcha/voice/`, e.g. `ten-2.pcm`. */
  file: string;
  from: number;
  to: number;
}

/** A spoken sum: the WAV file, and what was played in it, in its order. */
export interface SpokenSum {
  wav: Buffer;
  words: readonly SpokenWord[];
}

/**
 * Speaks a sum ("26 + 5 = ?") in Mandarin, as a person reads it: 二十六加五等于多少. A WAV file of some four seconds
 * with voices, speeds and pauses of its own, over talk backwards and hiss, never louder than it can hold. The same seed
 * makes the same bytes, so that asking again tells a machine nothing new. Throws a RangeError for a word that was never
 * recorded.
 */
export function speakCaptcha(sum: string, seed: number): Buffer {
  return speakSum(sum, seed).wav;
}

/** The same, with what was played and where: for whoever checks that the sound says the sum. */
export function speakSum(sum: string, seed: number): SpokenSum {
  const random = seededRandom(seed);
  const said = wordsOf(sum).map((word) => ({
    ...say(word, random),
    rest: pause(random, word === "十" || /\d/.test(word) ? 0.12 : 0.3),
  }));
  const before = pause(random, 0.4);
  const speech = join([before, ...said.flatMap(({ samples, rest }) => [samples, rest])]);
  addBabble(speech, random);
  addHiss(speech, random);
  let at = before.length;
  const words = said.map(({ file, samples, rest }): SpokenWord => {
    const from = at;
    at += samples.length + rest.length;
    return { file, from, to: from + samples.length };
  });
  return { wav: wavOf(withinScale(speech)), words };
}

/** 26 + 5 = ? becomes 2 十 6 + 5 ?. */
function wordsOf(sum: string): string[] {
  const [, tens = "", ones = "", second = ""] = /^(\d)(\d) \+ (\d) = \?$/.exec(sum) ?? [];
  if (tens === "") throw new RangeError(`no words for "${sum}"`);
  return [tens, "十", ...(ones === "0" ? [] : [ones]), "+", second, "?"];
}

function say(word: string, random: SeededRandom): { file: string; samples: Float32Array } {
  const take = 1 + random.int(TAKES);
  const samples = louder(recorded(word, take), WORD_LOUDNESS);
  return { file: fileOf(word, take), samples: resample(samples, between(random, 0.94, 1.06)) };
}

const kept = new Map<string, Float32Array>();

function fileOf(word: string, take: number): string {
  const name = WORD_FILES[word];
  if (name === undefined) throw new RangeError(`nobody recorded "${word}"`);
  return `${name}-${take}.pcm`;
}

function recorded(word: string, take: number): Float32Array {
  const file = `./voice/${fileOf(word, take)}`;
  const known = kept.get(file);
  if (known !== undefined) return known;
  const bytes = readFileSync(fileURLToPath(new URL(file, import.meta.url)));
  const samples = Float32Array.from(
    { length: bytes.length >> 1 },
    (_, n) => bytes.readInt16LE(2 * n) / FULL_SCALE,
  );
  kept.set(file, samples);
  return samples;
}

function louder(samples: Float32Array, loudness: number): Float32Array {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const factor = loudness / Math.sqrt(power);
  return samples.map((sample) => sample * factor);
}

/** Plays faster (above 1) and higher, or slower and lower. */
function resample(samples: Float32Array, speed: number): Float32Array {
  return Float32Array.from({ length: Math.floor((samples.length - 1) / speed) }, (_, n) => {
    const at = n * speed;
    const left = Math.floor(at);
    const from = samples[left] ?? 0;
    const to = samples[left + 1] ?? 0;
    return from + (to - from) * (at - left);
  });
}

function pause(random: SeededRandom, seconds: number): Float32Array {
  return new Float32Array(Math.floor(SAMPLE_RATE * seconds * between(random, 0.7, 1.4)));
}

function join(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Recorded words played backwards, one after the other, below the whole of it. */
function addBabble(speech: Float32Array, random: SeededRandom): void {
  const words = Object.keys(WORD_FILES);
  for (let at = 0; at < speech.length; ) {
    const word = recorded(random.pick(words), 1 + random.int(TAKES)).toReversed();
    const heard = resample(louder(word, BABBLE_LOUDNESS), between(random, 0.85, 1.25));
    for (let n = 0; n < heard.length && at + n < speech.length; n += 1) {
      speech[at + n] = (speech[at + n] ?? 0) + (heard[n] ?? 0);
    }
    at += Math.floor(heard.length * between(random, 0.5, 1));
  }
}

function addHiss(speech: Float32Array, random: SeededRandom): void {
  for (let n = 0; n < speech.length; n += 1) {
    speech[n] = (speech[n] ?? 0) + between(random, -1.7, 1.7) * HISS_LOUDNESS;
  }
}

function between(random: SeededRandom, low: number, high: number): number {
  return low + ((high - low) * random.int(10_001)) / 10_000;
}

/** A little below full scale: what is louder is made quieter as a whole, since cutting it off distorts a word. */
const PEAK_MAX = 0.97;

function withinScale(samples: Float32Array): Float32Array {
  const peak = samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
  return peak <= PEAK_MAX ? samples : samples.map((sample) => (sample * PEAK_MAX) / peak);
}

const HEAD_BYTES = 44;

function wavOf(samples: Float32Array): Buffer {
  const wav = Buffer.alloc(HEAD_BYTES + 2 * samples.length);
  wav.write("RIFF", 0, "latin1");
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write("WAVEfmt ", 8, "latin1");
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SAMPLE_RATE, 24);
  wav.writeUInt32LE(2 * SAMPLE_RATE, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36, "latin1");
  wav.writeUInt32LE(2 * samples.length, 40);
  for (let n = 0; n < samples.length; n += 1) {
    wav.writeInt16LE(Math.round((samples[n] ?? 0) * FULL_SCALE), HEAD_BYTES + 2 * n);
  }
  return wav;
}
