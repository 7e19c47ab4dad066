import { createHash } from "node:crypto";
import type { Pool, QueryConfig } from "pg";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { LimitRule } from "./http/limit-visit.ts";

interface Limit {
  readonly tries: number;
  readonly seconds: number;
  readonly reason: string;
}

/**
 * What one visitor may do. An address is shared: a fund centre's hall, a bank's branch and a phone network
 * put many people behind one, so that the limits stop machines and not queues.
 */
const LIMITS: Readonly<Record<LimitRule, Limit>> = {
  search: {
    tries: 60,
    seconds: 60,
    reason: "a hall of people looks for houses at once; copying the register takes days",
  },
  suggest: {
    tries: 300,
    seconds: 60,
    reason: "one for every pause in typing, for several people at once",
  },
  status: {
    tries: 30,
    seconds: 600,
    reason: "people ask for their own few numbers; neighbouring numbers are not to be tried",
  },
  "fund-look": {
    tries: 8,
    seconds: 600,
    reason: "a few houses without a question, then a sum to work out (manual, D3)",
  },
  "fund-tell": {
    tries: 16,
    seconds: 600,
    reason: "a list and a form beside each of the few look-ups; then they say less (decision 0007)",
  },
  "fund-detail": {
    tries: 120,
    seconds: 600,
    reason: "a hall of owners, sums worked out; a whole estate is not to be copied",
  },
  "fund-verify": {
    tries: 5,
    seconds: 86_400,
    reason: "wrong facts about one house in a day, whoever gives them (manual, D3)",
  },
  "refund-owner": {
    tries: 5,
    seconds: 86_400,
    reason: "wrong names or numbers for one house in a day, whoever gives them (manual, D3)",
  },
  "owner-link": {
    tries: 5,
    seconds: 86_400,
    reason:
      "document numbers and facts that did not fit, of one account in a day; right ones are given back",
  },
  "owner-link-house": {
    tries: 5,
    seconds: 86_400,
    reason:
      "the same for one house in a day, whoever gives them: an identity number is known to many",
  },
  "owner-phone": {
    tries: 5,
    seconds: 86_400,
    reason: "codes to new phones of one account in a day: nobody changes his number so often",
  },
  "voucher-code": {
    tries: 10,
    seconds: 3600,
    reason:
      "a teller reads eight digits off a slip; trying out codes of a voucher is no work of a desk",
  },
  captcha: {
    tries: 300,
    seconds: 600,
    reason: "pictures and sounds cost work to make; a hall of people who press 换一张 stays below",
  },
  "misbehaving-address": {
    tries: 10,
    seconds: 900,
    reason:
      "wrong sums and passwords of one address, right ones not counted; then a form asks for more",
  },
  "misbehaving-account": {
    tries: 3,
    seconds: 900,
    reason:
      "the same under one name from all addresses; it only makes the form longer, for nobody impossible",
  },
  submit: {
    tries: 20,
    seconds: 3600,
    reason: "each try may lock a house; an agent at a hand-over stays below",
  },
  upload: {
    tries: 300,
    seconds: 600,
    reason: "files, not forms: a hall of families with twenty photographs each, no machine",
  },
  draft: {
    tries: 120,
    seconds: 3600,
    reason: "a long form is sent several times until it is right, by several people at a hand-over",
  },
  code: {
    tries: 20,
    seconds: 3600,
    reason: "each code is a message that somebody pays for; a hall of people stays below",
  },
  "contact-code": {
    tries: 3,
    seconds: 3600,
    reason: "codes to contacts of one address without a sum to work out; then the form has one",
  },
  "sign-in": {
    tries: 10,
    seconds: 900,
    reason: "failures of one address, whoever's name was tried; right passwords are given back",
  },
  "sign-in-user": {
    tries: 10,
    seconds: 900,
    reason: "failures under one name from all addresses; a known browser has a count of its own",
  },
  print: { tries: 60, seconds: 600, reason: "each slip costs as much work as fifty pages" },
  "slip-check": {
    tries: 20,
    seconds: 900,
    reason:
      "numbers and codes of slips that did not fit, of one address; right ones are given back. Not of one number: " +
      "sixty bits need no such limit, and anybody could close a slip with it",
  },
};

/** Share of a limit that holds in each process while the database is away, when counts cannot be shared. */
const SHARE_WITHOUT_DATABASE = 4;

export type LimitAnswer = { ok: true } | { ok: false; retryAfterSeconds: number };

export interface RateLimits {
  /**
   * Counts one try and tells whether it is still within the limit of its rule, or in how many whole seconds
   * (at least 1) the next one is. An address is given as its keyed hash; a text is hashed here, so that the
   * table never holds what was typed.
   */
  consume(rule: LimitRule, key: string | Uint8Array): Promise<LimitAnswer>;
  /** Takes one counted try back: it turned out not to be one that the rule is about. */
  giveBack(rule: LimitRule, key: string | Uint8Array): Promise<void>;
  /** Tells, without counting, whether the tries of a rule are used up. */
  isUsedUp(rule: LimitRule, key: string | Uint8Array): Promise<boolean>;
}

const GRANTS_EVERYTHING: RateLimits = {
  consume: async () => ({ ok: true }),
  giveBack: async () => {},
  isUsedUp: async () => false,
};

/**
 * Opens the limits on a database, shared by all processes that use it. While the database does not answer,
 * each process counts by itself and grants a quarter. `isOn: false` (demonstrations only) grants everything.
 */
export function createRateLimits(deps: { pool: Pick<Pool, "query">; isOn: boolean }): RateLimits {
  if (!deps.isOn) return GRANTS_EVERYTHING;
  const limiters = new Map<LimitRule, RateLimiterPostgres>();
  for (const [rule, limit] of Object.entries(LIMITS) as [LimitRule, Limit][]) {
    limiters.set(rule, openLimiter(deps.pool, rule, limit, limiters.size === 0));
  }
  return {
    async giveBack(rule, key) {
      await limiters.get(rule)?.reward(storedKey(key), 1);
    },
    async isUsedUp(rule, key) {
      const found = await limiters.get(rule)?.get(storedKey(key));
      return (found?.consumedPoints ?? 0) >= LIMITS[rule].tries;
    },
    async consume(rule, key) {
      const limiter = limiters.get(rule);
      if (!limiter) throw new RangeError(`no limit is set for ${rule}`);
      try {
        await limiter.consume(storedKey(key));
        return { ok: true };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return {
          ok: false,
          retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
        };
      }
    },
  };
}

function openLimiter(
  pool: Pick<Pool, "query">,
  rule: LimitRule,
  limit: Limit,
  clearExpiredByTimeout: boolean,
): RateLimiterPostgres {
  const shared = { keyPrefix: rule, duration: limit.seconds };
  const points = Math.max(1, Math.floor(limit.tries / SHARE_WITHOUT_DATABASE));
  return new RateLimiterPostgres({
    ...shared,
    points: limit.tries,
    storeClient: { query: (query: QueryConfig) => queryCounts(pool, query) },
    storeType: "client",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout,
    // A flood of refused tries is refused from memory.
    inMemoryBlockOnConsumed: limit.tries + 1,
    insuranceLimiter: new RateLimiterMemory({ ...shared, points }),
  });
}

/** The limiter reckons with numbers where our connections give bigint. */
async function queryCounts(pool: Pick<Pool, "query">, query: QueryConfig) {
  const result = await pool.query<{ expire?: bigint | null }>(query);
  const rows = result.rows.map((row) =>
    typeof row.expire === "bigint" ? { ...row, expire: Number(row.expire) } : row,
  );
  return { rows, rowCount: result.rowCount };
}

function storedKey(key: string | Uint8Array): string {
  const hash = typeof key === "string" ? createHash("sha256").update(key).digest() : key;
  return Buffer.from(hash).toString("base64url").slice(0, 64);
}
