import { createHash, createHmac } from "node:crypto";
import { z } from "zod";
import { askCloud } from "./ask-cloud.ts";
import { type TencentSmsSettings, templateValues } from "./cloud-settings.ts";
import type { OutgoingSms, SmsOutcome, SmsProvider } from "./sms-provider.ts";

/** A call of an interface 3.0, before it is signed: a POST of JSON. */
export interface TencentCall {
  host: string;
  service: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: string;
}

/** Answers that another try cannot change: number, words or variables are wrong, or the person is blocked. */
const FINAL = new Set([
  "FailedOperation.ContainSensitiveWord",
  "FailedOperation.PhoneNumberInBlacklist",
  "InvalidParameterValue.ContentLengthLimit",
  "InvalidParameterValue.IncorrectPhoneNumber",
  "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter",
  "InvalidParameterValue.TemplateParameterFormatError",
  "InvalidParameterValue.TemplateParameterLengthLimit",
  "UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone",
]);

const code = z.object({ Code: z.string().max(100) });
const answerOfTencent = z.object({
  Response: z.union([
    z.object({ Error: code }),
    z.object({ SendStatusSet: z.array(code).length(1) }),
  ]),
});

const CONTENT_TYPE = "application/json; charset=utf-8";

/**
 * Sends messages by Tencent Cloud (SendSms). What only the operator can mend (money, keys, templates) and what
 * passes (limits, outages) is tried again; a number that is none and words that are not let through are refused.
 */
export function tencentSmsProvider(
  settings: TencentSmsSettings,
  clock: () => Date = () => new Date(),
): SmsProvider {
  return {
    send: async (message) => {
      const timestamp = Math.floor(clock().getTime() / 1000);
      const body = bodyFor(settings, message);
      const call = { host: new URL(settings.endpoint).host, service: "sms", timestamp, body };
      const headers = {
        authorization: authorizeTencentCall(call, settings),
        "content-type": CONTENT_TYPE,
        "x-tc-action": "SendSms",
        "x-tc-region": settings.region,
        "x-tc-timestamp": String(timestamp),
        "x-tc-version": "2021-01-11",
      };
      const request = { method: "POST" as const, headers, body };
      const answer = await askCloud(`${settings.endpoint}/`, request, settings.timeoutMs);
      return answer.kind === "none" ? answer.outcome : outcomeOf(answer.status, answer.body);
    },
  };
}

function bodyFor(settings: TencentSmsSettings, message: OutgoingSms): string {
  return JSON.stringify({
    PhoneNumberSet: [`+86${message.phone}`],
    SmsSdkAppId: settings.appId,
    SignName: settings.signName,
    TemplateId: settings.templates[message.kind],
    TemplateParamSet: templateValues(message.values).map(([, value]) => value),
    SessionContext: message.id,
  });
}

function outcomeOf(status: number, body: unknown): SmsOutcome {
  const answer = answerOfTencent.safeParse(body);
  if (!answer.success) return { kind: "later", problem: `Tencent answered ${status}` };
  const { Response: said } = answer.data;
  const told = "Error" in said ? said.Error.Code : (said.SendStatusSet[0]?.Code ?? "");
  if (status === 200 && told === "Ok") return { kind: "accepted" };
  return { kind: FINAL.has(told) ? "refused" : "later", problem: `Tencent: ${told}` };
}

/** The header `authorization` of a call, signed by TC3-HMAC-SHA256 (签名方法 v3). */
export function authorizeTencentCall(
  call: TencentCall,
  key: { keyId: string; keySecret: string },
): string {
  const names = "content-type;host";
  const lines = `content-type:${CONTENT_TYPE}\nhost:${call.host}\n`;
  const request = ["POST", "/", "", lines, names, sha256(call.body)].join("\n");
  const day = new Date(call.timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${day}/${call.service}/tc3_request`;
  const text = ["TC3-HMAC-SHA256", String(call.timestamp), scope, sha256(request)].join("\n");
  const dayKey = hmac(`TC3${key.keySecret}`, day);
  const signingKey = hmac(hmac(dayKey, call.service), "tc3_request");
  const signature = hmac(signingKey, text).toString("hex");
  return `TC3-HMAC-SHA256 Credential=${key.keyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
