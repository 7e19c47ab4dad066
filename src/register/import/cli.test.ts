import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";

const CLI = join(import.meta.dirname, "cli.ts");
const EXAMPLES = join(import.meta.dirname, "../../../examples");

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), "import-cli-"));
  await seedReference();
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

/** As much of the demonstration city as the examples name. */
async function seedReference(): Promise<void> {
  const { owner } = database;
  const from = calendarDate("2008-02-01");
  const city = { city_name: "示例市", province_name: "示例省", effective_from: from };
  await owner
    .insertInto("district")
    .values(["990101", "990102", "990103"].map((code) => ({ code, name: `区${code}`, ...city })))
    .execute();
  await owner.insertInto("bank").values({ code: "SLYH", name: "示例银行" }).execute();
  await owner
    .insertInto("custody_account")
    .values({
      bank_code: "SLYH",
      branch_name: "示例支行",
      account_name: "示例专户",
      account_no: "9901010000000001268",
    })
    .execute();
  const terms = { basis: "AREA" as const, effective_from: from, legal_basis: "（示例）" };
  const uses = [
    ["residential", true],
    ["residential", false],
    ["commercial", null],
    ["parking", null],
    ["storage", null],
  ] as const;
  await owner
    .insertInto("deposit_standard")
    .values(
      uses.map(([house_use, has_lift], at) => {
        const code = `S${at}`;
        return { ...terms, code, name: code, coefficient_e4: 800_000n, house_use, has_lift };
      }),
    )
    .execute();
}

interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

async function run(
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<Finished> {
  const { user, password, host, port, database: name } = database.ownerConnection;
  const child = spawn(process.execPath, [...nodeOptions, CLI, ...args], {
    env: {
      PATH: process.env["PATH"] ?? "",
      DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@/${name}?host=${encodeURIComponent(host)}&port=${port}`,
      DATA_KEY: "07".repeat(32),
    },
  });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, ...texts };
}

describe("npm run import", () => {
  it("takes the example in each of its forms: first everything goes in, then nothing changes", async () => {
    const first = await run([join(EXAMPLES, "houses.csv")]);
    expect(first.stdout).toMatch(
      /^共 20 行：新增 物业区域 3 个、幢 4 个、房屋 19 套；未变 0 套；有问题 0 行/,
    );
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/已读 100%，20 行，每秒 \d+ 行\n/);
    for (const name of ["houses-gb18030.csv", "houses.xlsx"]) {
      const again = await run([join(EXAMPLES, name)]);
      expect(again.stdout).toContain("房屋 0 套；未变 19 套；有问题 0 行");
      expect(again.code).toBe(0);
    }
  });

  it("writes the bad rows beside the file, prints them and answers with 1", async () => {
    const path = join(folder, "houses.csv");
    await copyFile(join(EXAMPLES, "houses-with-errors.csv"), path);
    const { code, stdout } = await run([path]);
    expect(code).toBe(1);
    expect(stdout).toContain("第 4 行 建筑面积：建筑面积应大于 0\n");
    expect(stdout).toContain("有问题 15 行");
    const written = await readFile(`${path}.errors.csv`, "utf8");
    const lines = written.trimEnd().split("\r\n");
    expect(lines[0]).toBe("\uFEFF行号,列名,原因");
    expect(new Set(lines.slice(1).map((text) => text.split(",")[0])).size).toBe(15);
    expect((await stat(`${path}.errors.csv`)).mode & 0o077).toBe(0);
  });

  it("answers with 2 and a sentence when there is nothing to read", async () => {
    const missing = await run([join(folder, "missing.csv")]);
    expect(missing.code).toBe(2);
    expect(missing.stdout).toContain("没有这个文件");
    const without = await run([]);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain("请写明要导入的文件");
    expect((await run(["--help"])).code).toBe(0);
  });

  it("imports 100,000 rows in a heap that could not hold half of them", async () => {
    const path = join(folder, "many.csv");
    await pipeline(Readable.from(manyRows(100_000)), createWriteStream(path));
    const { code, stdout, stderr } = await run([path], ["--max-old-space-size=64"]);
    expect(stderr).not.toContain("heap out of memory");
    expect(stdout).toContain("新增 物业区域 10 个、幢 200 个、房屋 100000 套");
    expect(code).toBe(0);
  }, 300_000);
});

function* manyRows(count: number): Generator<string> {
  yield "小区,区划代码,地址,开发商,物业公司,幢号,房号,面积,用途,电梯\n";
  for (let n = 0; n < count; n += 1) {
    const estate = Math.trunc(n / 10_000);
    yield `示例${estate}苑,990101,示例路${estate}号,示例置业有限公司,示例物业服务有限公司,${Math.trunc(n / 500) % 20}幢,${101 + (n % 500)},98.76,住宅,有\n`;
  }
}
