import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, loadConfig } from "./config.ts";

const key = "0123456789abcdef".repeat(4);
const url = "postgres://centre:secret-word@db.example:5432/fund";

function refusal(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error("the environment was accepted");
}

describe("the settings of a deployment", () => {
  it("start a demonstration on port 3000 of this machine when nothing is set", () => {
    expect(loadConfig({})).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      dataDir: resolve(import.meta.dirname, "../../data"),
      databaseUrl: undefined,
      isDemo: true,
      publicUrl: "http://localhost:3000",
      dataKey: undefined,
      disclosurePolicy: "open",
      areRateLimitsOn: true,
      logLevel: "info",
      trustedProxyHops: 0,
      cityName: "示例市",
      authorityName: "示例市住房和城乡建设局",
      fundCentreName: "示例市物业专项维修资金管理中心",
      isProduction: false,
    });
  });

  it("send text messages through the gateway that is named, and none without one", () => {
    expect(loadConfig({})).toMatchObject({ smsGateway: undefined, smsCodesPerDay: 2000 });
    const gateway = { url: "https://sms.example/send", token: "secret-token-of-ours" };
    const named = { SMS_GATEWAY_URL: gateway.url, SMS_GATEWAY_TOKEN: gateway.token };
    expect(loadConfig({ ...named, SMS_CODES_PER_DAY: "50" })).toMatchObject({
      smsGateway: gateway,
      smsCodesPerDay: 50,
    });
    expect(loadConfig({ ...named, SMS_GATEWAY_URL: "http://127.0.0.1:9/sms" }).smsGateway).toEqual({
      ...gateway,
      url: "http://127.0.0.1:9/sms",
    });
  });

  it.each([
    ["http://sms.example/send", "以 https:// 开头"],
    ["https://user:pass@sms.example/", "以 https:// 开头"],
    ["ftp://127.0.0.1/", "以 https:// 开头"],
    ["no address", "以 https:// 开头"],
  ])("take no codes to %s, and do not repeat it", (address, sentence) => {
    const told = refusal({ SMS_GATEWAY_URL: address, SMS_GATEWAY_TOKEN: "secret-token" });
    expect(told).toContain("SMS_GATEWAY_URL");
    expect(told).toContain(sentence);
    expect(told).not.toContain(address);
  });

  it("need address and token of the gateway together, and a token that is one", () => {
    expect(refusal({ SMS_GATEWAY_TOKEN: "secret-token" })).toContain("须同时设置");
    const both = { SMS_GATEWAY_URL: "https://sms.example/", SMS_GATEWAY_TOKEN: "short" };
    expect(refusal(both)).toContain("SMS_GATEWAY_TOKEN");
    expect(refusal(both)).not.toContain("short");
    expect(refusal({ SMS_CODES_PER_DAY: "0" })).toContain("SMS_CODES_PER_DAY");
  });

  it("send text messages through a cloud that is named with all it needs, and tell no key", () => {
    const shared = {
      SMS_ACCESS_KEY_ID: "AKID-of-ours",
      SMS_ACCESS_KEY_SECRET: "secret-of-ours",
      SMS_SIGN_NAME: "示例市维修资金",
      SMS_TEMPLATE_CODE: "SMS_1",
      SMS_TEMPLATE_NOTICE: "SMS_2",
    };
    expect(loadConfig({ SMS_PROVIDER: "aliyun", ...shared }).smsCloud).toEqual({
      kind: "aliyun",
      endpoint: "https://dysmsapi.aliyuncs.com",
      region: "cn-hangzhou",
      keyId: "AKID-of-ours",
      keySecret: "secret-of-ours",
      signName: "示例市维修资金",
      templates: { code: "SMS_1", notice: "SMS_2" },
    });
    const tencent = { SMS_PROVIDER: "tencent", ...shared };
    expect(loadConfig({ ...tencent, SMS_APP_ID: "1400006666" }).smsCloud).toMatchObject({
      kind: "tencent",
      appId: "1400006666",
      endpoint: "https://sms.tencentcloudapi.com",
    });
    expect(refusal(tencent)).toContain("SMS_APP_ID");
    expect(refusal({ SMS_PROVIDER: "aliyun" })).toContain("SMS_ACCESS_KEY_SECRET");
    expect(refusal({ ...tencent, SMS_ACCESS_KEY_SECRET: "two words" })).not.toContain("two words");
    expect(refusal({ SMS_ENDPOINT: "http://sms.example" })).toContain("SMS_ENDPOINT");
    expect(loadConfig({}).smsCloud).toBeUndefined();
  });

  it("ask passwords for ten characters unless told, and never for fewer than eight", () => {
    expect(loadConfig({}).passwordPolicy).toEqual({ kind: "asvs", lengthMin: 10 });
    const strict = { PASSWORD_POLICY: "dengbao", PASSWORD_LENGTH_MIN: "8" };
    expect(loadConfig(strict).passwordPolicy).toEqual({ kind: "dengbao", lengthMin: 8 });
    expect(refusal({ PASSWORD_LENGTH_MIN: "7" })).toContain("8 到 64");
    expect(refusal({ PASSWORD_POLICY: "none" })).toContain("PASSWORD_POLICY");
  });

  it("count an empty or blank variable as unset", () => {
    expect(loadConfig({ PORT: "", DATABASE_URL: " ", CITY_NAME: "" })).toEqual(loadConfig({}));
  });

  it("take the data folder relative to the project, wherever the command was typed", () => {
    expect(loadConfig({ DATA_DIR: "elsewhere" }).dataDir).toBe(
      resolve(import.meta.dirname, "../../elsewhere"),
    );
    expect(loadConfig({ DATA_DIR: "/srv/fund/../fund" }).dataDir).toBe("/srv/fund");
  });

  it("are no demonstration on a deployment's own database", () => {
    const config = loadConfig({ DATABASE_URL: url, DATA_KEY: key, NODE_ENV: "production" });
    expect(config).toMatchObject({ isDemo: false, isProduction: true, databaseUrl: url });
    expect(config.dataKey?.length).toBe(32);
  });

  it("may ask for a demonstration on a database, without a key", () => {
    expect(loadConfig({ DATABASE_URL: url, DEMO: "on" }).isDemo).toBe(true);
  });

  it("keep documents on the disk, or in a bucket that is named in full", () => {
    expect(loadConfig({})).toMatchObject({ documentStore: "disk", clamd: undefined });
    const bucket = {
      S3_ENDPOINT: "https://s3.example",
      S3_BUCKET: "documents",
      S3_REGION: "cn-north-1",
      S3_ACCESS_KEY: "KEY",
      S3_SECRET_KEY: "secret",
    };
    expect(loadConfig({ DOCUMENT_STORE: "s3", ...bucket }).documentStore).toEqual({
      endpoint: "https://s3.example",
      bucket: "documents",
      region: "cn-north-1",
      accessKey: "KEY",
      secretKey: "secret",
    });
    expect(refusal({ DOCUMENT_STORE: "s3", ...bucket, S3_REGION: "" })).toContain("S3_REGION");
    const spaced = refusal({ S3_SECRET_KEY: "a secret" });
    expect(spaced).toContain("S3_SECRET_KEY");
    expect(spaced).not.toContain("a secret");
  });

  it("reach a scanner by host and port or by a socket", () => {
    expect(loadConfig({ CLAMD_ADDRESS: "clamd.example:3310" }).clamd).toEqual({
      host: "clamd.example",
      port: 3310,
    });
    expect(loadConfig({ CLAMD_ADDRESS: "/run/clamav/clamd.ctl" }).clamd).toEqual({
      path: "/run/clamav/clamd.ctl",
    });
    expect(refusal({ CLAMD_ADDRESS: "clamd" })).toContain("CLAMD_ADDRESS");
  });

  it("keep of a public address what a link needs", () => {
    expect(loadConfig({ PUBLIC_URL: "https://wxzj.example.cn/" }).publicUrl).toBe(
      "https://wxzj.example.cn",
    );
  });

  it.each([
    ["PORT", "abc"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "80.5"],
    ["PORT", "1e3"],
    ["PORT", "３０００"],
    ["HOST", "no host"],
    ["DEMO", "true"],
    ["PUBLIC_URL", "ftp://example.cn"],
    ["PUBLIC_URL", "https://example.cn/fund"],
    ["DISCLOSURE_POLICY", "secret"],
    ["RATE_LIMITS", "0"],
    ["LOG_LEVEL", "loud"],
    ["TRUSTED_PROXY_HOPS", "10"],
    ["CITY_NAME", "市".repeat(41)],
  ])("refuse %s=%s with a sentence that names the variable and what it may be", (name, value) => {
    const sentence = refusal({ [name]: value });
    expect(sentence).toMatch(new RegExp(`^环境变量 ${name} 的值“${value.slice(0, 10)}`));
    expect(sentence).toContain("”不正确：应为");
  });

  it("say what each wrong variable may be, all at once", () => {
    const sentence = refusal({ PORT: "abc", DEMO: "yes" });
    expect(sentence).toContain("PORT 的值“abc”不正确：应为 0 到 65535 的整数");
    expect(sentence).toContain("DEMO 的值“yes”不正确：应为 on（开）或 off（关）");
  });

  it.each([
    ["DATABASE_URL", "mysql://centre:secret-word@db/fund"],
    ["MIGRATION_DATABASE_URL", "secret-word"],
    ["DATA_KEY", "secret-word"],
  ])("never repeat the secret in a wrong %s", (name, value) => {
    const sentence = refusal({ [name]: value });
    expect(sentence).toContain(`环境变量 ${name} 的值不正确：应为`);
    expect(sentence).not.toContain("secret-word");
  });

  it("refuse the demonstration in production, asked for or fallen into", () => {
    const asked = { NODE_ENV: "production", DEMO: "on", DATABASE_URL: url, DATA_KEY: key };
    expect(refusal(asked)).toContain("不能与 NODE_ENV=production 同时使用");
    expect(refusal({ NODE_ENV: "production" })).toContain("须设置 DATABASE_URL");
  });

  it("demand the key of personal data beside a deployment's database", () => {
    expect(refusal({ DATABASE_URL: url })).toContain("须设置 DATA_KEY");
  });

  it("refuse to switch rate limits off outside the demonstration", () => {
    expect(refusal({ RATE_LIMITS: "off", DEMO: "off" })).toContain("只能在演示模式");
    expect(loadConfig({ RATE_LIMITS: "off" }).areRateLimitsOn).toBe(false);
  });

  it("refuse an owner's address without the application's", () => {
    expect(refusal({ MIGRATION_DATABASE_URL: url })).toContain("还须设置 DATABASE_URL");
  });
});
