import { startSystem } from "../tests/support/system.ts";
import { judgePublicPages } from "./harness/lighthouse.ts";
import { machineLine, publish } from "./harness/report.ts";

/** Lighthouse alone, without the rates of bench/pages.ts. */
async function main(): Promise<void> {
  const system = await startSystem({ env: { RATE_LIMITS: "off", LOG_LEVEL: "error" } });
  try {
    const text = `${machineLine()}\n\n${await judgePublicPages(system.url)}`;
    publish("lighthouse", "Lighthouse, mobile, median of three", text);
  } finally {
    await system.stop();
  }
}

await main();
