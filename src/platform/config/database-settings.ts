import { z } from "zod";
import { onOrOff } from "./value-schemas.ts";

/** Where the data are, and whether they are a demonstration's. */
export interface DatabaseSettings {
  /** A PostgreSQL of the deployment; absent: the embedded one. */
  readonly databaseUrl?: string | undefined;
  /** Its owner's address, when `databaseUrl` names a login that may only become `fund_app`. */
  readonly migrationDatabaseUrl?: string | undefined;
  readonly isDemo: boolean;
  /** 32 bytes that encrypt personal data; absent: the file `data-key` in `dataDir`. */
  readonly dataKey?: Buffer | undefined;
}

const postgresAddress = z
  .string()
  .regex(
    /^postgres(ql)?:\/\/\S+$/,
    "应为 PostgreSQL 地址，形如 postgres://用户名:密码@主机:5432/数据库名",
  );

/** Their variables. */
export const databaseVariables = z.object({
  DATABASE_URL: postgresAddress.optional(),
  MIGRATION_DATABASE_URL: postgresAddress.optional(),
  DEMO: onOrOff.optional(),
  DATA_KEY: z
    .string()
    .regex(/^[0-9A-Fa-f]{64}$/, "应为 64 位十六进制字符（32 字节）")
    .transform((text) => Buffer.from(text, "hex"))
    .optional(),
});

type DatabaseVariables = z.infer<typeof databaseVariables>;

export const DATABASE_SECRETS = ["DATABASE_URL", "MIGRATION_DATABASE_URL", "DATA_KEY"] as const;

/** Reads them: without DATABASE_URL the demonstration is on, unless DEMO=off. */
export function databaseSettings(read: DatabaseVariables): DatabaseSettings {
  return {
    databaseUrl: read.DATABASE_URL,
    migrationDatabaseUrl: read.MIGRATION_DATABASE_URL,
    isDemo: read.DEMO === undefined ? read.DATABASE_URL === undefined : read.DEMO === "on",
    dataKey: read.DATA_KEY,
  };
}

/** What does not go together among them, as a sentence. */
export function databaseConflict(
  env: DatabaseVariables & { NODE_ENV?: string | undefined },
): string | undefined {
  const { isDemo } = databaseSettings(env);
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
  return undefined;
}
