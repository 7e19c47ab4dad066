import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { Clock } from "#src/kernel/clock.ts";
import type { Db, Tx } from "../database/client.ts";
import { drawCaptcha, type RandomInt } from "./draw-captcha.ts";
import { makeSum } from "./make-sum.ts";
import { readAnswer } from "./read-answer.ts";

const LIFE_MS = 5 * 60_000;
/** Several tabs may wait; an older challenge than these is forgotten. */
const LIVE_PER_BROWSER = 5;
const ID_FORM = /^[A-Za-z0-9_-]{43}$/;

/** A challenge as a page shows it; the id goes into a hidden field. */
export interface CaptchaChallenge {
  id: string;
  /** 640 × 220, to be shown at half that size. */
  png: Buffer;
}

export interface Captcha {
  /**
   * Makes a challenge for one purpose ("sign-in", "fund-detail") and one browser. It lives five minutes; a
   * browser has at most five alive, a sixth drops its oldest.
   */
  issue(purpose: string, browserHash: Buffer): Promise<CaptchaChallenge>;
  /**
   * Tells whether the typed answer is right for this challenge, purpose and browser. Whatever the outcome,
   * also for an empty answer, the challenge is used up.
   */
  check(id: string, answer: string, purpose: string, browserHash: Buffer): Promise<boolean>;
}

export interface CaptchaDependencies {
  db: Db;
  clock: Clock;
  /** Draws whole numbers below a maximum that nobody can guess: `randomInt` of node:crypto. */
  random: RandomInt;
  /** In demonstrations the answer is shown in the outbox as well, under the challenge's id. */
  isDemo: boolean;
}

/**
 * Opens the captcha on a database. What is stored gives no answer away: the id is stored as its hash, and the
 * answer as a code keyed with that id, which only the browser knows.
 */
export function createCaptcha(deps: CaptchaDependencies): Captcha {
  return {
    issue: (purpose, browserHash) => issue(deps, purpose, browserHash),
    check: (id, answer, purpose, browserHash) => check(deps, id, answer, purpose, browserHash),
  };
}

async function issue(
  deps: CaptchaDependencies,
  purpose: string,
  browserHash: Buffer,
): Promise<CaptchaChallenge> {
  const id = randomBytes(32).toString("base64url");
  const sum = makeSum(deps.random);
  const now = deps.clock();
  const png = await drawCaptcha(sum.words, deps.random);
  await deps.db.transaction().execute(async (tx) => {
    await removeOld(tx, browserHash, now);
    const row = {
      id_hash: hashId(id),
      purpose,
      browser_hash: browserHash,
      answer_hash: hashAnswer(id, sum.answer),
      created_at: now,
      expires_at: new Date(now.getTime() + LIFE_MS),
    };
    await tx.insertInto("captcha_challenge").values(row).execute();
    if (deps.isDemo) await showInOutbox(tx, id, sum.answer, sum.words, now);
  });
  return { id, png };
}

/** Makes room for one more; one browser's issues wait for each other, so that the count is exact. */
async function removeOld(tx: Tx, browserHash: Buffer, now: Date): Promise<void> {
  const lock = browserHash.length >= 8 ? browserHash.readBigInt64BE(0) : 0n;
  await sql`select pg_advisory_xact_lock(${lock}::bigint)`.execute(tx);
  await tx.deleteFrom("captcha_challenge").where("expires_at", "<=", now).execute();
  const keep = tx
    .selectFrom("captcha_challenge")
    .select("id_hash")
    .where("browser_hash", "=", browserHash)
    .orderBy("created_at", "desc")
    .limit(LIVE_PER_BROWSER - 1);
  await tx
    .deleteFrom("captcha_challenge")
    .where("browser_hash", "=", browserHash)
    .where("id_hash", "not in", keep)
    .execute();
}

async function showInOutbox(
  tx: Tx,
  id: string,
  answer: number,
  words: string,
  at: Date,
): Promise<void> {
  const row = { kind: "captcha" as const, recipient: id, code: String(answer), body: words, at };
  await tx.insertInto("demo_outbox").values(row).execute();
}

async function check(
  deps: CaptchaDependencies,
  id: string,
  answer: string,
  purpose: string,
  browserHash: Buffer,
): Promise<boolean> {
  if (!ID_FORM.test(id)) return false;
  const found = await deps.db
    .deleteFrom("captcha_challenge")
    .where("id_hash", "=", hashId(id))
    .returning(["purpose", "browser_hash", "answer_hash", "expires_at"])
    .executeTakeFirst();
  const typed = readAnswer(answer);
  if (!found || typed === null) return false;
  return (
    found.purpose === purpose &&
    found.browser_hash.equals(browserHash) &&
    found.expires_at > deps.clock() &&
    timingSafeEqual(found.answer_hash, hashAnswer(id, typed))
  );
}

function hashId(id: string): Buffer {
  return createHash("sha256").update(id).digest();
}

function hashAnswer(id: string, answer: number): Buffer {
  return createHmac("sha256", id).update(String(answer)).digest();
}
