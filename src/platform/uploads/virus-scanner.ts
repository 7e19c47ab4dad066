import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Bytes } from "./sealed-file.ts";

/** `unknown`: the scanner was away or did not answer, and nothing may be concluded. */
export type ScanVerdict = "clean" | "infected" | "unknown";

/** Where clamd listens: a Unix socket, or a host with a port. */
export type ScannerAddress = { path: string } | { host: string; port: number };

/** Looks for viruses in a file. */
export interface VirusScanner {
  scan(content: Bytes): Promise<ScanVerdict>;
}

const CONNECT_WITHIN_MS = 3_000;
const ANSWER_WITHIN_MS = 30_000;
const CHUNK_BYTES = 65_536;

/** Opens a scanner that asks clamd (INSTREAM). It fails closed: whatever is no clear answer is `unknown`. */
export function openVirusScanner(
  address: ScannerAddress,
  { answerWithinMs = ANSWER_WITHIN_MS } = {},
): VirusScanner {
  return {
    async scan(content) {
      const socket = connect(address);
      // The error that ends a connection is seen where it is waited for.
      socket.on("error", () => {});
      try {
        socket.setTimeout(CONNECT_WITHIN_MS, () =>
          socket.destroy(new Error("clamd does not answer")),
        );
        await once(socket, "connect");
        socket.setTimeout(answerWithinMs);
        const answer = readAnswer(socket);
        await Promise.race([sendStream(socket, content), answer]);
        return verdictOf(await answer);
      } catch {
        return "unknown";
      } finally {
        socket.destroy();
      }
    },
  };
}

async function sendStream(socket: Socket, content: Bytes): Promise<void> {
  await send(socket, Buffer.from("zINSTREAM\0"));
  for await (const piece of content) {
    for (let at = 0; at < piece.length; at += CHUNK_BYTES) {
      const chunk = piece.subarray(at, at + CHUNK_BYTES);
      await send(socket, Buffer.concat([lengthOf(chunk.length), chunk]));
    }
  }
  await send(socket, lengthOf(0));
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

function send(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) =>
    socket.write(bytes, (error) => (error ? reject(error) : resolve())),
  );
}

async function readAnswer(socket: Socket): Promise<string> {
  let text = "";
  for await (const chunk of socket) {
    text += String(chunk);
    if (text.includes("\0") || text.length > 4_096) break;
  }
  return text;
}

function verdictOf(answer: string): ScanVerdict {
  const line = answer.replace(/\0.*$/s, "").trim();
  if (/^stream: OK$/.test(line)) return "clean";
  return /^stream: .+ FOUND$/.test(line) ? "infected" : "unknown";
}
