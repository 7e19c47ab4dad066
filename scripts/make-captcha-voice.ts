import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Makes the words of the spoken captcha anew (decision 0011). The synthesizer is no dependency of the project: it is
 * a program of its own under the GPL, installed somewhere else for this alone:
 *
 *     npm install --prefix /tmp/voice espeak-ng@1.0.2
 *     node scripts/make-captcha-voice.ts /tmp/voice/node_modules/espeak-ng/dist/espeak-ng.js
 */
const WORDS = {
  "2": "二",
  "3": "三",
  "4": "四",
  "5": "五",
  "6": "六",
  "8": "八",
  "9": "九",
  ten: "十",
  plus: "加",
  equals: "等于多少",
};

/** Voice, words a minute, pitch: so that the same word is not always the same sound. */
const TAKES = [
  ["cmn", "125", "45"],
  ["cmn+f2", "120", "60"],
  ["cmn+m3", "130", "38"],
] as const;

const WAV_HEAD_BYTES = 44;
const SILENCE = 400;
/** 10 ms are left before and 40 ms after, so that no consonant is cut. */
const LEFT_SAMPLES = { before: 220, after: 880 };

type Synthesizer = (options: { arguments: string[] }) => Promise<{
  FS: { readFile: (path: string) => Uint8Array };
}>;

const folder = fileURLToPath(new URL("../src/platform/captcha/voice/", import.meta.url));
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("the path of espeak-ng.js is missing");
const { default: speak } = (await import(path)) as { default: Synthesizer };
mkdirSync(folder, { recursive: true });
for (const [name, word] of Object.entries(WORDS)) {
  for (const [take, [voice, speed, pitch]] of TAKES.entries()) {
    const options = ["-v", voice, "-s", speed, "-p", pitch, "-w", "/said.wav", word];
    const { FS } = await speak({ arguments: options });
    writeFileSync(`${folder}${name}-${take + 1}.pcm`, trim(Buffer.from(FS.readFile("/said.wav"))));
  }
}

/** Raw samples (16 bits, little-endian, 22,050 Hz, mono) without the silence around the word. */
function trim(wav: Buffer): Buffer {
  const samples = new Int16Array((wav.length - WAV_HEAD_BYTES) >> 1);
  for (let n = 0; n < samples.length; n += 1) samples[n] = wav.readInt16LE(WAV_HEAD_BYTES + 2 * n);
  const first = samples.findIndex((sample) => Math.abs(sample) > SILENCE);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > SILENCE);
  const said = samples.slice(Math.max(0, first - LEFT_SAMPLES.before), last + LEFT_SAMPLES.after);
  return Buffer.from(said.buffer);
}
