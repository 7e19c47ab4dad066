import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { loadConfig } from "#src/platform/config.ts";
import { openDatabase } from "#src/platform/database/client.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { createLog } from "#src/platform/log.ts";
import { addStaff } from "./add-staff.ts";
import { newStaff } from "./schema.ts";

const USAGE = `用法：npm run staff -- --username 用户名 --name 姓名 --role 岗位 [--role 岗位 …]
岗位：intake 受理、reviewer 审核、approver 审批、finance 财务、editor 内容、admin 管理、auditor 审计
初始密码从标准输入读取，不写在命令行上，例如 npm run staff -- … < 密码文件；第一次登录时本人另设密码
`;

async function main(): Promise<number> {
  const option = { type: "string" } as const;
  const { values } = parseArgs({
    options: { username: option, name: option, role: { type: "string", multiple: true } },
  });
  const password = process.stdin.isTTY ? undefined : (await text(process.stdin)).trimEnd();
  const staff = newStaff.safeParse({ ...values, password });
  if (!staff.success) {
    const sentences = staff.error.issues.map((issue) => `- ${issue.message}`);
    process.stderr.write(`${[...new Set(sentences)].join("\n")}\n\n${USAGE}`);
    return 2;
  }
  const config = loadConfig(process.env);
  const database = await connectDatabase(config, createLog({ logLevel: "warn" }), { mode: "tool" });
  const owner = openDatabase(database.ownerAddress, { max: 1 });
  try {
    if (await addStaff(owner.db, staff.data)) {
      process.stdout.write(`已添加工作人员 ${staff.data.username}\n`);
      return 0;
    }
    process.stderr.write(`用户名 ${staff.data.username} 已被使用，请换一个\n`);
    return 1;
  } finally {
    await owner.close();
    await database.close();
  }
}

process.exitCode = await main();
