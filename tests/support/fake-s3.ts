import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { S3Settings } from "#src/platform/uploads/s3-store.ts";

/** A store that speaks as much S3 as ours needs, on this machine alone, and believes no wrong signature. */
export interface FakeS3 {
  settings: S3Settings;
  objects: Map<string, Buffer>;
  /** How many listings fit in one page. */
  pageSize: number;
  /** When a listing says that files were stored. */
  storedAt: () => Date;
  /** What it answered, newest last. */
  statuses: number[];
  close(): Promise<void>;
}

/** Starts it with one bucket. */
export async function startFakeS3(): Promise<FakeS3> {
  const fake = {
    objects: new Map(),
    pageSize: 1_000,
    storedAt: () => new Date("2026-11-23T02:42:00.000Z"),
    statuses: [] as number[],
  } as unknown as FakeS3;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    answer(fake, request, Buffer.concat(chunks), response);
    fake.statuses.push(response.statusCode);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  fake.settings = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket: "documents",
    region: "cn-north-1",
    accessKey: "EXAMPLEKEY",
    secretKey: "example-secret",
  };
  fake.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return fake;
}

function answer(fake: FakeS3, request: IncomingMessage, body: Buffer, response: ServerResponse) {
  const url = new URL(request.url ?? "/", "http://s3");
  const end = (status: number, content: Buffer | string = "") => {
    response.statusCode = status;
    response.end(content);
  };
  if (!isSigned(fake.settings, request, url, body)) return end(403, "SignatureDoesNotMatch");
  const [, bucket, ...rest] = url.pathname.split("/");
  const key = rest.join("/");
  if (bucket !== fake.settings.bucket) return end(404, "NoSuchBucket");
  if (request.method === "GET" && key === "") return end(200, listing(fake, url.searchParams));
  if (request.method === "PUT") {
    fake.objects.set(key, body);
    return end(200);
  }
  if (request.method === "DELETE") {
    fake.objects.delete(key);
    return end(204);
  }
  const found = fake.objects.get(key);
  return found === undefined ? end(404, "NoSuchKey") : end(200, found);
}

function listing(fake: FakeS3, query: URLSearchParams): string {
  const keys = [...fake.objects.keys()].filter((key) => key.startsWith(query.get("prefix") ?? ""));
  const from = Number(query.get("continuation-token") ?? 0);
  const page = keys.sort().slice(from, from + fake.pageSize);
  const next = from + fake.pageSize;
  const entries = page.map(
    (key) =>
      `<Contents><Key>${key}</Key><LastModified>${fake.storedAt().toISOString()}</LastModified></Contents>`,
  );
  const more =
    next < keys.length
      ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${next}</NextContinuationToken>`
      : "<IsTruncated>false</IsTruncated>";
  return `<?xml version="1.0"?><ListBucketResult>${more}${entries.join("")}</ListBucketResult>`;
}

/** AWS Signature Version 4, reckoned anew from what arrived. */
function isSigned(settings: S3Settings, request: IncomingMessage, url: URL, body: Buffer): boolean {
  const given = String(request.headers.authorization ?? "");
  const [, scope = "", names = "", signature = ""] =
    /Credential=[^/]+\/(\S+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})/.exec(given) ?? [];
  const [date = "", region = "", service = ""] = scope.split("/");
  const hash = createHash("sha256").update(body).digest("hex");
  if (request.headers["x-amz-content-sha256"] !== hash) return false;
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join("&");
  const headers = names
    .split(";")
    .map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, url.pathname, query, headers.join(""), names, hash].join("\n");
  const digest = createHash("sha256").update(canonical).digest("hex");
  const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, digest].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    Buffer.from(`AWS4${settings.secretKey}`),
  );
  const isScope = region === settings.region && service === "s3";
  return isScope && createHmac("sha256", key).update(toSign).digest("hex") === signature;
}
