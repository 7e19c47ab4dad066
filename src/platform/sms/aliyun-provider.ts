import { createHash, createHmac, randomUUID } from "node:crypto";
import { z } from "zod";
import { askCloud } from "./ask-cloud.ts";
import { type AliyunSmsSettings, templateValues } from "./cloud-settings.ts";
import type { OutgoingSms, SmsOutcome, SmsProvider } from "./sms-provider.ts";

/** A call of an interface in RPC style, before it is signed: its parameters stand in the query. */
export interface AliyunCall {
  host: string;
  action: string;
  version: string;
  /** UTC to the second: 2023-10-26T10:22:32Z. */
  date: string;
  nonce: string;
  parameters: Readonly<Record<string, string>>;
}

/** Answers that another try cannot change: number, words or variables are wrong, or the person is blocked. */
const FINAL = new Set([
  "isv.MOBILE_NUMBER_ILLEGAL",
  "isv.MOBILE_COUNT_OVER_LIMIT",
  "isv.BLACK_KEY_CONTROL_LIMIT",
  "isv.INVALID_PARAMETERS",
  "isv.INVALID_JSON_PARAM",
  "isv.PARAM_LENGTH_LIMIT",
  "isv.PARAM_NOT_SUPPORT_URL",
  "isv.TEMPLATE_MISSING_PARAMETERS",
  "isv.TEMPLATE_PARAMS_ILLEGAL",
]);

const answerOfAliyun = z.object({ Code: z.string().max(100) });

/**
 * Sends messages by Alibaba Cloud (SendSms). What only the operator can mend (money, keys, templates) and what
 * passes (limits, outages) is tried again; a number that is none and words that are not let through are refused.
 */
export function aliyunSmsProvider(
  settings: AliyunSmsSettings,
  clock: () => Date = () => new Date(),
): SmsProvider {
  return {
    send: async (message) => {
      const call = callFor(settings, message, clock());
      const { query, headers } = signAliyunCall(call, settings);
      const url = `${settings.endpoint}/?${query}`;
      const answer = await askCloud(url, { method: "POST", headers }, settings.timeoutMs);
      return answer.kind === "none" ? answer.outcome : outcomeOf(answer.status, answer.body);
    },
  };
}

function callFor(settings: AliyunSmsSettings, message: OutgoingSms, now: Date): AliyunCall {
  return {
    host: new URL(settings.endpoint).host,
    action: "SendSms",
    version: "2017-05-25",
    date: `${now.toISOString().slice(0, 19)}Z`,
    nonce: randomUUID(),
    parameters: {
      OutId: message.id,
      PhoneNumbers: message.phone,
      SignName: settings.signName,
      TemplateCode: settings.templates[message.kind],
      TemplateParam: JSON.stringify(Object.fromEntries(templateValues(message.values))),
    },
  };
}

function outcomeOf(status: number, body: unknown): SmsOutcome {
  const answer = answerOfAliyun.safeParse(body);
  if (!answer.success) return { kind: "later", problem: `Aliyun answered ${status}` };
  const { Code: code } = answer.data;
  if (status === 200 && code === "OK") return { kind: "accepted" };
  return { kind: FINAL.has(code) ? "refused" : "later", problem: `Aliyun: ${code}` };
}

/** Signs a call by ACS3-HMAC-SHA256 (V3 版本请求体和签名机制). Its body is empty. */
export function signAliyunCall(
  call: AliyunCall,
  key: { keyId: string; keySecret: string },
): { query: string; headers: Record<string, string> } {
  const query = Object.entries(call.parameters)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join("&");
  const bodyHash = sha256("");
  const signed = {
    host: call.host,
    "x-acs-action": call.action,
    "x-acs-content-sha256": bodyHash,
    "x-acs-date": call.date,
    "x-acs-signature-nonce": call.nonce,
    "x-acs-version": call.version,
  };
  const names = Object.keys(signed).join(";");
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const request = ["POST", "/", query, lines.join(""), names, bodyHash].join("\n");
  const signature = createHmac("sha256", key.keySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(request)}`)
    .digest("hex");
  const { host: _, ...headers } = signed;
  const authorization = `ACS3-HMAC-SHA256 Credential=${key.keyId},SignedHeaders=${names},Signature=${signature}`;
  return { query, headers: { ...headers, authorization } };
}

/** As RFC 3986 has it: encodeURIComponent leaves five signs too many. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
