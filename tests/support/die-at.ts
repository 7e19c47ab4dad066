import fs from "node:fs";
import files, { type FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import pg from "pg";

/**
 * Loaded before the program (`node --import`): ends its process as a power cut would, at the step of an upload that
 * the file named by DIE_AT_FILE holds at that moment. The program itself knows nothing of it.
 */
export type DeathStep =
  | "receiving"
  | "received"
  | "judged"
  | "half written"
  | "written"
  | "flushed"
  | "stored"
  | "row written"
  | "scanned";

const order = process.env["DIE_AT_FILE"] ?? "";
// What judges files runs in children of its own, which load this too.
if (order !== "" && process.argv[1]?.endsWith("main.ts")) layTraps();

function dieAt(step: DeathStep): void {
  const wanted = fs.existsSync(order) ? fs.readFileSync(order, "utf8") : "";
  if (wanted === step) process.kill(process.pid, "SIGKILL");
}

function layTraps(): void {
  const { createWriteStream } = fs;
  const { open, rename } = files;
  fs.createWriteStream = ((path: string, ...rest: never[]) => {
    const stream = createWriteStream(path, ...rest);
    if (path.includes("/incoming/")) {
      stream.once("open", () => dieAt("receiving"));
      stream.once("close", () => dieAt("received"));
    }
    return stream;
  }) as typeof createWriteStream;
  files.open = (async (path: string, ...rest: never[]) => {
    const isPart = path.endsWith(".part");
    if (isPart) dieAt("judged");
    const file = await open(path, ...rest);
    return isPart ? withTraps(file) : file;
  }) as typeof open;
  files.rename = (async (from: string, to: string) => {
    const isPart = from.endsWith(".part");
    if (isPart) dieAt("flushed");
    await rename(from, to);
    if (isPart) dieAt("stored");
  }) as typeof rename;
  syncBuiltinESMExports();
  trapFetch();
  trapQueries();
}

function withTraps(file: FileHandle): FileHandle {
  const writeFile = file.writeFile.bind(file);
  const sync = file.sync.bind(file);
  file.writeFile = async (...args) => {
    await writeFile(...args);
    dieAt("half written");
  };
  file.sync = async () => {
    dieAt("written");
    await sync();
  };
  return file;
}

/** A put to an S3 store is one request: whole, or it never was. */
function trapFetch(): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (...args) => {
    const isPut = args[0] instanceof Request && args[0].method === "PUT";
    if (isPut) dieAt("judged");
    const answer = await fetch(...args);
    if (isPut) dieAt("stored");
    return answer;
  };
}

function trapQueries(): void {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const answer = query.apply(this, args);
    const { text = "" } = args[0] as { text?: string };
    const step = /^(insert into|update) "supporting_document"/.exec(text)?.[1];
    if (step === undefined) return answer;
    return (answer as Promise<unknown>).then((result) => {
      dieAt(step === "update" ? "scanned" : "row written");
      return result;
    });
  } as typeof pg.Client.prototype.query;
}
