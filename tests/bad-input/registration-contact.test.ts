import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REGISTRATIONS } from "#src/business/institution-registration/descriptor.ts";
import { codeSentTo, solveCaptcha } from "../support/doors.ts";
import { HOSTILE, letsMarkupThrough } from "../support/hostile-values.ts";
import { readPage } from "../support/read-page.ts";
import {
  buildRegistration,
  decideRegistration,
  filledForm,
} from "../support/registration-builders.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { institutionVisitor } from "../support/test-institutions.ts";
import { buildDocument } from "../support/unrecorded-builders.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

const PASSWORD = "Anquan-2026";

let site: ServedSite;
let visitor: WebVisitor;

beforeAll(async () => {
  // Text messages go to the outbox of the demonstration.
  site = await serveSite({ isDemo: true, areRateLimitsOn: true });
  visitor = site.visitor();
  await visitor.get("/register/developer");
});
afterAll(() => site?.stop());

async function withPapers(): Promise<string> {
  const submissionKey = randomUUID();
  const browserHash = createHash("sha256")
    .update(visitor.cookies.get("browser") ?? "")
    .digest();
  for (const { code } of REGISTRATIONS.developer.documents) {
    await buildDocument(site.city.db, site.city, { submissionKey, browserHash, code });
  }
  return submissionKey;
}

let n = 0;
function whole(changes: Record<string, string> = {}) {
  n += 1;
  return {
    ...filledForm("developer", null),
    username: `lianxi${n}`,
    password: PASSWORD,
    passwordAgain: PASSWORD,
    isAgreed: "yes",
    agreementVersion: "2026-1",
    ...changes,
  };
}

describe("the contact's phone", () => {
  const press = { "send-contact-code": "yes" };

  test("is proven by a code, without script, with nothing lost, and once for all of the form", async () => {
    const contactPhone = "+86 １３８ 0000 7101";
    const key = await withPapers();
    const form = { submissionKey: key, ...whole({ contactPhone }) };
    const early = await visitor.post("/register/developer", form);
    expect(early.status).toBe(422);
    expect(readPage(early.text).errors).toEqual({
      contactCode: expect.stringContaining("点“获取验证码”"),
    });
    const sent = await visitor.post("/register/developer", { ...form, ...press });
    expect(sent.status).toBe(200);
    expect(readPage(sent.text).values).toMatchObject({ contactPhone, legalPerson: "钱试验" });
    expect(sent.text).toContain("138****7101");
    const code = await codeSentTo(site, "13800007101");
    const wrong = await visitor.post("/register/developer", {
      ...form,
      contactCode: code === "000000" ? "000001" : "000000",
    });
    expect(readPage(wrong.text).errors["contactCode"]).toContain("验证码不对");
    const half = await visitor.post("/register/developer", {
      ...form,
      contactCode: ` ${code.slice(0, 3)} ${code.slice(3)}`,
      isAgreed: "",
    });
    expect(Object.keys(readPage(half.text).errors)).toEqual(["isAgreed"]);
    expect(half.text).toContain("号码已验证");
    const changed = await visitor.post("/register/developer", {
      ...form,
      contactPhone: "13800007102",
    });
    expect(Object.keys(readPage(changed.text).errors)).toEqual(["contactCode"]);
    expect((await visitor.post("/register/developer", form)).status).toBe(303);
  });

  test("is sent at most one code a minute, and none where it is no mobile phone", async () => {
    const form = { submissionKey: randomUUID(), ...whole(), ...press };
    const fixed = { ...form, contactPhone: "010-88886666" };
    const answer = await visitor.post("/register/developer", fixed);
    expect(readPage(answer.text).errors["contactPhone"]).toContain("固定电话收不到短信");
    const mobile = { ...form, contactPhone: "13800007103" };
    expect((await visitor.post("/register/developer", mobile)).status).toBe(200);
    const again = await visitor.post("/register/developer", mobile);
    expect(again.status).toBe(422);
    expect(readPage(again.text).errors["contactPhone"]).toContain("秒再获取");
    for (const [name, contactPhone] of HOSTILE) {
      const hostile = await visitor.post("/register/developer", { ...form, contactPhone });
      expect(hostile.status, name).toBe(422);
    }
    for (const [name, contactCode] of HOSTILE) {
      const tried = { ...whole(), ...mobile, contactCode };
      const { "send-contact-code": _, ...typed } = tried;
      const hostile = await visitor.post("/register/developer", typed);
      expect(hostile.status, name).toBe(422);
      expect(letsMarkupThrough(hostile.text), name).toBe(false);
    }
  });

  test("of a correction is proven only where it is another one", async () => {
    const { number, institutionId } = await buildRegistration(site.city, "developer", null);
    await decideRegistration(site.city, number, "correct", { remark: "缺少要件，请补齐" });
    const user = await institutionVisitor(site, institutionId);
    const path = "/workbench/registration/correction";
    const shown = await user.get(path);
    expect(shown.text).toContain("没有改的不用再验证");
    const { values } = readPage(shown.text);
    const form = {
      ...filledForm("developer", null),
      creditCode: values["creditCode"] ?? "",
      submissionKey: values["submissionKey"] ?? "",
      contactPhone: "138 0000 7105",
    };
    const refused = await user.post(path, form);
    expect(Object.keys(readPage(refused.text).errors)).toEqual(["contactCode"]);
    expect((await user.post(path, { ...form, ...press })).text).toContain("138****7105");
    const contactCode = await codeSentTo(site, "13800007105");
    expect((await user.post(path, { ...form, contactCode })).status).toBe(303);
  });

  test("asks for a sum once an address has had three codes, and takes it", async () => {
    const form = { submissionKey: randomUUID(), ...whole(), ...press };
    const post = (contactPhone: string, more: Record<string, string> = {}) =>
      visitor.post("/register/developer", { ...form, contactPhone, ...more });
    let answer = await post("13800007111");
    for (let at = 2; !("captchaId" in readPage(answer.text).values) && at < 6; at += 1) {
      answer = await post(`1380000711${at}`);
    }
    const refused = await post("13800007120", { captchaId: "", captcha: "" });
    expect(readPage(refused.text).errors).toEqual({ captcha: "请填写算式的得数" });
    const solved = await post("13800007120", await solveCaptcha(site, refused.text));
    expect(solved.status).toBe(200);
    expect(solved.text).toContain("138****7120");
  });
});
