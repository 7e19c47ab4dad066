import { isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { isWebOrigin, title, wholeNumber } from "./value-schemas.ts";

type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";

/** Where the process listens and writes, and whose site it serves. */
export interface ServerSettings {
  readonly port: number;
  readonly host: string;
  /** Absolute folder of the embedded database, its key and its lock. */
  readonly dataDir: string;
  /** The address that visitors use, without a closing slash. With port 0 it names port 0. */
  readonly publicUrl: string;
  readonly logLevel: LogLevel;
  /** Proxies of ours between the visitor and this process. */
  readonly trustedProxyHops: number;
  readonly cityName: string;
  readonly authorityName: string;
  readonly fundCentreName: string;
  readonly isProduction: boolean;
}

const projectRoot = fileURLToPath(new URL("../../../", import.meta.url));

/** Their variables. */
export const serverVariables = z.object({
  NODE_ENV: z.string().optional(),
  PORT: wholeNumber(0, 65_535, "应为 0 到 65535 的整数，0 表示由系统选一个空闲端口").default(3000),
  HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:-]{1,255}$/, "应为本机的地址或主机名，例如 127.0.0.1 或 0.0.0.0")
    .default("127.0.0.1"),
  DATA_DIR: z.string().default("./data"),
  PUBLIC_URL: z
    .string()
    .refine(isWebOrigin, "应为以 http:// 或 https:// 开头的网站地址，不带路径")
    .transform((text) => new URL(text).origin)
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
});

/** Reads them; a relative DATA_DIR is below the project. */
export function serverSettings(read: z.infer<typeof serverVariables>): ServerSettings {
  return {
    port: read.PORT,
    host: read.HOST,
    dataDir: isAbsolute(read.DATA_DIR)
      ? resolve(read.DATA_DIR)
      : resolve(projectRoot, read.DATA_DIR),
    publicUrl: read.PUBLIC_URL ?? `http://localhost:${read.PORT}`,
    logLevel: read.LOG_LEVEL,
    trustedProxyHops: read.TRUSTED_PROXY_HOPS,
    cityName: read.CITY_NAME,
    authorityName: read.AUTHORITY_NAME,
    fundCentreName: read.FUND_CENTRE_NAME,
    isProduction: read.NODE_ENV === "production",
  };
}
