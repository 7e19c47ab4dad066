import { connect, type Socket } from "node:net";

/** One answer as the load generator sees it; the body only to learn its length. */
export interface Answer {
  status: number;
  head: string;
  byteCount: number;
}

/** A closed loop: each client sends its next request when the answer to the last has come. */
export interface Load {
  url: URL;
  clients: number;
  seconds: number;
  /** The next whole request, headers and body, or null when the work is used up. */
  request: () => Buffer | null;
  /** Whether an answer counts as done; any other one ends the measurement with an error. */
  isDone: (answer: Answer) => boolean;
}

export interface LoadResult {
  /** Answers a second over all clients. */
  rate: number;
  /** Milliseconds of each answer, ascending. */
  latencies: number[];
}

/** Written out once and sent as it is, so that the client costs little beside the server. */
export function getRequest(url: URL, headers: Record<string, string> = {}): Buffer {
  return writeRequest("GET", url, headers, "");
}

/** A form as a browser would post it from a page of the same site. */
export function formRequest(
  url: URL,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Buffer {
  const body = new URLSearchParams(fields).toString();
  const type = "application/x-www-form-urlencoded";
  return writeRequest("POST", url, { "content-type": type, origin: url.origin, ...headers }, body);
}

function writeRequest(
  method: string,
  url: URL,
  headers: Record<string, string>,
  body: string,
): Buffer {
  const all = { host: url.host, "content-length": String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all)
    .filter(([name]) => method !== "GET" || name !== "content-length")
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(
    `${method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join("")}\r\n${body}`,
  );
}

/** Runs the load on as many keep-alive connections as there are clients. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const connections = await Promise.all(
    Array.from({ length: load.clients }, () => KeepAlive.open(load.url)),
  );
  const latencies: number[] = [];
  const began = performance.now();
  const deadline = began + load.seconds * 1000;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < deadline) {
        const request = load.request();
        if (request === null) return;
        const sent = performance.now();
        const answer = await connection.send(request);
        latencies.push(performance.now() - sent);
        if (!load.isDone(answer)) {
          throw new Error(`${load.url.pathname} answered ${answer.status}:\n${answer.head}`);
        }
      }
    }),
  );
  const elapsed = (performance.now() - began) / 1000;
  for (const connection of connections) connection.close();
  latencies.sort((a, b) => a - b);
  return { rate: latencies.length / elapsed, latencies };
}

/** One connection that asks and waits, reading just enough HTTP to know where an answer ends. */
class KeepAlive {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;

  static async open(url: URL): Promise<KeepAlive> {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    return new KeepAlive(socket);
  }

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => this.#take(chunk));
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("The server closed the connection.")));
  }

  send(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#waiting = null;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headEnd = this.#received.indexOf("\r\n\r\n");
    if (headEnd < 0) return;
    const head = this.#received.toString("latin1", 0, headEnd);
    if (!isComplete(head, this.#received, headEnd + 4)) return;
    const answer = {
      status: Number.parseInt(head.slice(9, 12), 10),
      head,
      byteCount: this.#received.length,
    };
    this.#received = Buffer.alloc(0);
    const { resolve } = this.#waiting ?? {};
    this.#waiting = null;
    resolve?.(answer);
  }

  #fail(error: Error): void {
    this.#waiting?.reject(error);
    this.#waiting = null;
  }
}

const LAST_CHUNK = Buffer.from("0\r\n\r\n");

function isComplete(head: string, received: Buffer, bodyStart: number): boolean {
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return received.length >= bodyStart + Number.parseInt(length, 10);
  if (!/^transfer-encoding: *chunked/im.test(head)) return true;
  return received.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK);
}
