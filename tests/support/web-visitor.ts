import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";

/** What came back, as it came: nothing is followed, nothing is decoded but UTF-8. */
export interface WebAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  bytes: Buffer;
}

/** What a form sends; pairs instead of an object can hold a field twice. */
export type Fields = Readonly<Record<string, string>> | readonly (readonly [string, string])[];

/** A browser without a window: it keeps its cookies and asks exactly for what it is told. */
export interface WebVisitor {
  /** Name to value, as the server last set them. */
  cookies: Map<string, string>;
  /** `path` goes onto the wire as it is: nothing is resolved, encoded or shortened. */
  get(path: string, headers?: OutgoingHttpHeaders): Promise<WebAnswer>;
  /** Posts a form as a browser encodes it. */
  post(path: string, fields: Fields, headers?: OutgoingHttpHeaders): Promise<WebAnswer>;
  send(
    method: string,
    path: string,
    headers?: OutgoingHttpHeaders,
    body?: Buffer | string,
  ): Promise<WebAnswer>;
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** Comes to a system as a new visitor without cookies. */
export function newWebVisitor(baseUrl: string): WebVisitor {
  const cookies = new Map<string, string>();
  const send: WebVisitor["send"] = async (method, path, headers = {}, body = "") => {
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const sent = { ...(jar === "" ? {} : { cookie: jar }), ...headers };
    const answer = await ask(baseUrl, { method, path, headers: sent }, body);
    for (const line of answer.headers["set-cookie"] ?? []) keep(cookies, line);
    return answer;
  };
  return {
    cookies,
    send,
    get: (path, headers) => send("GET", path, headers),
    post: (path, fields, headers) =>
      send("POST", path, { ...FORM, ...headers }, new URLSearchParams(pairsOf(fields)).toString()),
  };
}

function pairsOf(fields: Fields): [string, string][] {
  const pairs = Array.isArray(fields) ? fields : Object.entries(fields);
  return pairs.map(([name, value]: readonly [string, string]) => [name, value]);
}

function keep(cookies: Map<string, string>, line: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (/;\s*max-age=0/i.test(line)) cookies.delete(name);
  else cookies.set(name, value);
}

function ask(
  baseUrl: string,
  about: { method: string; path: string; headers: OutgoingHttpHeaders },
  body: Buffer | string,
): Promise<WebAnswer> {
  const { hostname, port } = new URL(baseUrl);
  const hasBody = about.method !== "GET" && about.method !== "HEAD";
  const length = hasBody ? { "content-length": Buffer.byteLength(body) } : {};
  const { promise, resolve, reject } = Promise.withResolvers<WebAnswer>();
  const asking = request(
    { hostname, port, ...about, headers: { ...length, ...about.headers }, agent: false },
    (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const bytes = Buffer.concat(chunks);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, bytes, text: bytes.toString("utf8") });
      });
    },
  );
  asking.on("error", reject);
  asking.end(hasBody ? body : undefined);
  return promise;
}
