import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { aliyunSmsProvider, signAliyunCall } from "./aliyun-provider.ts";
import type { CloudSmsSettings } from "./cloud-settings.ts";
import type { OutgoingSms } from "./sms-provider.ts";
import { authorizeTencentCall, tencentSmsProvider } from "./tencent-provider.ts";

const NOW = new Date("2026-11-23T02:00:05.678Z");
const CODE: OutgoingSms = {
  ...{ id: "7b0c", kind: "code", phone: "13800005678" },
  ...{ text: "验证码 012345", code: "012345", values: { code: "012345" } },
};
const NOTICE: OutgoingSms = {
  ...{ id: "7b0d", kind: "notice", phone: "13800005678", text: "…", code: "" },
  values: { about: "业务单（尾号 1234）", words: `已办结，${"请打印交存证明".repeat(8)}` },
};

describe("the signatures that the clouds publish as examples", () => {
  // help.aliyun.com, SDK 参考: “V3版本请求体&签名机制”, 固定参数示例.
  test("Alibaba Cloud, ACS3-HMAC-SHA256", () => {
    const call = {
      host: "ecs.cn-shanghai.aliyuncs.com",
      action: "RunInstances",
      version: "2014-05-26",
      date: "2023-10-26T10:22:32Z",
      nonce: "3156853299f313e23d1673dc12e1703d",
      parameters: {
        RegionId: "cn-shanghai",
        ImageId: "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
      },
    };
    const key = { keyId: "YourAccessKeyId", keySecret: "YourAccessKeySecret" };
    const { query, headers } = signAliyunCall(call, key);
    expect(query).toBe(
      "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai",
    );
    expect(headers["authorization"]).toBe(
      "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
    );
  });

  // cloud.tencent.com, 云 API 3.0: “签名方法 v3”, the example with DescribeInstances.
  test("Tencent Cloud, TC3-HMAC-SHA256", () => {
    const call = {
      host: "cvm.tencentcloudapi.com",
      service: "cvm",
      timestamp: 1551113065,
      body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
    };
    const key = {
      keyId: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
      keySecret: "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
    };
    expect(authorizeTencentCall(call, key)).toBe(
      "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
    );
  });
});

interface Got {
  url: URL;
  headers: IncomingMessage["headers"];
  body: string;
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A cloud of the test's own, which answers as it is told and writes down what it got. */
async function startCloud(answer: (response: ServerResponse) => void) {
  const received: Got[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "", "http://cloud");
      received.push({ url, headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const settings: CloudSmsSettings = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{
      keyId: "AKID",
      keySecret: "secret-key",
      signName: "示例市维修资金",
      region: "ap-guangzhou",
    },
    ...{ templates: { code: "SMS_1", notice: "SMS_2" }, timeoutMs: 2_000 },
  };
  return {
    received,
    aliyun: aliyunSmsProvider({ kind: "aliyun", ...settings }, () => NOW),
    tencent: tencentSmsProvider({ kind: "tencent", appId: "1400006666", ...settings }, () => NOW),
  };
}

const json = (status: number, body: unknown) => (response: ServerResponse) =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

const aliyunSays = (code: string, status = 200) => json(status, { Code: code, RequestId: "r" });
const tencentSays = (code: string) =>
  json(200, { Response: { SendStatusSet: [{ Code: code, SerialNo: "s" }], RequestId: "r" } });
const tencentFails = (code: string) =>
  json(200, { Response: { Error: { Code: code, Message: "m" }, RequestId: "r" } });

describe("Alibaba Cloud", () => {
  test("gets number, signature, template and variables, signed anew each time", async () => {
    const cloud = await startCloud(aliyunSays("OK"));
    expect(await cloud.aliyun.send(CODE)).toEqual({ kind: "accepted" });
    expect(await cloud.aliyun.send(NOTICE)).toEqual({ kind: "accepted" });
    const [first, second] = cloud.received;
    expect(Object.fromEntries(first?.url.searchParams ?? [])).toEqual({
      OutId: "7b0c",
      PhoneNumbers: "13800005678",
      SignName: "示例市维修资金",
      TemplateCode: "SMS_1",
      TemplateParam: '{"code":"012345"}',
    });
    expect(first?.headers).toMatchObject({
      "x-acs-action": "SendSms",
      "x-acs-version": "2017-05-25",
      "x-acs-date": "2026-11-23T02:00:05Z",
    });
    const call = {
      host: first?.headers.host ?? "",
      ...{ action: "SendSms", version: "2017-05-25", date: "2026-11-23T02:00:05Z" },
      nonce: String(first?.headers["x-acs-signature-nonce"]),
      parameters: Object.fromEntries(first?.url.searchParams ?? []),
    };
    const signed = signAliyunCall(call, { keyId: "AKID", keySecret: "secret-key" });
    expect(first?.headers["authorization"]).toBe(signed.headers["authorization"]);
    expect(second?.headers["x-acs-signature-nonce"]).not.toBe(call.nonce);
    const values = JSON.parse(second?.url.searchParams.get("TemplateParam") ?? "");
    expect(values.about).toBe("业务单（尾号 1234）");
    expect([...values.words]).toHaveLength(35);
  });

  test.each([
    ["isv.BUSINESS_LIMIT_CONTROL", "later"],
    ["isv.DAY_LIMIT_CONTROL", "later"],
    ["isv.AMOUNT_NOT_ENOUGH", "later"],
    ["isp.SYSTEM_ERROR", "later"],
    ["isv.SMS_TEMPLATE_ILLEGAL", "later"],
    ["SignatureDoesNotMatch", "later"],
    ["isv.MOBILE_NUMBER_ILLEGAL", "refused"],
    ["isv.BLACK_KEY_CONTROL_LIMIT", "refused"],
    ["isv.PARAM_LENGTH_LIMIT", "refused"],
  ])("%s means %s", async (code, kind) => {
    for (const status of [200, 400]) {
      const { aliyun } = await startCloud(aliyunSays(code, status));
      expect(await aliyun.send(CODE)).toEqual({ kind, problem: `Aliyun: ${code}` });
    }
  });
});

describe("Tencent Cloud", () => {
  test("gets number, application, template and variables as signed JSON", async () => {
    const cloud = await startCloud(tencentSays("Ok"));
    expect(await cloud.tencent.send(NOTICE)).toEqual({ kind: "accepted" });
    const [got] = cloud.received;
    const body = JSON.parse(got?.body ?? "");
    expect(body).toMatchObject({
      PhoneNumberSet: ["+8613800005678"],
      SmsSdkAppId: "1400006666",
      SignName: "示例市维修资金",
      TemplateId: "SMS_2",
      SessionContext: "7b0d",
    });
    expect(body.TemplateParamSet).toHaveLength(2);
    expect(body.TemplateParamSet[0]).toBe("业务单（尾号 1234）");
    expect(got?.headers).toMatchObject({
      "x-tc-action": "SendSms",
      "x-tc-version": "2021-01-11",
      "x-tc-region": "ap-guangzhou",
      "x-tc-timestamp": String(Math.floor(NOW.getTime() / 1000)),
      "content-type": "application/json; charset=utf-8",
    });
    const call = {
      ...{ host: got?.headers.host ?? "", service: "sms", body: got?.body ?? "" },
      timestamp: Math.floor(NOW.getTime() / 1000),
    };
    const key = { keyId: "AKID", keySecret: "secret-key" };
    expect(got?.headers["authorization"]).toBe(authorizeTencentCall(call, key));
  });

  test.each([
    ["LimitExceeded.PhoneNumberOneHourLimit", "later"],
    ["LimitExceeded.DeliveryFrequencyLimit", "later"],
    ["FailedOperation.InsufficientBalanceInSmsPackage", "later"],
    ["FailedOperation.TemplateIncorrectOrUnapproved", "later"],
    ["InternalError.OtherError", "later"],
    ["AuthFailure.SignatureFailure", "later"],
    ["InvalidParameterValue.IncorrectPhoneNumber", "refused"],
    ["FailedOperation.PhoneNumberInBlacklist", "refused"],
    ["FailedOperation.ContainSensitiveWord", "refused"],
  ])("%s means %s, of the message and of the call", async (code, kind) => {
    for (const answer of [tencentSays(code), tencentFails(code)]) {
      const { tencent } = await startCloud(answer);
      expect(await tencent.send(CODE)).toEqual({ kind, problem: `Tencent: ${code}` });
    }
  });
});

test("what is no answer is tried again later, and a redirect is not followed", async () => {
  const answers: ((response: ServerResponse) => void)[] = [
    (response) => void response.writeHead(502).end("<html>bad gateway</html>"),
    (response) => void response.writeHead(200).end("[]"),
    (response) => void response.writeHead(200).end("x".repeat(100_000)),
    (response) => void response.destroy(),
    json(200, { Response: { SendStatusSet: [] }, Code: 5 }),
    (response) => void response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
  ];
  for (const answer of answers) {
    const cloud = await startCloud(answer);
    for (const provider of [cloud.aliyun, cloud.tencent]) {
      const outcome = await provider.send(CODE);
      expect(outcome.kind).toBe("later");
      expect(JSON.stringify(outcome)).not.toMatch(/13800005678|012345|secret-key/);
    }
  }
  const silent = await startCloud(() => {});
  expect(await silent.tencent.send(CODE)).toEqual({ kind: "later", problem: "TimeoutError" });
});
