import closeWithGrace from "close-with-grace";
import { ConfigError, loadConfig } from "#src/platform/config.ts";
import { DatabaseStartError } from "#src/platform/database/start-error.ts";
import { createLog } from "#src/platform/log.ts";
import { PortTaken } from "./port.ts";
import { startSystem } from "./system.tsx";

/** Longer than open requests, printer and database need together. */
const STOP_WITHIN_MS = 20_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = createLog(config);
  const system = await startSystem(config, log);
  // Before the address is told: whoever reads it may end the system at once.
  closeWithGrace({ delay: STOP_WITHIN_MS, logger: false }, async ({ err }) => {
    if (err) log.fatal({ err }, "stopping after an error");
    await system.stop();
  });
  process.stdout.write(`\n物业专项维修资金公众服务平台 ${system.url}\n`);
  if (config.isDemo)
    process.stdout.write("演示模式：数据都是虚构的，账号见 README。按 Ctrl-C 停止。\n");
  system.printAhead();
}

try {
  await main();
} catch (error) {
  const isForOperator =
    error instanceof ConfigError ||
    error instanceof DatabaseStartError ||
    error instanceof PortTaken;
  if (!isForOperator) throw error;
  process.stderr.write(`没有启动。${error.message}\n`);
  process.exitCode = 1;
}
