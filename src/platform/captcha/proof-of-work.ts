import { createHash } from "node:crypto";
import { createChallenge, randomInt, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { z } from "zod";

/** One try costs this many rounds; a browser needs as many tries as the number that is drawn. */
const ROUNDS_PER_TRY = 5_000;
/** Half a second to a second of a laptop, some seconds of an old phone; the server does one try. */
const TRIES = { from: 100, to: 300 };

const sentWork = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.literal("PBKDF2/SHA-256"),
      cost: z.literal(ROUNDS_PER_TRY),
      data: z.object({ captcha: z.string() }),
      keyLength: z.literal(32),
      keyPrefix: z.string(),
      nonce: z.string().regex(/^[0-9a-f]{32}$/),
      salt: z.string().regex(/^[0-9a-f]{32}$/),
    }),
    signature: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  solution: z.object({
    counter: z.int().min(0).max(TRIES.to),
    derivedKey: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

/**
 * Makes work for a browser, as JSON for its island (ui/islands/captcha-work.ts). It belongs to one captcha, which
 * is used up by its first check, and so is the work with it.
 */
export async function makeWork(secret: string, captchaId: string): Promise<string> {
  const challenge = await createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: ROUNDS_PER_TRY,
    counter: randomInt(TRIES.to, TRIES.from),
    data: { captcha: markOf(captchaId) },
    deriveKey,
    hmacSignatureSecret: secret,
  });
  return JSON.stringify(challenge);
}

/** Tells whether the sent work is of our asking, for this captcha, and done. Costs one try at most. */
export async function isWorkDone(
  secret: string,
  captchaId: string,
  sent: string,
): Promise<boolean> {
  const work = sentWork.safeParse(parseJson(sent));
  if (!work.success || work.data.challenge.parameters.data.captcha !== markOf(captchaId)) {
    return false;
  }
  const { verified } = await verifySolution({
    ...work.data,
    deriveKey,
    hmacSignatureSecret: secret,
  });
  return verified;
}

function markOf(captchaId: string): string {
  return createHash("sha256").update(`work:${captchaId}`).digest("base64url");
}

function parseJson(text: string): unknown {
  if (text === "" || text.length > 2_000) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
