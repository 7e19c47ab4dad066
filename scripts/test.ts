import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What this script reads of vitest's JSON report. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTotalTests: number;
  success: boolean;
}

/**
 * Runs every test and prints, as the very last line, how many passed and failed. A run without a
 * report, without a test, or with an error outside the tests is a failed run.
 */
function main(): number {
  const folder = mkdtempSync(join(tmpdir(), "fund-report-"));
  const file = join(folder, "report.json");
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
      `--outputFile.json=${file}`,
      ...process.argv.slice(2),
    ],
    { stdio: "inherit" },
  );
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Report) : null;
  rmSync(folder, { recursive: true, force: true });
  return summarize(report, run.status);
}

function summarize(report: Report | null, status: number | null): number {
  const isClean = status === 0 && report !== null && report.success && report.numTotalTests > 0;
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = report ?? {};
  // An error outside of any test fails the run without failing a test: it counts as one.
  const failed = isClean ? 0 : Math.max(1, numFailedTests);
  if (numPendingTests > 0) console.log(`${numPendingTests} skipped`);
  console.log(`${numPassedTests} passed, ${failed} failed`);
  return isClean ? 0 : status || 1;
}

process.exitCode = main();
