import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { loadConfig } from "#src/platform/config.ts";
import { type Db, openDatabase } from "#src/platform/database/client.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { createLog } from "#src/platform/log.ts";
import { addTeller, newTeller, resetCodeByOperator } from "./add-teller.ts";

const USAGE = `用法：npm run teller -- --username 用户名 --name 姓名 --number 柜员号 --bank 银行代码 --branch 网点
密码从标准输入读取，不写在命令行上，例如 npm run teller -- … < 密码文件
重置动态口令：npm run teller -- --username 用户名 --reset-code
`;

const option = { type: "string" } as const;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      ...{ username: option, name: option, number: option, bank: option, branch: option },
      "reset-code": { type: "boolean" },
    },
  });
  const { "reset-code": resetsCode, ...given } = values;
  if (resetsCode) return await asOwner((owner) => resetCode(owner, given.username ?? ""));
  const password = process.stdin.isTTY ? undefined : (await text(process.stdin)).trimEnd();
  const teller = newTeller.safeParse({ ...given, password });
  if (!teller.success) {
    const sentences = teller.error.issues.map((issue) => `- ${issue.message}`);
    process.stderr.write(`${[...new Set(sentences)].join("\n")}\n\n${USAGE}`);
    return 2;
  }
  return await asOwner((owner) => add(owner, teller.data));
}

async function asOwner(work: (owner: Db) => Promise<number>): Promise<number> {
  const config = loadConfig(process.env);
  const database = await connectDatabase(config, createLog({ logLevel: "warn" }), { mode: "tool" });
  const owner = openDatabase(database.ownerAddress, { max: 1 });
  try {
    return await work(owner.db);
  } finally {
    await owner.close();
    await database.close();
  }
}

async function add(owner: Db, teller: Parameters<typeof addTeller>[1]): Promise<number> {
  const outcome = await addTeller(owner, teller);
  if (outcome.ok) {
    process.stdout.write(`已添加柜员 ${teller.username}\n`);
    return 0;
  }
  const sentence = {
    "unknown-bank": `没有代码为 ${teller.bank} 的银行，请先登记银行`,
    "name-taken": `用户名 ${teller.username} 已被使用，请换一个`,
  }[outcome.reason];
  process.stderr.write(`${sentence}\n`);
  return 1;
}

async function resetCode(owner: Db, username: string): Promise<number> {
  if (await resetCodeByOperator(owner, username)) {
    process.stdout.write(`已重置柜员 ${username} 的动态口令，下次登录时重新添加验证器\n`);
    return 0;
  }
  process.stderr.write(`没有用户名为 ${username} 的柜员\n`);
  return 1;
}

process.exitCode = await main();
