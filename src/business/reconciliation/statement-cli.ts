import { parseArgs } from "node:util";
import { z } from "zod";
import { buildStatement } from "#src/bank/statements/build-statement.ts";
import { listCustodyAccounts } from "#src/bank/statements/custody-accounts.ts";
import { writeStatement } from "#src/bank/statements/write-statement.ts";
import { type CalendarDate, parseCalendarDate } from "#src/kernel/calendar-date.ts";
import { loadConfig } from "#src/platform/config.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { createLog } from "#src/platform/log.ts";

const USAGE = `用法：npm run -s statement -- --account 专户账号 --from 起始日 --until 截止日 > 文件
按账本写一份对账文件，供试用和演练；不能代替银行的对账文件
`;

const day = (name: string) =>
  z.string(`请写明 ${name}`).transform((text, context): CalendarDate => {
    const date = parseCalendarDate(text);
    if (date !== null) return date;
    context.addIssue({ code: "custom", message: `${name} 要写成 2026-11-23 这样的日期` });
    return z.NEVER;
  });

const asked = z
  .object({
    account: z.string("请写明 --account").regex(/^[0-9]{8,30}$/, "专户账号是 8 到 30 位数字"),
    from: day("--from"),
    until: day("--until"),
  })
  .refine(({ from, until }) => from <= until, "起始日不能在截止日之后");

/** Writes a day-end file from the ledger to the standard output. Answers with the exit code. */
async function main(): Promise<number> {
  const option = { type: "string" } as const;
  const { values } = parseArgs({ options: { account: option, from: option, until: option } });
  const wanted = asked.safeParse(values);
  if (!wanted.success) {
    const sentences = wanted.error.issues.map(({ message }) => `- ${message}`);
    process.stderr.write(`${sentences.join("\n")}\n\n${USAGE}`);
    return 2;
  }
  const { account: accountNo, from: firstDay, until: lastDay } = wanted.data;
  const config = loadConfig(process.env);
  const log = createLog({ logLevel: "warn" });
  const database = await connectDatabase(config, log, { mode: "tool", max: 1 });
  try {
    const accounts = await listCustodyAccounts(database.db);
    const account = accounts.find((one) => one.accountNo === accountNo);
    if (account === undefined) {
      const known = accounts.map((one) => `${one.accountNo} ${one.bankName} ${one.branchName}`);
      process.stderr.write(`没有这个专户。现有的专户：\n${known.join("\n")}\n`);
      return 1;
    }
    process.stdout.write(
      writeStatement(await buildStatement(database.db, account, { firstDay, lastDay })),
    );
    return 0;
  } finally {
    await database.close();
  }
}

process.exitCode = await main();
