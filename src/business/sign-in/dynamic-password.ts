import { recordAudit } from "#src/platform/audit.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import {
  type CodeBinding,
  type CodeOutcome,
  type CodeTry,
  sendOneTimeCode,
  tryOneTimeCode,
} from "#src/platform/one-time-codes.ts";
import { countAddressTry } from "#src/platform/sign-in-tries.ts";
import type { DoorDeps } from "./door.ts";

/** What a dynamic password opens: the owner's door, or decisions of an owner who is in already. */
export type CodePurpose = "owner-sign-in" | "owner-step-up";

const ACTS: Record<CodePurpose, string> = {
  "owner-sign-in": "登录维修资金公众服务平台",
  "owner-step-up": "确认您在维修资金公众服务平台上的操作",
};

/** Sends a dynamic password to a phone, within the caps of phone, address and day, or says why not. */
export async function sendDynamicPassword(
  deps: DoorDeps,
  visit: Visit,
  purpose: CodePurpose,
  phone: string,
): Promise<CodeOutcome> {
  await deps.limit(visit, "code");
  return await deps.db.transaction().execute(async (tx) => {
    const outcome = await sendOneTimeCode(tx, deps.personalData, {
      ...bindingOf(deps, visit, purpose, phone),
      phone,
      isRightPhone: true,
      addressHash: visit.addressHash,
      text: `动态密码 {code}，5 分钟内有效，用于${ACTS[purpose]}。不是您本人操作的，不用理会，也不要告诉任何人。【${deps.config.fundCentreName}】`,
      now: visit.now,
      dailyCap: deps.config.smsCodesPerDay,
    });
    await recordAudit(tx, visit.audit, "", outcome.kind);
    return outcome;
  });
}

/**
 * Compares a typed dynamic password with the one that went to this phone from this browser. Wrong ones count for
 * the address, as wrong passwords do; for the phone five guesses are all that one message gives.
 */
export async function tryDynamicPassword(
  deps: DoorDeps,
  visit: Visit,
  purpose: CodePurpose,
  given: { phone: string; code: string },
): Promise<CodeTry> {
  const counted = await countAddressTry(deps, visit);
  const binding = bindingOf(deps, visit, purpose, given.phone);
  const attempt = { ...binding, code: given.code, now: visit.now };
  const outcome = await tryOneTimeCode(deps.db, deps.personalData, attempt);
  if (outcome === "right") await counted.giveBack();
  return outcome;
}

/** Bound to the phone as well: the code of one's own phone is not to open the door of another's. */
function bindingOf(deps: DoorDeps, visit: Visit, purpose: CodePurpose, phone: string): CodeBinding {
  const subject = deps.personalData.hash("phone", phone).toString("base64url");
  return { purpose, subject, browserHash: visit.ensureBrowser() };
}

/** Why no dynamic password was sent, in a sentence; null when it was. */
export function sendRefusal(outcome: CodeOutcome): string | null {
  switch (outcome.kind) {
    case "sent":
      return null;
    case "too-often":
      return `这个手机号刚获取过动态密码，请过${waitWords(outcome.retryAfterSeconds)}再获取`;
    case "capped":
      return "今天发出的动态密码太多，暂时不能再发。请明天再来，或用用户名和密码登录";
  }
}

function waitWords(seconds: number): string {
  if (seconds <= 90) return ` ${seconds} 秒`;
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90 ? ` ${minutes} 分钟` : ` ${Math.ceil(minutes / 60)} 小时`;
}

/** What is said of a code that does not open. */
export const CODE_REFUSALS: Record<Exclude<CodeTry, "right">, string> = {
  wrong: "动态密码不对，请对照最新一条短信再输入。输错 5 次要重新获取",
  ended: "动态密码已经失效，请重新获取",
};
