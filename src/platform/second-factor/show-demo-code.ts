import type { Db } from "../database/client.ts";
import { totpCode, totpStep } from "./totp.ts";

/**
 * Demonstration only: writes the code that an authenticator would show into the outbox. After the present
 * code has been used it is the next one, which the desk takes as well.
 */
export async function showDemoCode(
  db: Db,
  of: { username: string; secret: string; lastStep: number | null; now: Date; words: string },
): Promise<void> {
  const step = Math.max(totpStep(of.now), (of.lastStep ?? 0) + 1);
  await db
    .insertInto("demo_outbox")
    .values({
      kind: "totp",
      recipient: of.username,
      code: totpCode(of.secret, step),
      body: `${of.words}，真实系统里只在本人手机的验证器上显示`,
      at: of.now,
    })
    .execute();
}
