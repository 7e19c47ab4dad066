import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import type { Clock } from "#src/kernel/clock.ts";
import type { Db, Tx } from "../database/client.ts";
import type { RandomInt } from "./draw-captcha.ts";
import { makeSum } from "./make-sum.ts";
import { readAnswer } from "./read-answer.ts";
import { hashAnswer, openSum, type SealedSum, sealSum } from "./sealed-sum.ts";

const LIFE_MS = 5 * 60_000;
/** A long form is filled in meanwhile; its sum may be changed until then. */
const FORM_LIFE_MS = 60 * 60_000;
/** Several tabs may wait, each with two; an older challenge than these is forgotten. */
const LIVE_PER_BROWSER = 8;
/** Who cannot read twenty pictures is helped by the spoken one; who wants more collects them. */
const RENEWALS_MAX = 20;
const ID_FORM = /^[A-Za-z0-9_-]{43}$/;

export interface Captcha {
  /**
   * Makes a challenge for one purpose ("sign-in", "fund-detail") and one browser, and answers with its id, which
   * goes into a hidden field. It lives five minutes; a browser has at most eight alive, a ninth drops its oldest.
   */
  issue(purpose: string, browserHash: Buffer): Promise<string>;
  /** What the challenge asks, for drawing and speaking; null when it is over, used up or another browser's. */
  look(id: string, browserHash: Buffer): Promise<SealedSum | null>;
  /**
   * Asks another sum under the same id, for five more minutes: the form that holds the id stays as it is. False
   * when the form is older than an hour, the challenge used up or another browser's, or changed twenty times.
   */
  renew(id: string, browserHash: Buffer): Promise<boolean>;
  /** Tells whether the challenge is this browser's, not used up, and its form not older than an hour. */
  isOpen(id: string, browserHash: Buffer): Promise<boolean>;
  /**
   * Uses the challenge up, whatever the outcome, also for an empty answer, and tells what it was worth to this purpose
   * and browser.
   */
  useUp(id: string, answer: string, purpose: string, browserHash: Buffer): Promise<UsedUp>;
  /** The same for who asks for nothing but a right answer in time. */
  check(id: string, answer: string, purpose: string, browserHash: Buffer): Promise<boolean>;
}

/** What a challenge was worth when it was used up. */
export interface UsedUp {
  /** It was live, of this purpose and browser, and its form not older than an hour: work for it may count. */
  isOfForm: boolean;
  /** The answer was right as well, and the sum not older than five minutes. */
  isRight: boolean;
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
 * Opens the captcha on a database. What is stored gives no answer away: the id is stored as its hash, question
 * and answer under keys that come from that id, which only the browser knows.
 */
export function createCaptcha(deps: CaptchaDependencies): Captcha {
  return {
    issue: (purpose, browserHash) => issue(deps, purpose, browserHash),
    look: (id, browserHash) => look(deps, id, browserHash),
    renew: (id, browserHash) => renew(deps, id, browserHash),
    isOpen: (id, browserHash) => isOpen(deps, id, browserHash),
    useUp: (id, answer, purpose, browserHash) => useUp(deps, id, answer, purpose, browserHash),
    check: async (id, answer, purpose, browserHash) =>
      (await useUp(deps, id, answer, purpose, browserHash)).isRight,
  };
}

async function issue(
  deps: CaptchaDependencies,
  purpose: string,
  browserHash: Buffer,
): Promise<string> {
  const id = randomBytes(32).toString("base64url");
  const now = deps.clock();
  await deps.db.transaction().execute(async (tx) => {
    await removeOld(tx, browserHash, now);
    const row = {
      id_hash: hashId(id),
      purpose,
      browser_hash: browserHash,
      created_at: now,
      form_until: new Date(now.getTime() + FORM_LIFE_MS),
      ...(await askSum(deps, tx, id, now)),
    };
    await tx.insertInto("captcha_challenge").values(row).execute();
  });
  return id;
}

/** Thinks up a sum and answers with what is stored of it; a demonstration tells its answer in the outbox. */
async function askSum(deps: CaptchaDependencies, tx: Tx, id: string, now: Date) {
  const { words, answer } = makeSum(deps.random);
  if (deps.isDemo) {
    const told = { recipient: id, code: String(answer), body: words, at: now };
    await tx
      .insertInto("demo_outbox")
      .values({ kind: "captcha", ...told })
      .execute();
  }
  return {
    answer_hash: hashAnswer(id, answer),
    sum_cipher: sealSum(id, { words, seed: deps.random(2 ** 32) }),
    expires_at: new Date(now.getTime() + LIFE_MS),
  };
}

/** Makes room for one more; one browser's issues wait for each other, so that the count is exact. */
async function removeOld(tx: Tx, browserHash: Buffer, now: Date): Promise<void> {
  const lock = browserHash.length >= 8 ? browserHash.readBigInt64BE(0) : 0n;
  await sql`select pg_advisory_xact_lock(${lock}::bigint)`.execute(tx);
  await tx.deleteFrom("captcha_challenge").where("form_until", "<=", now).execute();
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

async function look(
  deps: CaptchaDependencies,
  id: string,
  browserHash: Buffer,
): Promise<SealedSum | null> {
  if (!ID_FORM.test(id)) return null;
  const found = await deps.db
    .selectFrom("captcha_challenge")
    .select("sum_cipher")
    .where("id_hash", "=", hashId(id))
    .where("browser_hash", "=", browserHash)
    .where("expires_at", ">", deps.clock())
    .executeTakeFirst();
  return found === undefined ? null : openSum(id, found.sum_cipher);
}

async function renew(deps: CaptchaDependencies, id: string, browserHash: Buffer): Promise<boolean> {
  if (!ID_FORM.test(id)) return false;
  const now = deps.clock();
  return await deps.db.transaction().execute(async (tx) => {
    const found = await tx
      .selectFrom("captcha_challenge")
      .select("id_hash")
      .where("id_hash", "=", hashId(id))
      .where("browser_hash", "=", browserHash)
      .where("form_until", ">", now)
      .where("renewals", "<", RENEWALS_MAX)
      .forUpdate()
      .executeTakeFirst();
    if (found === undefined) return false;
    await tx
      .updateTable("captcha_challenge")
      .set((eb) => ({ renewals: eb("renewals", "+", 1) }))
      .set(await askSum(deps, tx, id, now))
      .where("id_hash", "=", hashId(id))
      .execute();
    return true;
  });
}

async function isOpen(
  deps: CaptchaDependencies,
  id: string,
  browserHash: Buffer,
): Promise<boolean> {
  if (!ID_FORM.test(id)) return false;
  const found = await deps.db
    .selectFrom("captcha_challenge")
    .select("id_hash")
    .where("id_hash", "=", hashId(id))
    .where("browser_hash", "=", browserHash)
    .where("form_until", ">", deps.clock())
    .executeTakeFirst();
  return found !== undefined;
}

const WORTH_NOTHING: UsedUp = { isOfForm: false, isRight: false };

async function useUp(
  deps: CaptchaDependencies,
  id: string,
  answer: string,
  purpose: string,
  browserHash: Buffer,
): Promise<UsedUp> {
  if (!ID_FORM.test(id)) return WORTH_NOTHING;
  const found = await deps.db
    .deleteFrom("captcha_challenge")
    .where("id_hash", "=", hashId(id))
    .returning(["purpose", "browser_hash", "answer_hash", "expires_at", "form_until"])
    .executeTakeFirst();
  if (!found || found.purpose !== purpose || !found.browser_hash.equals(browserHash)) {
    return WORTH_NOTHING;
  }
  const now = deps.clock();
  const typed = readAnswer(answer);
  const isRight =
    typed !== null &&
    found.expires_at > now &&
    timingSafeEqual(found.answer_hash, hashAnswer(id, typed));
  return { isOfForm: found.form_until > now, isRight };
}

function hashId(id: string): Buffer {
  return createHash("sha256").update(id).digest();
}
