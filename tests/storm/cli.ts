import { parseArgs } from "node:util";
import { seededRandom } from "#src/kernel/random.ts";
import { startKilledSystem } from "./killed-system.ts";
import { runStorm } from "./run-storm.ts";
import { strikeDuring } from "./strike-during.ts";
import { StormClient } from "./world.ts";

const USAGE = "npm run storm -- --seed N --steps N [--calm]   （--calm：不杀进程）\n";
const HOUSES = 60;

/** Reads a whole number from the command line; null when it is none. */
function wholeNumber(text: string): number | null {
  return /^[0-9]{1,9}$/.test(text) ? Number.parseInt(text, 10) : null;
}

/** Storms a system of its own for as many steps as asked. Answers with the exit code. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "1" },
      steps: { type: "string", default: "300" },
      calm: { type: "boolean", default: false },
    },
  });
  const [seed, steps] = [wholeNumber(values.seed), wholeNumber(values.steps)];
  if (seed === null || steps === null || steps === 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  const system = await startKilledSystem(HOUSES);
  try {
    const { houses } = system;
    const client = new StormClient(system);
    const watch = () => process.stderr.write(".");
    const run = () => runStorm({ client, houses, seed, steps, watch });
    const work = { run, answers: () => client.answers };
    const began = performance.now();
    const { report, strikes } = values.calm
      ? { report: await run(), strikes: [] }
      : await strikeDuring(system, seededRandom(seed), work);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    process.stdout.write(
      `\n种子 ${seed}：${JSON.stringify(report, (_, value) => (typeof value === "bigint" ? `${value}` : value))}\n`,
    );
    process.stdout.write(
      `杀进程 ${strikes.length} 次（${strikes.join("、") || "无"}），用时 ${seconds} 秒；账与模型一致\n`,
    );
    return 0;
  } finally {
    await system.stop();
  }
}

process.exitCode = await main();
