import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failToStart, type RunningSystem, startSystem } from "../support/system.ts";

/** Warm starts aim at 3 s on two quiet cores; a busy machine gets this much. */
const WARM_START_LIMIT_MS = 15_000;

describe("a wrong setting stops the start with a sentence that names it", () => {
  test.each([
    ["PORT", "eighty"],
    ["HOST", "not a host"],
    ["DATABASE_URL", "mysql://localhost/fund"],
    ["DISCLOSURE_POLICY", "all"],
    ["NODE_ENV", "production"],
  ])("%s=%s", async (name, value) => {
    const ending = await failToStart({ [name]: value });
    expect(ending.code).toBe(1);
    expect(ending.output).toContain(name);
    expect(ending.output).toMatch(/[\u4e00-\u9fff]/);
    expect(ending.output).not.toMatch(/^\s+at /m);
  });

  test.each(["/proc/nobody/data", "/etc/hostname/data", "/sys"])("DATA_DIR=%s", async (value) => {
    const ending = await failToStart({ DATA_DIR: value });
    expect(ending).toMatchObject({ code: 1, signal: null });
    expect(ending.output).toContain("DATA_DIR");
    expect(ending.output).toContain(value);
    expect(ending.output).not.toMatch(/^\s+at /m);
  });

  test("a port that another program holds", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const ending = await failToStart({ PORT: String(port) });
    other.close();
    expect(ending.code).toBe(1);
    expect(ending.output).toContain(`端口 ${port} 已被占用`);
  });
});

describe("one data directory through starts and ends", () => {
  let dataDir: string;
  let system: RunningSystem;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "fund-start-"));
    system = await startSystem({ dataDir });
  });
  afterAll(async () => {
    await system?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test("the printed address answers, healthy and ready", async () => {
    const answers = await Promise.all(
      ["/healthz", "/readyz", "/"].map((path) => fetch(new URL(path, system.url))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await answers[2]?.text()).toContain("物业专项维修资金公众服务平台");
  });

  test("a second start on it is told of the first and does no harm", async () => {
    const ending = await failToStart({ DATA_DIR: dataDir });
    expect(ending.code).toBe(1);
    expect(ending.output).toContain(String(system.pid));
    expect((await fetch(new URL("/readyz", system.url))).status).toBe(200);
  });

  test("SIGTERM lets an open request finish, then stops the database", async () => {
    const open = startPosting(new URL("/bank/sign-in", system.url));
    await open.isUnderWay;
    const stopping = system.stop("SIGTERM");
    open.finish();
    expect(await open.status).toBe(422);
    expect(await stopping).toMatchObject({ code: 0, signal: null });
    expect(existsSync(join(dataDir, "pgdata", "postmaster.pid"))).toBe(false);
  });

  test("a warm start is quick, and Ctrl-C ends it as well", async () => {
    system = await startSystem({ dataDir });
    expect(system.startedInMs).toBeLessThan(WARM_START_LIMIT_MS);
    expect(await system.stop("SIGINT")).toMatchObject({ code: 0, signal: null });
  });

  test("after a kill the next start takes the database over", async () => {
    system = await startSystem({ dataDir });
    expect(await system.stop("SIGKILL")).toMatchObject({ signal: "SIGKILL" });
    system = await startSystem({ dataDir });
    expect((await fetch(new URL("/readyz", system.url))).status).toBe(200);
    expect(await system.stop()).toMatchObject({ code: 0 });
    expect(existsSync(join(dataDir, "pgdata", "postmaster.pid"))).toBe(false);
  });
});

/** A form whose second half waits until it is asked for. */
function startPosting(url: URL) {
  const posting = request(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "content-length": "15" },
  });
  const status = new Promise<number>((resolve, reject) => {
    posting.on("error", reject);
    posting.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  const isUnderWay = new Promise<void>((resolve) => {
    posting.write("username=", () => setTimeout(resolve, 100));
  });
  return { isUnderWay, status, finish: () => posting.end("teller") };
}
