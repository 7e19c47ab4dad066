import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { inspectFloors } from "./floors.ts";

/** One gate: its name, and a run that answers with what it found, or nothing when all is well. */
interface Step {
  name: string;
  run: () => string | Promise<string>;
}

const STEPS: readonly Step[] = [
  { name: "types", run: () => tool("typescript/bin/tsc", ["--noEmit"]) },
  {
    name: "lint and format",
    run: () => tool("@biomejs/biome/bin/biome", ["ci", "--error-on-warnings", "--colors=off"]),
  },
  { name: "floors and cycles", run: floors },
  {
    name: "dead code",
    run: () => tool("knip/bin/knip.js", ["--no-progress", "--treat-config-hints-as-errors"]),
  },
];

/** Runs a program of node_modules; answers with its words when it ended other than well. */
function tool(program: string, words: string[]): string {
  const file = join("node_modules", program);
  const run = spawnSync(process.execPath, [file, ...words], { encoding: "utf8" });
  return run.status === 0 ? "" : `${run.stdout}${run.stderr}` || `ended with ${run.status}`;
}

async function floors(): Promise<string> {
  const { moduleCount, violations } = await inspectFloors(process.cwd(), ["src", "tests"]);
  if (moduleCount === 0) return "dependency-cruiser saw no module: its parser does not work.";
  return violations.join("\n");
}

/** Runs every step even after a failure, so that one run shows all there is to do. */
async function main(): Promise<number> {
  let failed = 0;
  for (const { name, run } of STEPS) {
    const began = performance.now();
    const found = await run();
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${found === "" ? "ok    " : "failed"} ${name} (${seconds} s)`);
    if (found === "") continue;
    failed += 1;
    console.log(found.trimEnd());
  }
  console.log(failed === 0 ? "All checks passed." : `${failed} of ${STEPS.length} checks failed.`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
