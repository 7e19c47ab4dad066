import { createHash } from "node:crypto";
import { createChallenge, randomInt, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { z } from "zod";

/**
 * What a browser works for: `more` is asked of one that misbehaves, beside the sum; `stand-in` is in the place of the
 * sum, for who can neither see nor hear it, and does not do for the other.
 */
export type WorkKind = "more" | "stand-in";

/**
 * A try costs this many rounds of SHA-256, and a browser needs as many tries as the number that is drawn. `more`
 * takes a laptop half a second to a second; `stand-in` seven times that in the mean, fifteen at most. The server does
 * one try to make it and one to check it.
 */
const SIZES = {
  more: { rounds: 5_000, tries: { from: 100, to: 300 } },
  "stand-in": { rounds: 10_000, tries: { from: 0, to: 1_500 } },
} as const satisfies Record<WorkKind, object>;

const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));

function sentWork(kind: WorkKind) {
  const { rounds, tries } = SIZES[kind];
  const parameters = z.object({
    algorithm: z.literal("PBKDF2/SHA-256"),
    cost: z.literal(rounds),
    data: z.object({ captcha: z.string(), tries: z.literal(tries.to) }),
    keyLength: z.literal(32),
    keyPrefix: z.string(),
    nonce: hex(32),
    salt: hex(32),
  });
  return z.object({
    challenge: z.object({ parameters, signature: hex(64) }),
    solution: z.object({ counter: z.int().min(0).max(tries.to), derivedKey: hex(64) }),
  });
}

const SENT = { more: sentWork("more"), "stand-in": sentWork("stand-in") };

/**
 * Makes work for a browser, as JSON for its island (ui/islands/solve-work.ts). It belongs to one captcha, which
 * is used up by its first check, and so is the work with it.
 */
export async function makeWork(secret: string, captchaId: string, kind: WorkKind): Promise<string> {
  const { rounds, tries } = SIZES[kind];
  const challenge = await createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: rounds,
    counter: randomInt(tries.to, tries.from),
    data: { captcha: markOf(captchaId, kind), tries: tries.to },
    deriveKey,
    hmacSignatureSecret: secret,
  });
  return JSON.stringify(challenge);
}

/** Tells whether the sent work is of our asking, of this kind, for this captcha, and done. Costs one try at most. */
export async function isWorkDone(
  secret: string,
  captchaId: string,
  kind: WorkKind,
  sent: string,
): Promise<boolean> {
  const work = SENT[kind].safeParse(parseJson(sent));
  if (!work.success || work.data.challenge.parameters.data.captcha !== markOf(captchaId, kind)) {
    return false;
  }
  const { verified } = await verifySolution({
    ...work.data,
    deriveKey,
    hmacSignatureSecret: secret,
  });
  return verified;
}

/** Stands under the signature, so that work of one kind or for one captcha is never that of another. */
function markOf(captchaId: string, kind: WorkKind): string {
  return createHash("sha256").update(`${kind} work:${captchaId}`).digest("base64url");
}

function parseJson(text: string): unknown {
  if (text === "" || text.length > 2_000) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
