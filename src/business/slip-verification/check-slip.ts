import type { ApplicationNumber } from "#src/kernel/application-number.ts";
import type { SlipCode } from "#src/kernel/slip-code.ts";
import type { Db } from "#src/platform/database/client.ts";
import { TooManyRequests } from "#src/platform/http/errors.ts";
import type { LimitRule } from "#src/platform/http/limit-visit.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { findSlip } from "#src/platform/issued-slips/find-slip.ts";
import type {
  IssuedSlip,
  SlipJudgement,
  SlipKind,
  SlipStanding,
} from "#src/platform/issued-slips/slip-kind.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { RateLimits } from "#src/platform/rate-limits.ts";

/** What checking a slip needs. */
export interface CheckDeps {
  db: Db;
  personalData: PersonalData;
  limits: RateLimits;
  kinds: readonly SlipKind[];
}

/** A slip that we printed, and what it is worth now. */
export interface CheckedSlip {
  slip: IssuedSlip;
  kind: SlipKind;
  standing: SlipJudgement;
}

const REPLACED: SlipStanding = {
  isValid: false,
  label: "已被新的代替",
  meaning: "这张单据后来重新打印过，内容有改动。请用最新打印的一张。",
};

/**
 * Finds the slip of a number and a code and judges it as of now; null where the two do not belong together. Counted
 * for the address before anything is compared, and only what did not fit stays counted, so that a wrong number cannot
 * be told from a wrong code. Throws TooManyRequests.
 */
export async function checkSlip(
  deps: CheckDeps,
  visit: Visit,
  asked: { number: ApplicationNumber; code: SlipCode },
): Promise<CheckedSlip | null> {
  const { db, limits } = deps;
  await count(limits, "slip-check", visit.addressHash);
  const slip = await findSlip(db, deps.personalData, asked);
  if (slip === null) return null;
  await limits.giveBack("slip-check", visit.addressHash);
  const kind = deps.kinds.find((one) => one.kind === slip.kind);
  if (kind === undefined) throw new Error(`nobody says what slips of ${slip.kind} are worth`);
  const standing = await kind.judge(db, slip, visit.now);
  // What is over is over, whichever print it was.
  const isReplaced = slip.isReplaced && standing.isValid;
  return { slip, kind, standing: isReplaced ? { ...standing, ...REPLACED } : standing };
}

async function count(limits: RateLimits, rule: LimitRule, key: string | Uint8Array): Promise<void> {
  const counted = await limits.consume(rule, key);
  if (!counted.ok) throw new TooManyRequests(counted.retryAfterSeconds);
}
