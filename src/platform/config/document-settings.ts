import { z } from "zod";
import type { S3Settings } from "../uploads/s3-store.ts";
import type { ScannerAddress } from "../uploads/virus-scanner.ts";
import { isWebOrigin } from "./value-schemas.ts";

/** Where supporting documents are kept and looked through. */
export interface DocumentSettings {
  /** Where supporting documents are kept: the folder `documents` in `dataDir`, or a bucket. */
  readonly documentStore: "disk" | S3Settings;
  /** The virus scanner of the deployment; absent: documents are judged by their content alone. */
  readonly clamd?: ScannerAddress | undefined;
}

function scannerAddress(text: string): ScannerAddress {
  if (text.startsWith("/")) return { path: text };
  const [host = "", port = ""] = text.split(":");
  return { host, port: Number(port) };
}

/** Their variables. */
export const documentVariables = z.object({
  DOCUMENT_STORE: z
    .enum(["disk", "s3"], "应为 disk（本机磁盘）或 s3（S3 兼容的对象存储）")
    .default("disk"),
  S3_ENDPOINT: z
    .string()
    .refine(isWebOrigin, "应为对象存储的地址，以 http:// 或 https:// 开头，不带路径")
    .transform((text) => new URL(text).origin)
    .optional(),
  S3_BUCKET: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      "应为存储桶的名称：3 到 63 个小写字母、数字、点或横线",
    )
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, "应为区域代码，例如 cn-north-1")
    .optional(),
  S3_ACCESS_KEY: z
    .string()
    .regex(/^\S{1,200}$/, "应为不含空格的访问密钥编号")
    .optional(),
  S3_SECRET_KEY: z
    .string()
    .regex(/^\S{1,200}$/, "应为不含空格的访问密钥")
    .optional(),
  CLAMD_ADDRESS: z
    .string()
    .regex(
      /^(\/\S+|[0-9A-Za-z.-]{1,255}:[0-9]{1,5})$/,
      "应为 clamd 的地址：主机:端口（例如 127.0.0.1:3310），或 Unix 套接字的绝对路径",
    )
    .transform(scannerAddress)
    .optional(),
});

type DocumentVariables = z.infer<typeof documentVariables>;

export const DOCUMENT_SECRETS = ["S3_ACCESS_KEY", "S3_SECRET_KEY"] as const;

/** Reads them. */
export function documentSettings(read: DocumentVariables): DocumentSettings {
  return {
    documentStore: (read.DOCUMENT_STORE === "s3" ? s3Settings(read) : undefined) ?? "disk",
    clamd: read.CLAMD_ADDRESS,
  };
}

function s3Settings(env: DocumentVariables): S3Settings | undefined {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY, S3_SECRET_KEY } = env;
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_REGION || !S3_ACCESS_KEY || !S3_SECRET_KEY)
    return undefined;
  return {
    endpoint: S3_ENDPOINT,
    bucket: S3_BUCKET,
    region: S3_REGION,
    accessKey: S3_ACCESS_KEY,
    secretKey: S3_SECRET_KEY,
  };
}

/** What does not go together among them, as a sentence. */
export function documentConflict(env: DocumentVariables): string | undefined {
  if (env.DOCUMENT_STORE === "s3" && s3Settings(env) === undefined) {
    return "DOCUMENT_STORE=s3 时须设置 S3_ENDPOINT、S3_BUCKET、S3_REGION、S3_ACCESS_KEY 和 S3_SECRET_KEY";
  }
  return undefined;
}
