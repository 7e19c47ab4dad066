import { randomBytes, randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { Db, Tx } from "./database/client.ts";
import type { PersonalData } from "./personal-data.ts";
import { countCodesSent, queueCodeSms } from "./sms/outbox.ts";

const DIGITS = 6;
const LIFE_MS = 5 * 60_000;
const TRIES_MAX = 5;
/** A phone is sent at most one code in this time. */
export const RESEND_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PER_HOUR = 5;
const PER_DAY = 10;
/** A phone network puts thousands behind one address; a machine that wants codes has no end. */
const PER_ADDRESS_AND_DAY = 200;

/** What a code opens, and for which browser. */
export interface CodeBinding {
  purpose: string;
  subject: string;
  browserHash: Buffer;
}

/** Somebody asks for a code to be sent to a phone. */
export interface CodeRequest extends CodeBinding {
  /** As typed, in its canonical form. */
  phone: string;
  /** Of the visit that asks. */
  addressHash: Buffer;
  /** Whether it is the phone that may open the subject. A code to another is never made. */
  isRightPhone: boolean;
  /** The message; {code} stands for the code. */
  text: string;
  now: Date;
  /** How many codes leave the house in a day, whoever asks. */
  dailyCap: number;
}

/** What came of asking. `sent` says nothing about whether the phone was the right one. */
export type CodeOutcome =
  | { kind: "sent" }
  | { kind: "too-often"; retryAfterSeconds: number }
  | { kind: "capped" };

/**
 * Makes a six-digit code for one phone, purpose, subject and browser, and queues its message in the same
 * transaction. It lives five minutes and replaces the one before. A phone gets one a minute, five an hour
 * and ten a day, an address two hundred a day. For a phone that is not the right one the same happens, but for the message: answer, limits
 * and statements are the same.
 */
export async function sendOneTimeCode(
  tx: Tx,
  personalData: PersonalData,
  request: CodeRequest,
): Promise<CodeOutcome> {
  const { purpose, subject, browserHash, addressHash, now } = request;
  const phoneHash = personalData.hash("phone", request.phone);
  // Requests for one phone are judged one after the other, and so are those of one browser and one address.
  for (const hash of [phoneHash, browserHash, addressHash]) {
    await sql`select pg_advisory_xact_lock(${hash.readBigInt64BE(0)}::bigint)`.execute(tx);
  }
  const retryAfterMs = await waitOf(tx, phoneHash, now);
  if (retryAfterMs > 0) {
    return { kind: "too-often", retryAfterSeconds: Math.ceil(retryAfterMs / 1000) };
  }
  const since = new Date(now.getTime() - DAY_MS);
  if ((await countCodesSent(tx, since)) >= request.dailyCap) return { kind: "capped" };
  if ((await countOfAddress(tx, addressHash, since)) >= PER_ADDRESS_AND_DAY) {
    return { kind: "capped" };
  }
  const id = randomUUID();
  const code = randomInt(10 ** DIGITS)
    .toString()
    .padStart(DIGITS, "0");
  const expiresAt = new Date(now.getTime() + LIFE_MS);
  await endActive(tx, request);
  await tx
    .insertInto("one_time_code")
    .values({
      id,
      purpose,
      subject,
      browser_hash: browserHash,
      phone_hash: phoneHash,
      address_hash: addressHash,
      code_hash: request.isRightPhone ? hashCode(personalData, id, code) : randomBytes(32),
      created_at: now,
      expires_at: expiresAt,
    })
    .execute();
  const message = { text: request.text, phone: request.phone, code, now, notAfter: expiresAt };
  await queueCodeSms(tx, personalData, message, request.isRightPhone);
  return { kind: "sent" };
}

/** In how many milliseconds a phone may be sent the next code; 0 for now. */
async function waitOf(tx: Tx, phoneHash: Buffer, now: Date): Promise<number> {
  const rows = await tx
    .selectFrom("one_time_code")
    .select("created_at")
    .where("phone_hash", "=", phoneHash)
    .where("created_at", ">", new Date(now.getTime() - DAY_MS))
    .orderBy("created_at", "desc")
    .limit(PER_DAY)
    .execute();
  const ages = rows.map((row) => now.getTime() - row.created_at.getTime());
  const waits = [
    RESEND_MS - (ages[0] ?? RESEND_MS),
    HOUR_MS - (ages[PER_HOUR - 1] ?? HOUR_MS),
    DAY_MS - (ages[PER_DAY - 1] ?? DAY_MS),
  ];
  return Math.max(0, ...waits);
}

async function countOfAddress(tx: Tx, addressHash: Buffer, since: Date): Promise<number> {
  const { sent } = await tx
    .selectFrom("one_time_code")
    .select((eb) => sql<number>`${eb.fn.countAll()}::int`.as("sent"))
    .where("address_hash", "=", addressHash)
    .where("created_at", ">", since)
    .executeTakeFirstOrThrow();
  return sent;
}

async function endActive(tx: Tx, { purpose, subject, browserHash, now }: CodeRequest) {
  await tx
    .updateTable("one_time_code")
    .set({ ended_at: now })
    .where("purpose", "=", purpose)
    .where("subject", "=", subject)
    .where("browser_hash", "=", browserHash)
    .where("ended_at", "is", null)
    .execute();
}

/** What came of a typed code: `ended` when there is none that could still be right. */
export type CodeTry = "right" | "wrong" | "ended";

/**
 * Compares a typed code with the one that waits for this purpose, subject and browser. Every comparison is
 * counted before it is made, so that of any number of guesses at once five are compared; of two right ones
 * at once one opens. Not to be called in a transaction that may be rolled back: the count has to stay.
 */
export async function tryOneTimeCode(
  db: Db,
  personalData: PersonalData,
  attempt: CodeBinding & { code: string; now: Date },
): Promise<CodeTry> {
  const counted = await db
    .updateTable("one_time_code")
    .set((eb) => ({ tries: eb("tries", "+", 1) }))
    .where("purpose", "=", attempt.purpose)
    .where("subject", "=", attempt.subject)
    .where("browser_hash", "=", attempt.browserHash)
    .where("ended_at", "is", null)
    .where("tries", "<", TRIES_MAX)
    .where("expires_at", ">", attempt.now)
    .returning(["id", "code_hash"])
    .executeTakeFirst();
  if (counted === undefined) return "ended";
  const typed = hashCode(personalData, counted.id, attempt.code);
  if (!timingSafeEqual(counted.code_hash, typed)) return "wrong";
  const used = await db
    .updateTable("one_time_code")
    .set({ ended_at: attempt.now })
    .where("id", "=", counted.id)
    .where("ended_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return used === undefined ? "ended" : "right";
}

/** When the code was sent that could still be right for this purpose, subject and browser; null where there is none. */
export async function findWaitingCode(
  db: Db,
  binding: CodeBinding & { now: Date },
): Promise<Date | null> {
  const row = await db
    .selectFrom("one_time_code")
    .select("created_at")
    .where("purpose", "=", binding.purpose)
    .where("subject", "=", binding.subject)
    .where("browser_hash", "=", binding.browserHash)
    .where("ended_at", "is", null)
    .where("tries", "<", TRIES_MAX)
    .where("expires_at", ">", binding.now)
    .executeTakeFirst();
  return row?.created_at ?? null;
}

/** Removes codes that no limit counts any more. */
export async function sweepOneTimeCodes(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - DAY_MS);
  await db.deleteFrom("one_time_code").where("created_at", "<", before).execute();
}

function hashCode(personalData: PersonalData, id: string, code: string): Buffer {
  return personalData.hash("one-time-code", `${id} ${code}`);
}
