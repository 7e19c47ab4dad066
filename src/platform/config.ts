import { isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { PasswordPolicy } from "./password-policy.ts";
import type { AliyunSmsSettings, TencentSmsSettings } from "./sms/cloud-settings.ts";
import type { S3Settings } from "./uploads/s3-store.ts";
import type { ScannerAddress } from "./uploads/virus-scanner.ts";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
export type DisclosurePolicy = "open" | "verified" | "login";

/** Everything that a deployment decides, read once at the start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute folder of the embedded database, its key and its lock. */
  readonly dataDir: string;
  /** A PostgreSQL of the deployment; absent: the embedded one. */
  readonly databaseUrl?: string | undefined;
  /** Its owner's address, when `databaseUrl` names a login that may only become `fund_app`. */
  readonly migrationDatabaseUrl?: string | undefined;
  readonly isDemo: boolean;
  /** The address that visitors use, without a closing slash. With port 0 it names port 0. */
  readonly publicUrl: string;
  /** 32 bytes that encrypt personal data; absent: the file `data-key` in `dataDir`. */
  readonly dataKey?: Buffer | undefined;
  readonly disclosurePolicy: DisclosurePolicy;
  readonly areRateLimitsOn: boolean;
  /** Where supporting documents are kept: the folder `documents` in `dataDir`, or a bucket. */
  readonly documentStore: "disk" | S3Settings;
  /** The virus scanner of the deployment; absent: documents are judged by their content alone. */
  readonly clamd?: ScannerAddress | undefined;
  readonly logLevel: LogLevel;
  /** Proxies of ours between the visitor and this process. */
  readonly trustedProxyHops: number;
  readonly cityName: string;
  readonly authorityName: string;
  readonly fundCentreName: string;
  /** The city's gateway for text messages; absent: none leave the house. */
  readonly smsGateway?: { readonly url: string; readonly token: string } | undefined;
  /** The cloud whose text messages the city uses instead. */
  readonly smsCloud?: AliyunSmsSettings | TencentSmsSettings | undefined;
  /** How many one-time codes leave the house in a day, whoever asks. */
  readonly smsCodesPerDay: number;
  /** Whether tellers give a one-time code after the password (decision 0006). */
  readonly areTellerCodesOn: boolean;
  /** What a new password has to be, for whoever sets one. */
  readonly passwordPolicy: PasswordPolicy;
  readonly isProduction: boolean;
}

/** The environment is wrong. The message says in Chinese which variable, and what it may be. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/** Values that are never repeated in a message or a log. */
const SECRETS: ReadonlySet<string> = new Set([
  "DATABASE_URL",
  "MIGRATION_DATABASE_URL",
  "DATA_KEY",
  "SMS_GATEWAY_URL",
  "SMS_GATEWAY_TOKEN",
  "SMS_ACCESS_KEY_ID",
  "SMS_ACCESS_KEY_SECRET",
  "SMS_ENDPOINT",
  "S3_ACCESS_KEY",
  "S3_SECRET_KEY",
]);

const onOrOff = z.enum(["on", "off"], "应为 on（开）或 off（关）");

function wholeNumber(from: number, to: number, hint: string) {
  return z
    .string()
    .regex(/^[0-9]{1,9}$/, hint)
    .transform(Number)
    .refine((n) => n >= from && n <= to, hint);
}

function keyText(hint: string) {
  return z.string().regex(/^[\x21-\x7E]{1,200}$/, hint);
}

function title(hint: string) {
  return z.string().trim().min(1, hint).max(40, hint);
}

function isWebOrigin(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === ""
  );
}

/** Codes go over it: in clear only where they do not leave the machine. */
function isGatewayAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return false;
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return url.protocol === "https:" || (url.protocol === "http:" && isHere);
}

function scannerAddress(text: string): ScannerAddress {
  if (text.startsWith("/")) return { path: text };
  const [host = "", port = ""] = text.split(":");
  return { host, port: Number(port) };
}

const postgresAddress = z
  .string()
  .regex(
    /^postgres(ql)?:\/\/\S+$/,
    "应为 PostgreSQL 地址，形如 postgres://用户名:密码@主机:5432/数据库名",
  );

const environment = z.object({
  NODE_ENV: z.string().optional(),
  PORT: wholeNumber(0, 65_535, "应为 0 到 65535 的整数，0 表示由系统选一个空闲端口").default(3000),
  HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:-]{1,255}$/, "应为本机的地址或主机名，例如 127.0.0.1 或 0.0.0.0")
    .default("127.0.0.1"),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: postgresAddress.optional(),
  MIGRATION_DATABASE_URL: postgresAddress.optional(),
  DEMO: onOrOff.optional(),
  PUBLIC_URL: z
    .string()
    .refine(isWebOrigin, "应为以 http:// 或 https:// 开头的网站地址，不带路径")
    .transform((text) => new URL(text).origin)
    .optional(),
  DATA_KEY: z
    .string()
    .regex(/^[0-9A-Fa-f]{64}$/, "应为 64 位十六进制字符（32 字节）")
    .transform((text) => Buffer.from(text, "hex"))
    .optional(),
  DISCLOSURE_POLICY: z
    .enum(
      ["open", "verified", "login"],
      "应为 open（公开）、verified（核验后可查）或 login（登录后可查）",
    )
    .default("open"),
  RATE_LIMITS: onOrOff.default("on"),
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
  LOG_LEVEL: z
    .enum(
      ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
      "应为 trace、debug、info、warn、error、fatal 或 silent",
    )
    .default("info"),
  TRUSTED_PROXY_HOPS: wholeNumber(0, 9, "应为 0 到 9 的整数，即本系统之前有几层自己的代理").default(
    0,
  ),
  CITY_NAME: title("应为 1 到 40 个字的城市名称").default("示例市"),
  AUTHORITY_NAME: title("应为 1 到 40 个字的主管部门名称").default("示例市住房和城乡建设局"),
  FUND_CENTRE_NAME: title("应为 1 到 40 个字的资金管理机构名称").default(
    "示例市物业专项维修资金管理中心",
  ),
  SMS_GATEWAY_URL: z
    .string()
    .refine(isGatewayAddress, "应为短信网关的地址，以 https:// 开头（本机的可以是 http://）")
    .optional(),
  SMS_GATEWAY_TOKEN: z
    .string()
    .regex(/^[\x21-\x7E]{8,500}$/, "应为短信网关的令牌，8 到 500 个字符，不含空格")
    .optional(),
  SMS_PROVIDER: z
    .enum(
      ["gateway", "aliyun", "tencent"],
      "应为 gateway（自有网关）、aliyun（阿里云）或 tencent（腾讯云）",
    )
    .default("gateway"),
  SMS_ENDPOINT: z
    .string()
    .refine(
      (text) => isWebOrigin(text) && isGatewayAddress(text),
      "应为短信服务的地址，以 https:// 开头（本机的可以是 http://），不带路径",
    )
    .transform((text) => new URL(text).origin)
    .optional(),
  SMS_ACCESS_KEY_ID: keyText("应为短信服务的密钥编号，不含空格").optional(),
  SMS_ACCESS_KEY_SECRET: keyText("应为短信服务的密钥，不含空格").optional(),
  SMS_SIGN_NAME: title("应为已审核通过的短信签名，不带【】").optional(),
  SMS_TEMPLATE_CODE: keyText("应为验证码模板的编号").optional(),
  SMS_TEMPLATE_NOTICE: keyText("应为通知模板的编号").optional(),
  SMS_APP_ID: z
    .string()
    .regex(/^[0-9]{4,20}$/, "应为腾讯云短信应用的 SdkAppId，是一串数字")
    .optional(),
  SMS_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, "应为地域代码，例如 ap-guangzhou")
    .optional(),
  TELLER_CODES: onOrOff.optional(),
  PASSWORD_POLICY: z
    .enum(["asvs", "dengbao"], "应为 asvs（长度与常见密码）或 dengbao（另要求三种字符、90 天更换）")
    .default("asvs"),
  PASSWORD_LENGTH_MIN: wholeNumber(8, 64, "应为 8 到 64 的整数").default(10),
  SMS_CODES_PER_DAY: wholeNumber(1, 1_000_000, "应为 1 到 1000000 的整数").default(2000),
});

type Environment = z.infer<typeof environment>;

function gatewayOf({ SMS_GATEWAY_URL: url, SMS_GATEWAY_TOKEN: token }: Environment) {
  return url === undefined || token === undefined ? undefined : { url, token };
}

const CLOUDS = {
  aliyun: { endpoint: "https://dysmsapi.aliyuncs.com", region: "cn-hangzhou" },
  tencent: { endpoint: "https://sms.tencentcloudapi.com", region: "ap-guangzhou" },
} as const;

function smsCloudOf(env: Environment): AliyunSmsSettings | TencentSmsSettings | undefined {
  const { SMS_PROVIDER: kind, SMS_ACCESS_KEY_ID: keyId, SMS_ACCESS_KEY_SECRET: keySecret } = env;
  const { SMS_SIGN_NAME: signName, SMS_TEMPLATE_CODE: code, SMS_TEMPLATE_NOTICE: notice } = env;
  if (kind === "gateway" || !keyId || !keySecret || !signName || !code || !notice) return undefined;
  const cloud = CLOUDS[kind];
  const settings = {
    ...{ keyId, keySecret, signName, templates: { code, notice } },
    endpoint: env.SMS_ENDPOINT ?? cloud.endpoint,
    region: env.SMS_REGION ?? cloud.region,
  };
  if (kind === "aliyun") return { kind, ...settings };
  return env.SMS_APP_ID === undefined ? undefined : { kind, appId: env.SMS_APP_ID, ...settings };
}

/** Rules that need more than one variable. Each answers with a sentence when it is broken. */
function conflictOf(env: Environment, isDemo: boolean): string | undefined {
  if (isDemo && env.NODE_ENV === "production") {
    return env.DEMO === "on"
      ? "DEMO=on 是演示模式，不能与 NODE_ENV=production 同时使用：请删去 DEMO，并设置 DATABASE_URL"
      : "NODE_ENV=production 时须设置 DATABASE_URL（否则会以演示模式启动）；确要用内置数据库，请设 DEMO=off";
  }
  if (env.MIGRATION_DATABASE_URL !== undefined && env.DATABASE_URL === undefined) {
    return "设置了 MIGRATION_DATABASE_URL，还须设置 DATABASE_URL";
  }
  if (env.DATABASE_URL !== undefined && !isDemo && env.DATA_KEY === undefined) {
    return "使用 DATABASE_URL 时须设置 DATA_KEY：64 位十六进制字符（32 字节），用来加密姓名、证件号码和手机号码，请妥善备份";
  }
  if ((env.SMS_GATEWAY_URL === undefined) !== (env.SMS_GATEWAY_TOKEN === undefined)) {
    return "SMS_GATEWAY_URL 和 SMS_GATEWAY_TOKEN 须同时设置";
  }
  if (env.SMS_PROVIDER !== "gateway" && smsCloudOf(env) === undefined) {
    const more = env.SMS_PROVIDER === "tencent" ? "、SMS_APP_ID" : "";
    return `SMS_PROVIDER=${env.SMS_PROVIDER} 时须设置 SMS_ACCESS_KEY_ID、SMS_ACCESS_KEY_SECRET、SMS_SIGN_NAME、SMS_TEMPLATE_CODE、SMS_TEMPLATE_NOTICE${more}`;
  }
  if (env.SMS_PROVIDER !== "gateway" && env.SMS_GATEWAY_URL !== undefined) {
    return `SMS_PROVIDER=${env.SMS_PROVIDER} 时不用 SMS_GATEWAY_URL 和 SMS_GATEWAY_TOKEN：请删去它们`;
  }
  if (env.RATE_LIMITS === "off" && !isDemo) {
    return "RATE_LIMITS=off 只能在演示模式（DEMO=on）下使用";
  }
  if (env.DOCUMENT_STORE === "s3" && s3Settings(env) === undefined) {
    return "DOCUMENT_STORE=s3 时须设置 S3_ENDPOINT、S3_BUCKET、S3_REGION、S3_ACCESS_KEY 和 S3_SECRET_KEY";
  }
  return undefined;
}

function s3Settings(env: Environment): S3Settings | undefined {
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

function sentenceOf(issue: z.core.$ZodIssue, sent: Record<string, unknown>): string {
  const name = String(issue.path[0]);
  const shown = SECRETS.has(name) ? "" : `“${String(sent[name]).slice(0, 60)}”`;
  return `环境变量 ${name} 的值${shown}不正确：${issue.message}`;
}

/**
 * Reads the deployment's settings from the environment. An empty variable counts as unset. Without
 * DATABASE_URL the demonstration is on, unless DEMO=off; production refuses it. Throws ConfigError with
 * a Chinese sentence for each wrong variable, never repeating a secret.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const sent = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = environment.safeParse(sent);
  if (!parsed.success) {
    const byVariable = new Map(parsed.error.issues.map((issue) => [issue.path[0], issue]));
    throw new ConfigError([...byVariable.values()].map((i) => sentenceOf(i, sent)).join("；\n"));
  }
  const read = parsed.data;
  const isDemo = read.DEMO === undefined ? read.DATABASE_URL === undefined : read.DEMO === "on";
  const conflict = conflictOf(read, isDemo);
  if (conflict !== undefined) throw new ConfigError(conflict);
  return {
    port: read.PORT,
    host: read.HOST,
    dataDir: isAbsolute(read.DATA_DIR)
      ? resolve(read.DATA_DIR)
      : resolve(projectRoot, read.DATA_DIR),
    databaseUrl: read.DATABASE_URL,
    migrationDatabaseUrl: read.MIGRATION_DATABASE_URL,
    isDemo,
    publicUrl: read.PUBLIC_URL ?? `http://localhost:${read.PORT}`,
    dataKey: read.DATA_KEY,
    disclosurePolicy: read.DISCLOSURE_POLICY,
    areRateLimitsOn: read.RATE_LIMITS === "on",
    documentStore: (read.DOCUMENT_STORE === "s3" ? s3Settings(read) : undefined) ?? "disk",
    clamd: read.CLAMD_ADDRESS,
    logLevel: read.LOG_LEVEL,
    trustedProxyHops: read.TRUSTED_PROXY_HOPS,
    cityName: read.CITY_NAME,
    authorityName: read.AUTHORITY_NAME,
    fundCentreName: read.FUND_CENTRE_NAME,
    smsGateway: gatewayOf(read),
    smsCloud: smsCloudOf(read),
    smsCodesPerDay: read.SMS_CODES_PER_DAY,
    areTellerCodesOn: read.TELLER_CODES === undefined ? !isDemo : read.TELLER_CODES === "on",
    passwordPolicy: { kind: read.PASSWORD_POLICY, lengthMin: read.PASSWORD_LENGTH_MIN },
    isProduction: read.NODE_ENV === "production",
  };
}
