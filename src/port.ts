import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Config } from "#src/platform/config.ts";

/** A long address line typed in full, with room to spare; Node's own 16 KiB would cut it without a word. */
const HEADER_BYTES_MAX = 131_072;

/** Answers a request; while the system starts, another one than afterwards. */
export type Handle = (request: Request, env: object) => Response | Promise<Response>;

/** Makes the server that hands each request to whatever answers at that moment. It does not listen yet. */
export function createPort(currentHandle: () => Handle): Server {
  return createAdaptorServer({
    fetch: (request, env) => currentHandle()(request, env),
    createServer,
    serverOptions: { maxHeaderSize: HEADER_BYTES_MAX },
  }) as Server;
}

/** Listens, and answers with the port: the system's choice where the settings say 0. Throws PortTaken. */
export async function listen(server: Server, config: Config): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new PortTaken(config, error.code ?? "")),
    );
    server.listen(config.port, config.host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** The port belongs to another program, or the address is not ours to listen on. The message is for the operator. */
export class PortTaken extends Error {
  constructor(config: Pick<Config, "host" | "port">, code: string) {
    super(
      code === "EADDRINUSE"
        ? `端口 ${config.port} 已被占用：请停掉占用它的程序，或设置 PORT 换一个端口`
        : `不能在 HOST=${config.host}、PORT=${config.port} 上监听（${code}）：请检查这两个环境变量，1024 以下的端口要有权限`,
    );
  }
}

/** Long enough for a slip to be printed and a confirmation to be booked. */
const FINISH_WITHIN_MS = 8_000;

/** Takes no new connection, lets open requests finish, and cuts those that take too long. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS);
  await closed;
  clearTimeout(timer);
}
