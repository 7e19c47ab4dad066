import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** What the fake finds in a file: the marker stands for a virus. */
export const VIRUS_MARKER = "X5O-NOT-A-VIRUS-BUT-A-MARKER-OF-THE-TESTS";

/** A server that speaks clamd's INSTREAM and does as it is told. */
export interface FakeClamd {
  address: { host: string; port: number } | { path: string };
  /** `silent` takes everything and answers nothing; `broken` answers with clamd's own error. */
  mood: "working" | "silent" | "broken";
  /** Sizes of the files it was sent. */
  received: number[];
  close(): Promise<void>;
}

/** Starts it, on a Unix socket when a path is given. */
export async function startFakeClamd(path?: string): Promise<FakeClamd> {
  const sockets = new Set<Socket>();
  const fake = { mood: "working", received: [] as number[] } as unknown as FakeClamd;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    let bytes = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk as Buffer]);
      const content = streamIn(bytes);
      if (content === null) return;
      fake.received.push(content.length);
      if (fake.mood === "silent") return;
      if (fake.mood === "broken") socket.end("INSTREAM size limit exceeded. ERROR\0");
      else
        socket.end(content.includes(VIRUS_MARKER) ? "stream: Eicar-Like FOUND\0" : "stream: OK\0");
    });
  });
  if (path === undefined) server.listen(0, "127.0.0.1");
  else server.listen(path);
  await once(server, "listening");
  fake.address =
    path === undefined
      ? { host: "127.0.0.1", port: (server.address() as AddressInfo).port }
      : { path };
  fake.close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return fake;
}

/** The content of a stream that has ended; null while it has not. */
function streamIn(bytes: Buffer): Buffer | null {
  const command = "zINSTREAM\0";
  if (!bytes.subarray(0, command.length).equals(Buffer.from(command))) return null;
  const pieces: Buffer[] = [];
  for (let at = command.length; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}
