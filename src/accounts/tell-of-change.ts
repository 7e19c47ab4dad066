import { checkPhone } from "#src/kernel/phone.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { queueNoticeToPhone } from "#src/platform/sms/outbox.ts";
import type { PasswordAudience } from "./account-password.ts";

/** A phone that is off over a long weekend still hears of it. */
const TOLD_WITHIN_HOURS = 96;

/** Something about an account that somebody who stole a session would change first. */
export type AccountChange =
  | { kind: "owner-phone"; newPhone: string }
  | { kind: "password"; audience: PasswordAudience }
  | { kind: "password-reset" }
  | { kind: "institution-contact"; newPhone: string; codeTail: string };

/**
 * Tells a phone by text, in the transaction of the act, what was changed about the account that it stands for, and
 * what to do when it was not its owner. A number that is no mobile phone's is told nothing.
 */
export async function tellOfChange(
  tx: Tx,
  personalData: PersonalData,
  told: { phone: string; change: AccountChange; now: Date },
): Promise<void> {
  const { change, now } = told;
  const check = checkPhone(told.phone);
  if (!check.ok || check.kind !== "mobile") return;
  const notAfter = new Date(now.getTime() + TOLD_WITHIN_HOURS * 3_600_000);
  const { about, words } = changeWords(change);
  await queueNoticeToPhone(tx, personalData, { phone: check.phone, about, words, now, notAfter });
}

function changeWords(change: AccountChange): { about: string; words: string } {
  switch (change.kind) {
    case "owner-phone":
      return {
        about: "维修资金业主账户",
        words: `已换成尾号 ${tailOf(change.newPhone)} 的手机登录，这个手机号不能再登录。不是您本人换的，请马上打 12345，或带身份证到维修资金管理中心窗口`,
      };
    case "password":
      return change.audience === "owner"
        ? {
            about: "维修资金业主账户",
            words:
              "设了新的登录密码，其他地方的登录已退出。不是您本人设的，请马上用手机动态密码登录，在“账户与登录”里重设密码",
          }
        : {
            about: "维修资金机构用户账号",
            words:
              "换了新的登录密码，其他地方的登录已退出。不是您本人换的，请马上请本单位管理员重置密码",
          };
    case "password-reset":
      return {
        about: "维修资金机构用户账号",
        words: "的登录密码已由本单位管理员重置，请向管理员要初始密码。不是您要求的，请马上问管理员",
      };
    case "institution-contact":
      return {
        about: `机构账号（代码尾号 ${change.codeTail}）`,
        words: `的联系手机已换成尾号 ${tailOf(change.newPhone)} 的号码，以后业务短信发到新号码。不是贵单位换的，请马上请本单位管理员改回，或打 12345`,
      };
  }
}

function tailOf(phone: string): string {
  return phone.slice(-4);
}
