import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Starts the bare Node server that pages are measured against, and answers with its address. */
export async function startBareNode(): Promise<{ url: URL; stop: () => Promise<void> }> {
  const program = fileURLToPath(new URL("./bare-node.ts", import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return {
    url: new URL(line.toString().trim()),
    stop: async () => {
      child.kill("SIGTERM");
      await once(child, "close");
    },
  };
}
