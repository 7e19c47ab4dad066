import { createHash } from "node:crypto";
import { AwsClient } from "aws4fetch";
import { Unavailable } from "../http/errors.ts";
import { FileMissing, type FileStore, type StoredFile } from "./file-store.ts";

/** An S3-compatible store of the deployment. */
export interface S3Settings {
  /** https://s3.example, without the bucket. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKey: string;
  secretKey: string;
}

const ANSWER_WITHIN_MS = 30_000;
const RETRIES = 2;

/**
 * Keeps files in a bucket. A put is whole or not at all; each is signed with the hash of its content, so
 * that nothing on the way changes it unnoticed. A file has at most some ten megabytes and is held in memory
 * for the moment of its put.
 */
export function openS3Store(settings: S3Settings): FileStore {
  const client = new AwsClient({
    accessKeyId: settings.accessKey,
    secretAccessKey: settings.secretKey,
    region: settings.region,
    service: "s3",
    retries: RETRIES,
  });
  const base = `${settings.endpoint.replace(/\/$/, "")}/${encodeURIComponent(settings.bucket)}`;
  const call = async (method: string, address: string, body = Buffer.alloc(0)) => {
    const hash = createHash("sha256").update(body).digest("hex");
    const response = await client
      .fetch(address, {
        method,
        headers: { "x-amz-content-sha256": hash },
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        ...(method === "PUT" ? { body: new Uint8Array(body) } : {}),
      })
      .catch((cause: unknown) => {
        throw new Unavailable(`the document store gave no answer to ${method}`, { cause });
      });
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status === 404) return null;
    throw new Unavailable(`the document store answered ${response.status} to ${method}`);
  };
  return {
    async keep(key, content) {
      const pieces: Uint8Array[] = [];
      for await (const piece of content) pieces.push(piece);
      const kept = await call("PUT", `${base}/${key}`, Buffer.concat(pieces));
      if (kept === null) throw new Error("the document store has no such bucket");
      await kept.body?.cancel();
    },
    async read(key) {
      const response = await call("GET", `${base}/${key}`);
      if (response?.body == null) throw new FileMissing(key);
      return response.body;
    },
    async remove(key) {
      const response = await call("DELETE", `${base}/${key}`);
      await response?.body?.cancel();
    },
    async list(day) {
      const files: StoredFile[] = [];
      let token = "";
      do {
        const query = new URLSearchParams({ "list-type": "2", prefix: `${day}/` });
        if (token !== "") query.set("continuation-token", token);
        const text = (await (await call("GET", `${base}?${query}`))?.text()) ?? "";
        files.push(...filesIn(text));
        token = textOf(text, "NextContinuationToken");
      } while (token !== "");
      return files;
    },
  };
}

function filesIn(listing: string): StoredFile[] {
  return [...listing.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, entry = ""]) => ({
    key: textOf(entry, "Key"),
    storedAt: new Date(textOf(entry, "LastModified")),
  }));
}

/** The text of an element; our keys and S3's own tokens hold nothing that XML would escape but &amp;. */
function textOf(xml: string, element: string): string {
  const found = new RegExp(`<${element}>(.*?)</${element}>`, "s").exec(xml)?.[1] ?? "";
  return found.replaceAll("&amp;", "&");
}
