import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { loadConfig } from "#src/platform/config.ts";
import { openDatabase } from "#src/platform/database/client.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { createLog } from "#src/platform/log.ts";
import { addTeller, newTeller } from "./add-teller.ts";

const USAGE = `用法：npm run teller -- --username 用户名 --name 姓名 --number 柜员号 --bank 银行代码 --branch 网点
密码从标准输入读取，不写在命令行上，例如 npm run teller -- … < 密码文件
`;

async function main(): Promise<number> {
  const option = { type: "string" } as const;
  const { values } = parseArgs({
    options: { username: option, name: option, number: option, bank: option, branch: option },
  });
  const password = process.stdin.isTTY ? undefined : (await text(process.stdin)).trimEnd();
  const teller = newTeller.safeParse({ ...values, password });
  if (!teller.success) {
    const sentences = teller.error.issues.map((issue) => `- ${issue.message}`);
    process.stderr.write(`${[...new Set(sentences)].join("\n")}\n\n${USAGE}`);
    return 2;
  }
  const config = loadConfig(process.env);
  const database = await connectDatabase(config, createLog({ logLevel: "warn" }), { mode: "tool" });
  const owner = openDatabase(database.ownerAddress, { max: 1 });
  try {
    const outcome = await addTeller(owner.db, teller.data);
    if (outcome.ok) {
      process.stdout.write(`已添加柜员 ${teller.data.username}\n`);
      return 0;
    }
    const sentence = {
      "unknown-bank": `没有代码为 ${teller.data.bank} 的银行，请先登记银行`,
      "name-taken": `用户名 ${teller.data.username} 已被使用，请换一个`,
    }[outcome.reason];
    process.stderr.write(`${sentence}\n`);
    return 1;
  } finally {
    await owner.close();
    await database.close();
  }
}

process.exitCode = await main();
