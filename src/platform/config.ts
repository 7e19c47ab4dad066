import { z } from "zod";
import {
  type AccessSettings,
  accessConflict,
  accessSettings,
  accessVariables,
} from "./config/access-settings.ts";
import {
  DATABASE_SECRETS,
  type DatabaseSettings,
  databaseConflict,
  databaseSettings,
  databaseVariables,
} from "./config/database-settings.ts";
import {
  DOCUMENT_SECRETS,
  type DocumentSettings,
  documentConflict,
  documentSettings,
  documentVariables,
} from "./config/document-settings.ts";
import { type ServerSettings, serverSettings, serverVariables } from "./config/server-settings.ts";
import {
  SMS_SECRETS,
  type SmsSettings,
  smsConflict,
  smsSettings,
  smsVariables,
} from "./config/sms-settings.ts";

/** Everything that a deployment decides, read once at the start. */
export interface Config
  extends ServerSettings,
    DatabaseSettings,
    AccessSettings,
    DocumentSettings,
    SmsSettings {}

export type DisclosurePolicy = Config["disclosurePolicy"];

/** The environment is wrong. The message says in Chinese which variable, and what it may be. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Values that are never repeated in a message or a log. */
const SECRETS: ReadonlySet<string> = new Set([
  ...DATABASE_SECRETS,
  ...DOCUMENT_SECRETS,
  ...SMS_SECRETS,
]);

const environment = z.object({
  ...serverVariables.shape,
  ...databaseVariables.shape,
  ...accessVariables.shape,
  ...documentVariables.shape,
  ...smsVariables.shape,
});

type Environment = z.infer<typeof environment>;

/** Rules that need more than one variable. Answers with the sentence of the first that is broken. */
function conflictOf(env: Environment, isDemo: boolean): string | undefined {
  return (
    databaseConflict(env) ??
    smsConflict(env) ??
    accessConflict(env, isDemo) ??
    documentConflict(env)
  );
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
  const database = databaseSettings(read);
  const { isDemo } = database;
  const conflict = conflictOf(read, isDemo);
  if (conflict !== undefined) throw new ConfigError(conflict);
  return {
    ...serverSettings(read),
    ...database,
    ...accessSettings(read, isDemo),
    ...documentSettings(read),
    ...smsSettings(read),
  };
}
