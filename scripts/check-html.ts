import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WALKERS, walkSite } from "../bench/harness/walk-site.ts";
import { startSystem } from "../tests/support/system.ts";

/** The W3C's own checker; it wants a `java` on the machine and is fetched for the occasion. */
const CHECKER = "vnu-jar@26.9.27";
/** Where a walk begins, besides what its links lead to. */
const STARTS = [
  "/",
  "/_ui",
  "/no-such-page",
  "/fund?q=示例花园12幢3单元",
  "/deposit/SL0126-12-3-0502",
  "/fund/SL0126-12-3-0501",
  "/refund/SL0126-12-3-0501",
  "/my-estate/SL0126",
];

interface Message {
  url: string;
  message: string;
  extract?: string;
  lastLine?: number;
}

/** Walks the demonstration as anybody and as each kind of its people, and has every page judged by the checker. */
async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "fund-html-"));
  const system = await startSystem({ env: { RATE_LIMITS: "off", LOG_LEVEL: "error" } });
  try {
    const pages = await savePages(system.url, folder);
    const messages = await judge([...pages.keys()]);
    for (const { url, message, extract = "" } of messages) {
      const file = url.replace(/^file:/, "");
      console.log(`${pages.get(file) ?? file}\n  ${message}\n  ${extract.replaceAll("\n", " ")}`);
    }
    console.log(`${pages.size} pages, ${messages.length} errors.`);
    return messages.length === 0 ? 0 : 1;
  } finally {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The saved files, each with who found it where. */
async function savePages(url: string, folder: string): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const walker of WALKERS) {
    const starts = walker.door === undefined ? STARTS.map(encodeURI) : [];
    for await (const { path, answer } of walkSite(url, walker, { starts, pagesOfShape: 2 })) {
      if (answer.status >= 500) throw new Error(`${walker.name} ${path}: ${answer.status}`);
      const file = join(folder, `${pages.size}.html`);
      writeFileSync(file, answer.bytes);
      pages.set(file, `${walker.name} ${decodeURI(path)} (${answer.status})`);
    }
  }
  return pages;
}

function judge(files: readonly string[]): Promise<Message[]> {
  const words = ["--yes", `--package=${CHECKER}`, "vnu", "--errors-only", "--format", "json"];
  const { promise, resolve, reject } = Promise.withResolvers<Message[]>();
  execFile("npx", [...words, ...files], { maxBuffer: 2 ** 28 }, (error, _, stderr) => {
    const report = /\{.*\}/s.exec(stderr)?.[0];
    if (report === undefined) reject(error ?? new Error(`the checker said: ${stderr}`));
    else resolve((JSON.parse(report) as { messages: Message[] }).messages);
  });
  return promise;
}

process.exitCode = await main();
