/** What both clouds need to send text messages; the templates are those that the operator had approved there. */
export interface CloudSmsSettings {
  /** Where its interface answers, without a path. */
  endpoint: string;
  keyId: string;
  keySecret: string;
  /** The approved signature (签名), as it stands in 【】 in front of the message. */
  signName: string;
  templates: { code: string; notice: string };
  region: string;
  /** How long one try may take; ten seconds unless told. */
  timeoutMs?: number;
}

/** Alibaba Cloud's service: Dysmsapi, SendSms of 2017-05-25. */
export interface AliyunSmsSettings extends CloudSmsSettings {
  kind: "aliyun";
}

/** Tencent Cloud's service: SendSms of 2021-01-11. */
export interface TencentSmsSettings extends CloudSmsSettings {
  kind: "tencent";
  /** The number of the application (SdkAppId) that the console shows. */
  appId: string;
}

/** Both clouds take short variables alone; the rest of a longer one is read on the page. */
const VARIABLE_LENGTH_MAX = 35;

/** The values of a template's variables in their order, none longer than the clouds take. */
export function templateValues(values: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(values).map(([name, value]) => {
    const signs = [...value];
    const isLong = signs.length > VARIABLE_LENGTH_MAX;
    return [name, isLong ? `${signs.slice(0, VARIABLE_LENGTH_MAX - 1).join("")}…` : value];
  });
}
