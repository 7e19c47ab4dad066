import { APPLICATION_CHECKS } from "#src/applications/checks.ts";
import { BANK_CHECKS } from "#src/bank/checks.ts";
import { LEDGER_CHECKS } from "#src/ledger/checks.ts";
import { type CheckOutcome, runChecks } from "#src/ledger/run-checks.ts";
import { ConfigError, loadConfig } from "#src/platform/config.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { DatabaseStartError } from "#src/platform/database/start-error.ts";
import { createLog } from "#src/platform/log.ts";

const CHECKS = [...LEDGER_CHECKS, ...BANK_CHECKS, ...APPLICATION_CHECKS];

/** Checks the configured database. Answers with the exit code: 0 all holds, 1 something does not. */
async function run(): Promise<number> {
  const config = loadConfig(process.env);
  const log = createLog({ logLevel: "warn" });
  const database = await connectDatabase(config, log, { mode: "tool", max: 1 });
  try {
    const outcomes = await runChecks(database.db, CHECKS);
    process.stdout.write(outcomes.map(tell).join(""));
    const broken = outcomes.filter(({ offenders }) => offenders.length > 0);
    process.stdout.write(
      broken.length === 0
        ? `\n${outcomes.length} 项检查全部通过\n`
        : `\n${outcomes.length} 项检查中有 ${broken.length} 项不通过，请在查明原因之前停止记账\n`,
    );
    return broken.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

/** One line for a check that holds; for one that does not, the first offenders below it. */
function tell({ name, offenders }: CheckOutcome): string {
  if (offenders.length === 0) return `通过    ${name}\n`;
  const lines = offenders.map(({ what, why }) => `          ${what}：${why}\n`);
  return `不通过  ${name}\n${lines.join("")}`;
}

try {
  process.exitCode = await run();
} catch (error) {
  const isForOperator = error instanceof ConfigError || error instanceof DatabaseStartError;
  process.stderr.write(`${isForOperator ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
