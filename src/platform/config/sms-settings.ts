import { z } from "zod";
import type { AliyunSmsSettings, TencentSmsSettings } from "../sms/cloud-settings.ts";
import { isGatewayAddress, isWebOrigin, keyText, title, wholeNumber } from "./value-schemas.ts";

/** By which way text messages leave the house. */
export interface SmsSettings {
  /** The city's gateway for text messages; absent: none leave the house. */
  readonly smsGateway?: { readonly url: string; readonly token: string } | undefined;
  /** The cloud whose text messages the city uses instead. */
  readonly smsCloud?: AliyunSmsSettings | TencentSmsSettings | undefined;
  /** How many one-time codes leave the house in a day, whoever asks. */
  readonly smsCodesPerDay: number;
}

/** Their variables. */
export const smsVariables = z.object({
  SMS_GATEWAY_URL: z
    .string()
    .refine(isGatewayAddress, "应为短信网关的地址，以 https:// 开头（本机的可以是 http://）")
    .optional(),
  SMS_GATEWAY_TOKEN: z
    .string()
    .regex(/^[\x21-\x7E]{8,500}$/, "应为短信网关的令牌，8 到 500 个字符，不含空格")
    .optional(),
  SMS_PROVIDER: z
    .enum(
      ["gateway", "aliyun", "tencent"],
      "应为 gateway（自有网关）、aliyun（阿里云）或 tencent（腾讯云）",
    )
    .default("gateway"),
  SMS_ENDPOINT: z
    .string()
    .refine(
      (text) => isWebOrigin(text) && isGatewayAddress(text),
      "应为短信服务的地址，以 https:// 开头（本机的可以是 http://），不带路径",
    )
    .transform((text) => new URL(text).origin)
    .optional(),
  SMS_ACCESS_KEY_ID: keyText("应为短信服务的密钥编号，不含空格").optional(),
  SMS_ACCESS_KEY_SECRET: keyText("应为短信服务的密钥，不含空格").optional(),
  SMS_SIGN_NAME: title("应为已审核通过的短信签名，不带【】").optional(),
  SMS_TEMPLATE_CODE: keyText("应为验证码模板的编号").optional(),
  SMS_TEMPLATE_NOTICE: keyText("应为通知模板的编号").optional(),
  SMS_APP_ID: z
    .string()
    .regex(/^[0-9]{4,20}$/, "应为腾讯云短信应用的 SdkAppId，是一串数字")
    .optional(),
  SMS_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, "应为地域代码，例如 ap-guangzhou")
    .optional(),
  SMS_CODES_PER_DAY: wholeNumber(1, 1_000_000, "应为 1 到 1000000 的整数").default(2000),
});

type SmsVariables = z.infer<typeof smsVariables>;

export const SMS_SECRETS = [
  "SMS_GATEWAY_URL",
  "SMS_GATEWAY_TOKEN",
  "SMS_ACCESS_KEY_ID",
  "SMS_ACCESS_KEY_SECRET",
  "SMS_ENDPOINT",
] as const;

/** Reads them. */
export function smsSettings(read: SmsVariables): SmsSettings {
  return {
    smsGateway: gatewayOf(read),
    smsCloud: smsCloudOf(read),
    smsCodesPerDay: read.SMS_CODES_PER_DAY,
  };
}

function gatewayOf({ SMS_GATEWAY_URL: url, SMS_GATEWAY_TOKEN: token }: SmsVariables) {
  return url === undefined || token === undefined ? undefined : { url, token };
}

const CLOUDS = {
  aliyun: { endpoint: "https://dysmsapi.aliyuncs.com", region: "cn-hangzhou" },
  tencent: { endpoint: "https://sms.tencentcloudapi.com", region: "ap-guangzhou" },
} as const;

function smsCloudOf(env: SmsVariables): AliyunSmsSettings | TencentSmsSettings | undefined {
  const { SMS_PROVIDER: kind, SMS_ACCESS_KEY_ID: keyId, SMS_ACCESS_KEY_SECRET: keySecret } = env;
  const { SMS_SIGN_NAME: signName, SMS_TEMPLATE_CODE: code, SMS_TEMPLATE_NOTICE: notice } = env;
  if (kind === "gateway" || !keyId || !keySecret || !signName || !code || !notice) return undefined;
  const cloud = CLOUDS[kind];
  const settings = {
    ...{ keyId, keySecret, signName, templates: { code, notice } },
    endpoint: env.SMS_ENDPOINT ?? cloud.endpoint,
    region: env.SMS_REGION ?? cloud.region,
  };
  if (kind === "aliyun") return { kind, ...settings };
  return env.SMS_APP_ID === undefined ? undefined : { kind, appId: env.SMS_APP_ID, ...settings };
}

/** What does not go together among them, as a sentence. */
export function smsConflict(env: SmsVariables): string | undefined {
  if ((env.SMS_GATEWAY_URL === undefined) !== (env.SMS_GATEWAY_TOKEN === undefined)) {
    return "SMS_GATEWAY_URL 和 SMS_GATEWAY_TOKEN 须同时设置";
  }
  if (env.SMS_PROVIDER !== "gateway" && smsCloudOf(env) === undefined) {
    const more = env.SMS_PROVIDER === "tencent" ? "、SMS_APP_ID" : "";
    return `SMS_PROVIDER=${env.SMS_PROVIDER} 时须设置 SMS_ACCESS_KEY_ID、SMS_ACCESS_KEY_SECRET、SMS_SIGN_NAME、SMS_TEMPLATE_CODE、SMS_TEMPLATE_NOTICE${more}`;
  }
  if (env.SMS_PROVIDER !== "gateway" && env.SMS_GATEWAY_URL !== undefined) {
    return `SMS_PROVIDER=${env.SMS_PROVIDER} 时不用 SMS_GATEWAY_URL 和 SMS_GATEWAY_TOKEN：请删去它们`;
  }
  return undefined;
}
