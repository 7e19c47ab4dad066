import { parseArgs } from "node:util";
import { ConfigError, loadConfig } from "#src/platform/config.ts";
import { openDatabase } from "#src/platform/database/client.ts";
import { connectDatabase } from "#src/platform/database/connect.ts";
import { DatabaseStartError } from "#src/platform/database/start-error.ts";
import { createLog } from "#src/platform/log.ts";
import { loadDataKey, openPersonalData } from "#src/platform/personal-data.ts";
import { loadReferenceData } from "../districts.ts";
import { openErrorFile } from "./error-file.ts";
import { importRegister } from "./import-register.ts";
import { exitCodeOf, reportText } from "./report-text.ts";
import { openProgressDisplay } from "./show-progress.ts";

const USAGE = `用法：npm run import -- 文件 [--errors 错误报告.csv]

  文件          房屋登记文件：CSV（UTF-8 或 GB18030）或 xlsx，列名见 docs/import.md
  --errors 路径 有问题的行写到哪里，默认写在文件旁边，名为 文件.errors.csv

退出码：0 全部导入；1 有问题的行没有导入，其余已导入；2 文件读不了，或系统没有准备好
`;

interface Arguments {
  path: string;
  errorPath: string;
}

/** Answers with the exit code that the usage names. */
async function run(): Promise<number> {
  const read = readArguments();
  if (typeof read !== "string") return importFile(read);
  const isAskedFor = read === "";
  (isAskedFor ? process.stdout : process.stderr).write(isAskedFor ? USAGE : `${read}\n\n${USAGE}`);
  return isAskedFor ? 0 : 2;
}

/** A text is what is wrong with the arguments; "" asks for the usage. */
function readArguments(): Arguments | string {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { errors: { type: "string" }, help: { type: "boolean" } },
    });
    if (values.help === true) return "";
    const [path, ...others] = positionals;
    if (path === undefined) return "请写明要导入的文件";
    if (others.length > 0) return "一次导入一个文件";
    return { path, errorPath: values.errors ?? `${path}.errors.csv` };
  } catch (error) {
    return `看不懂的参数：${(error as Error).message}`;
  }
}

async function importFile({ path, errorPath }: Arguments): Promise<number> {
  const config = loadConfig(process.env);
  const personalData = openPersonalData(await loadDataKey(config));
  const database = await connectDatabase(config, createLog({ logLevel: "warn" }), {
    mode: "tool",
    max: 2,
  });
  const errorFile = openErrorFile(errorPath);
  const display = openProgressDisplay(process.stderr);
  const interruption = new AbortController();
  process.once("SIGINT", () => interruption.abort());
  process.once("SIGTERM", () => interruption.abort());
  try {
    await bringReferenceDataUpToDate(database.ownerAddress);
    const report = await importRegister({
      db: database.db,
      source: { path },
      personalData,
      clock: () => new Date(),
      onProgress: (progress) => display.show(progress),
      onBadRow: (bad) => errorFile.write(bad),
      signal: interruption.signal,
    });
    display.end();
    process.stdout.write(reportText(report, await errorFile.close()));
    return exitCodeOf(report);
  } finally {
    await errorFile.close();
    await database.close();
  }
}

async function bringReferenceDataUpToDate(
  ownerAddress: Parameters<typeof openDatabase>[0],
): Promise<void> {
  const owner = openDatabase(ownerAddress, { max: 1 });
  try {
    await loadReferenceData(owner.db);
  } finally {
    await owner.close();
  }
}

try {
  process.exitCode = await run();
} catch (error) {
  const isForOperator = error instanceof ConfigError || error instanceof DatabaseStartError;
  process.stderr.write(`${isForOperator ? error.message : (error as Error).stack}\n`);
  process.exitCode = 2;
}
