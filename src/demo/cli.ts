import { parseArgs } from "node:util";
import { z } from "zod";
import { ConfigError, loadConfig } from "#src/platform/config.ts";
import { openDatabase } from "#src/platform/database/client.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { DatabaseStartError } from "#src/platform/database/start-error.ts";
import { createLog } from "#src/platform/log.ts";
import { loadDataKey, openPersonalData } from "#src/platform/personal-data.ts";
import { demonstrationTable } from "./demonstration-owners.ts";
import { seedDemonstration } from "./seed-demonstration.ts";

const USAGE = `用法：npm run demo -- --houses 套数 [--seed 种子] [--no-ledger]
      npm run demo -- --table

  --houses N    让示例市至少有 N 套房屋（1 到 10000000）；小区总是整个写入，已有的小区不动
  --seed S      同一个种子得到同一座城，默认 1
  --no-ledger   只写登记数据，不写交存、结息和使用（用于查询测速）
  --table       打印演示房屋和业主的 Markdown 表格，不写数据库
`;

const schema = z.object({
  houses: z
    .string("请用 --houses 写明要多少套房屋")
    .regex(/^[0-9]{1,8}$/, "--houses 应为 1 到 10000000 的整数")
    .transform(Number)
    .refine((n) => n >= 1 && n <= 10_000_000, "--houses 应为 1 到 10000000 的整数"),
  seed: z
    .string()
    .regex(/^[0-9]{1,9}$/, "--seed 应为 0 到 999999999 的整数")
    .transform(Number)
    .default(1),
  "no-ledger": z.boolean().default(false),
});

type Arguments = z.infer<typeof schema>;

/** Answers with the exit code: 0 done, 1 the system could not, 2 the words after the command are wrong. */
async function run(): Promise<number> {
  const read = readArguments();
  if (typeof read === "string") {
    process.stdout.write(read);
    return 0;
  }
  if (Array.isArray(read)) {
    process.stderr.write(`${read.join("\n")}\n\n${USAGE}`);
    return 2;
  }
  await seed(read);
  return 0;
}

function readArguments(): Arguments | string | string[] {
  try {
    const { values } = parseArgs({
      options: {
        houses: { type: "string" },
        seed: { type: "string" },
        "no-ledger": { type: "boolean" },
        table: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
    if (values.help === true) return USAGE;
    if (values.table === true) return demonstrationTable();
    const parsed = schema.safeParse(values);
    return parsed.success ? parsed.data : parsed.error.issues.map((issue) => issue.message);
  } catch (error) {
    return [`看不懂的参数：${(error as Error).message}`];
  }
}

async function seed(wanted: Arguments): Promise<void> {
  const config = loadConfig(process.env);
  if (!config.isDemo) {
    throw new ConfigError(
      "演示数据只能写入演示系统。确实要写入这个数据库时，请设置 DEMO=on 再运行",
    );
  }
  const personalData = openPersonalData(await loadDataKey(config));
  const database = await connectDatabase(config, createLog({ logLevel: "warn" }), { mode: "tool" });
  const owner = openDatabase(database.ownerAddress, { max: 1 });
  const startedAt = performance.now();
  try {
    await seedDemonstration({
      owner: owner.db,
      ownerConnection: database.ownerConnection,
      personalData,
      houses: wanted.houses,
      seed: wanted.seed,
      isLedgerWanted: !wanted["no-ledger"],
      clock: () => new Date(),
      onProgress: ({ houses, of }) => report(houses, of, performance.now() - startedAt),
    });
  } finally {
    await owner.close();
    await database.close();
  }
  process.stdout.write("示例市已就绪\n");
}

let reportedAt = 0;

function report(houses: number, of: number, elapsed: number): void {
  if (elapsed - reportedAt < 1_000 && houses < of) return;
  reportedAt = elapsed;
  const megabytes = Math.round(process.memoryUsage().rss / 1_048_576);
  process.stdout.write(
    `${houses} / ${of} 套，${Math.round(elapsed / 1_000)} 秒，内存 ${megabytes} MB\n`,
  );
}

try {
  process.exitCode = await run();
} catch (error) {
  const isForOperator = error instanceof ConfigError || error instanceof DatabaseStartError;
  process.stderr.write(`${isForOperator ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
