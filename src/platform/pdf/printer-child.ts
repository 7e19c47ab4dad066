import process from "node:process";
import { openCompiler } from "./compile-template.ts";
import type { PrintReply, PrintRequest } from "./printer-messages.ts";

const root = process.argv[2];
if (!root || !process.send) throw new Error("this file is started by the printer only");

// The server stops its children itself, after the open requests: a Ctrl-C in the terminal reaches both.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.on("disconnect", () => process.exit(0));

const compile = openCompiler(root);

function answer(request: PrintRequest): PrintReply {
  try {
    const pdf = compile(request);
    return { id: request.id, rssBytes: process.memoryUsage.rss(), pdf };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id: request.id, rssBytes: process.memoryUsage.rss(), error: message };
  }
}

process.on("message", (request: PrintRequest) => {
  process.send?.(answer(request));
});
