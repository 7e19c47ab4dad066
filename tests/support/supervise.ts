// A process of its own around the supervisor, for tests that kill it: node supervise.ts DATA_DIR MODE
import { DatabaseStartError } from "#src/platform/database/start-error.ts";
import { startEmbeddedPostgres } from "#src/platform/database/supervisor.ts";

const [dataDir = "", mode] = process.argv.slice(2);
const tell = (_fields: unknown, message?: string) => process.stderr.write(`${message}\n`);

try {
  const server = await startEmbeddedPostgres({
    dataDir,
    mode: mode === "serve" ? "serve" : "tool",
    log: { info: tell, warn: tell, error: tell },
  });
  const stayAlive = setInterval(() => {}, 1_000);
  process.on("SIGTERM", async () => {
    await server.stop();
    clearInterval(stayAlive);
  });
  const { ownerConnection, wasAdopted } = server;
  process.stdout.write(`${JSON.stringify({ ownerConnection, wasAdopted })}\n`);
} catch (error) {
  if (!(error instanceof DatabaseStartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 3;
}
