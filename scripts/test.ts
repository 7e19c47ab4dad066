import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What this script reads of vitest's JSON report. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTotalTests: number;
  success: boolean;
}

const REPORT = "test-results/report.json";

/**
 * Runs every test and prints, as the very last line, how many passed and failed. A run without a
 * report, without a test, or with an error outside the tests is a failed run.
 */
function main(): number {
  mkdirSync(dirname(REPORT), { recursive: true });
  rmSync(REPORT, { force: true });
  const vitest = join(
    dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
    "vitest.mjs",
  );
  const run = spawnSync(
    process.execPath,
    [
      vitest,
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${REPORT}`,
      ...process.argv.slice(2),
    ],
    { stdio: "inherit" },
  );
  if (!existsSync(REPORT)) {
    console.log("0 passed, 1 failed");
    return run.status || 1;
  }
  const report = JSON.parse(readFileSync(REPORT, "utf8")) as Report;
  const isClean = run.status === 0 && report.success && report.numTotalTests > 0;
  // An error outside of any test fails the run without failing a test: it counts as one.
  const failed = report.numFailedTests + (isClean || report.numFailedTests > 0 ? 0 : 1);
  if (report.numPendingTests > 0) console.log(`${report.numPendingTests} skipped`);
  console.log(`${report.numPassedTests} passed, ${failed} failed`);
  return isClean ? 0 : run.status || 1;
}

process.exitCode = main();
