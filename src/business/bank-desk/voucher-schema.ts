import { z } from "zod";
import { readAuthorisationCode } from "#src/bank/authorisation-code.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";
import { amountSeen, bankRef, refuse, valueDate } from "./schema.ts";
import { FAILURE_REASONS } from "./voucher-refusals.ts";

const code = z.string().transform((text, context) => {
  if (text.trim() === "") return refuse(context, "请填写授权码，印在支款单银行联的二维码下面");
  return readAuthorisationCode(text) ?? refuse(context, "授权码应是 8 位数字");
});

/** What 确认付款 sends. `amountSeen` is the amount, in yuan, that the teller had on the screen. */
export function disbursementForm(limits: { today: CalendarDate; earliest: CalendarDate }) {
  return z.object({
    code,
    bankRef,
    valueDate: valueDate(limits, { name: "付款日期", paper: "支款单" }),
    amountSeen,
  });
}

const REASON_LENGTH_MAX = 60;

/** What 付款失败 sends: why the bank could not pay, in words that the applicant reads. */
export const failureForm = z
  .object({
    failure: z.enum(["wrong-account", "name-differs", "other"], { error: "请选择付款失败的原因" }),
    failureWords: z.string(),
  })
  .transform(({ failure, failureWords }, context) => {
    const fail = (message: string) => {
      context.addIssue({ code: "custom", path: ["failureWords"], message });
      return z.NEVER;
    };
    if (hasForbiddenCharacters(failureWords)) return fail("说明里有不能识别的字符，请删掉");
    const words = cleanText(failureWords);
    if (failure === "other" && words === "") return fail("请写明原因，申请人能看到");
    if ([...words].length > REASON_LENGTH_MAX) return fail(`说明最多 ${REASON_LENGTH_MAX} 个字`);
    if (/[0-9]{6,}/.test(words)) return fail("说明里请不要写账号、证件号码或手机号");
    const parts = failure === "other" ? [words] : [FAILURE_REASONS[failure], words];
    return { reason: parts.filter(Boolean).join("：") };
  });
