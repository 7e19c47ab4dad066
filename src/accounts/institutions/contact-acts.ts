import { maskPhone } from "#src/kernel/masking.ts";
import {
  askCaptcha,
  type CaptchaQuestion,
  checkCaptcha,
  type FormCaptchaDeps,
} from "#src/platform/captcha/form-captcha.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { type CodeOutcome, type CodeTry, RESEND_MS } from "#src/platform/one-time-codes.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { codeForm, mobileField } from "./contact-fields.ts";
import {
  CONTACT_PURPOSE,
  findContactCode,
  findContactProof,
  sendContactCode,
  tryContactCode,
} from "./contact-proof.ts";

/** The button beside 联系人手机, and the field for what it sends. */
export const SEND_CODE_BUTTON = "send-contact-code";
export const CONTACT_CODE = "contactCode";

/** What proving the contact's phone needs. */
export interface ContactDeps extends FormCaptchaDeps {
  db: Db;
  personalData: PersonalData;
  fundCentreName: string;
  /** Whether text messages leave the house, and how many with a code in a day. */
  sms: { isAvailable: boolean; codesPerDay: number };
}

/** Whether the contact's phone is proven, as the form shows it. */
export type ContactState =
  /** No text message leaves the house: nothing can be proven, and nothing is asked. */
  | { kind: "no-sms" }
  /** A correction that leaves the phone as it was handed in. */
  | { kind: "unchanged" }
  | { kind: "proven" }
  | {
      kind: "unproven";
      /** The code that waits to be typed; null where none does. */
      sent: { maskedPhone: string; againFrom: Date; now: Date } | null;
      /** For an address that asked for several codes already. */
      captcha: CaptchaQuestion | null;
    };

/** What the contact's part of a sent form did. */
export interface ContactAct {
  errors: FormErrors;
  /** 获取验证码 was pressed, not the form's own button: show the form again and judge nothing else. */
  isOnlyContact: boolean;
  /** A typed code that nothing could be compared with yet. */
  code: string;
}

/** Sends a code, or compares the one that was typed, whichever button of the form was pressed. */
export async function readContactAct(
  deps: ContactDeps,
  visit: Visit,
  sent: SentForm,
  unchangedPhoneHash: Buffer | null,
): Promise<ContactAct> {
  const isOnlyContact = sent[SEND_CODE_BUTTON] !== undefined;
  const code = (sent[CONTACT_CODE] ?? "").slice(0, 100);
  const nothing = { errors: {}, isOnlyContact, code: "" };
  if (!deps.sms.isAvailable) return nothing;
  const phone = mobileField.safeParse(sent["contactPhone"] ?? "");
  if (!phone.success) {
    const sentence = phone.error.issues[0]?.message ?? "请填写联系人手机";
    return { errors: isOnlyContact ? { contactPhone: sentence } : {}, isOnlyContact, code };
  }
  if (await isProven(deps, visit, phone.data, unchangedPhoneHash)) return nothing;
  if (isOnlyContact) {
    return { ...nothing, errors: await sendCode(deps, visit, sent, phone.data) };
  }
  return code.trim() === "" ? nothing : await tryCode(deps, visit, phone.data, code);
}

async function isProven(
  deps: ContactDeps,
  visit: Visit,
  phone: string,
  unchangedPhoneHash: Buffer | null,
): Promise<boolean> {
  if (unchangedPhoneHash?.equals(deps.personalData.hash("phone", phone))) return true;
  return (await findContactProof(deps, claimOf(visit, phone))) !== null;
}

function claimOf(visit: Visit, phone: string) {
  return { phone, browserHash: visit.ensureBrowser(), now: visit.now };
}

async function sendCode(
  deps: ContactDeps,
  visit: Visit,
  sent: SentForm,
  phone: string,
): Promise<FormErrors> {
  if (await isSumNeeded(deps, visit)) {
    const wrong = await checkCaptcha(deps, visit, sent, { purpose: CONTACT_PURPOSE });
    if (wrong !== null) return wrong;
  }
  const counted = await deps.limits.consume("code", visit.addressHash);
  if (!counted.ok) return tooOften("从这个网络获取的验证码太多", counted.retryAfterSeconds);
  const outcome = await sendContactCode(
    { ...deps, codesPerDay: deps.sms.codesPerDay },
    claimOf(visit, phone),
    visit.audit,
  );
  if (outcome.kind === "sent") await deps.limits.consume("contact-code", visit.addressHash);
  return refusalOf(outcome);
}

/** The first codes of an address need no sum: they are few, and the form is long enough. */
async function isSumNeeded({ limits }: ContactDeps, visit: Visit): Promise<boolean> {
  return await limits.isUsedUp("contact-code", visit.addressHash);
}

function refusalOf(outcome: CodeOutcome): FormErrors {
  switch (outcome.kind) {
    case "sent":
      return {};
    case "too-often":
      return tooOften("这个手机号刚获取过验证码", outcome.retryAfterSeconds);
    case "capped":
      return {
        contactPhone: "今天发出的验证码太多，暂时不能再发，请明天再来",
      };
  }
}

function tooOften(what: string, seconds: number): FormErrors {
  const minutes = Math.ceil(seconds / 60);
  const wait = seconds <= 90 ? `${seconds} 秒` : `${minutes} 分钟`;
  return {
    contactPhone: `${what}，请过 ${minutes > 90 ? `${Math.ceil(minutes / 60)} 小时` : wait}再获取`,
  };
}

const WRONG_CODE: Readonly<Record<Exclude<CodeTry, "right">, string>> = {
  wrong: "验证码不对，请对照最新一条短信再输入。输错 5 次要重新获取",
  ended: "这个号码没有在用的验证码，请点“获取验证码”，填最新一条短信里的",
};

async function tryCode(
  deps: ContactDeps,
  visit: Visit,
  phone: string,
  typed: string,
): Promise<ContactAct> {
  const answer = (errors: FormErrors, code = ""): ContactAct => ({
    errors,
    isOnlyContact: false,
    code,
  });
  const form = parseForm(codeForm, { code: typed });
  if (!form.ok) return answer({ [CONTACT_CODE]: form.errors["code"] ?? "请核对" }, typed);
  const claim = { ...claimOf(visit, phone), code: form.data.code };
  const outcome = await tryContactCode(deps, claim, visit.audit);
  return answer(outcome === "right" ? {} : { [CONTACT_CODE]: WRONG_CODE[outcome] });
}

/** Reads how the contact's phone stands, for the form that is about to be shown. */
export async function loadContactState(
  deps: ContactDeps,
  visit: Visit,
  typed: Readonly<Record<string, string>>,
  unchangedPhoneHash: Buffer | null,
): Promise<ContactState> {
  if (!deps.sms.isAvailable) return { kind: "no-sms" };
  const phone = mobileField.safeParse(typed["contactPhone"] ?? "");
  const captcha = (await isSumNeeded(deps, visit))
    ? await askCaptcha(deps, visit, { purpose: CONTACT_PURPOSE })
    : null;
  if (!phone.success) return { kind: "unproven", sent: null, captcha };
  const { data } = phone;
  if (unchangedPhoneHash?.equals(deps.personalData.hash("phone", data))) {
    return { kind: "unchanged" };
  }
  if (await isProven(deps, visit, data, null)) return { kind: "proven" };
  const sentAt = await findContactCode(deps, claimOf(visit, data));
  const sent = sentAt && {
    maskedPhone: maskPhone(data),
    againFrom: new Date(sentAt.getTime() + RESEND_MS),
    now: visit.now,
  };
  return { kind: "unproven", sent, captcha };
}

/** What is said when the form is handed in and its contact's phone is not proven. */
export const CONTACT_UNPROVEN: FormErrors = {
  [CONTACT_CODE]: "请验证联系人手机：点“获取验证码”，再填短信里的 6 位数字",
};
