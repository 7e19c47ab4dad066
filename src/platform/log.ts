import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";
import type { Config } from "./config.ts";

export type Log = Logger;

const HIDDEN = "[隐去]";

/** Fields that hold what belongs to a person or opens a door, by their exact name, case and _ ignored. */
const HIDDEN_FIELDS: ReadonlySet<string> = new Set([
  ...["name", "payername", "ownername", "applicantname", "contactname", "personname", "realname"],
  ...["phone", "payerphone", "ownerphone", "applicantphone", "contactphone", "mobile"],
  ...["document", "documentno", "documentnumber", "idnumber", "idno", "residentid"],
  ...["password", "passwordhash", "code", "captcha", "answer", "otp", "totp", "token", "secret"],
  ...["cookie", "setcookie", "authorization", "proxyauthorization", "datakey", "databaseurl"],
  ...["migrationdatabaseurl", "connectionstring", "parameters", "form", "body"],
]);

const RESIDENT_ID =
  /(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])/g;
const MOBILE = /(?<![0-9])1[3-9][0-9]{9}(?![0-9])/g;
/** The code of a slip, in an address that a message quotes. */
const SLIP_CODE = /([?&]code=)[^&\s"'<>\\]+/g;
const DEPTH_MAX = 6;
const ITEMS_MAX = 100;

/**
 * Makes the program's log: one JSON object a line on standard output. What belongs to a person never gets
 * in: fields of that kind are hidden by name at any depth, ID numbers and mobile numbers are cut out of
 * every text, and of a database error only what names no value is kept (its detail quotes rows).
 */
export function createLog(config: Pick<Config, "logLevel">, destination?: DestinationStream): Log {
  const options = {
    level: config.logLevel,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    // Errors are turned into plain objects below, before pino would copy all their fields.
    serializers: { err: (value: unknown) => value },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: object) => cleanFields(fields, 0),
    },
    hooks: { streamWrite: scrub },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function scrub(line: string): string {
  return line
    .replace(RESIDENT_ID, HIDDEN)
    .replace(MOBILE, HIDDEN)
    .replace(SLIP_CODE, `$1${HIDDEN}`);
}

function cleanFields(fields: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .slice(0, ITEMS_MAX)
      .map(([key, value]) => [key, isHidden(key) ? HIDDEN : clean(value, depth + 1)]),
  );
}

function isHidden(key: string): boolean {
  return HIDDEN_FIELDS.has(key.toLowerCase().replaceAll(/[_-]/g, ""));
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEPTH_MAX) return "[…]";
  if (value instanceof Error) return cleanError(value, depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => clean(item, depth + 1));
  return cleanFields(value, depth);
}

function cleanError(error: Error, depth: number): Record<string, unknown> {
  const { code, constraint, table, severity } = error as Error & Record<string, unknown>;
  // A database error quotes what it was given, as in: invalid input syntax for type date: "…".
  const isQuoting = severity !== undefined && error.message.includes(': "');
  const message = isQuoting ? error.message.replace(/: ".*/s, `: ${HIDDEN}`) : error.message;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message,
    errorCode: code,
    constraint,
    table,
    stack: frames.join("\n"),
    ...(error.cause === undefined ? {} : { cause: clean(error.cause, depth + 1) }),
  };
}
