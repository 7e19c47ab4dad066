import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildHouse } from "../support/builders.ts";
import { HOSTILE, HOSTILE_ENCODED, letsMarkupThrough } from "../support/hostile-values.ts";
import { buildNotice } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";

let site: ServedSite;
let path: string;
beforeAll(async () => {
  site = await serveSite({ isDemo: true });
  const notice = await buildNotice(site.city, await buildHouse(site.city));
  path = `/applications/${notice.no}`;
});
afterAll(() => site?.stop());

async function rowsOfCodes(): Promise<number> {
  return (await site.city.db.selectFrom("one_time_code").select("id").execute()).length;
}

/** A sum that is worked out, so that nothing but the phone is wrong. */
async function solved(visitor: ReturnType<ServedSite["visitor"]>) {
  const { values } = readPage((await visitor.get(`${path}/proof`)).text);
  const captchaId = values["captchaId"] ?? "";
  const { code } = await site.city.db
    .selectFrom("demo_outbox")
    .select("code")
    .where("recipient", "=", captchaId)
    .executeTakeFirstOrThrow();
  return { captchaId, captcha: code };
}

describe("用手机号验证", () => {
  test.each([...HOSTILE, ["a fixed line", "0571-88887777"], ["ten digits", "1380000567"]])(
    "%s is no phone that gets a message",
    async (_, value) => {
      const visitor = site.visitor();
      const answer = await visitor.post(`${path}/proof`, {
        ...(await solved(visitor)),
        phone: value,
      });
      expect(answer.status).toBe(422);
      expect(letsMarkupThrough(answer.text)).toBe(false);
      const page = readPage(answer.text);
      expect(page.errors["phone"]).toMatch(/[\u4E00-\u9FFF]{4}/);
      expect(page.summary).toContainEqual({ field: "phone", sentence: page.errors["phone"] });
      expect(page.values["phone"]).toBe(value);
      expect(await rowsOfCodes()).toBe(0);
    },
  );

  test.each(HOSTILE)("%s is no sum, and no challenge either", async (_, value) => {
    const visitor = site.visitor();
    const { captchaId } = await solved(visitor);
    const sent = { phone: "13800005678", captchaId, captcha: value };
    for (const fields of [sent, { ...sent, captchaId: value, captcha: "7" }]) {
      const answer = await visitor.post(`${path}/proof`, fields);
      expect(answer.status).toBe(422);
      expect(letsMarkupThrough(answer.text)).toBe(false);
      const page = readPage(answer.text);
      expect(page.errors["captcha"]).toMatch(/[\u4E00-\u9FFF]{4}/);
      expect(page.values["phone"]).toBe("13800005678");
    }
    expect(await rowsOfCodes()).toBe(0);
  });
});

describe("短信验证码", () => {
  test.each([...HOSTILE, ["five digits", "12345"], ["letters", "12345a"]])(
    "%s is no code",
    async (_, value) => {
      const visitor = site.visitor();
      const answer = await visitor.post(`${path}/proof/code`, { code: value });
      expect(answer.status).toBe(422);
      expect(letsMarkupThrough(answer.text)).toBe(false);
      const page = readPage(answer.text);
      expect(page.errors["code"]).toMatch(/[\u4E00-\u9FFF]{4}/);
      expect(page.values["code"]).toBe(value);
      expect([...visitor.cookies.keys()].some((name) => name.startsWith("applicant-"))).toBe(false);
    },
  );

  test.each(HOSTILE_ENCODED)("the bytes %s are refused without a failure", async (bytes) => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    for (const [to, body] of [
      ["/proof", `phone=${bytes}&captcha=${bytes}&captchaId=${bytes}`],
      ["/proof/code", `code=${bytes}`],
      ["/cancel", `anything=${bytes}`],
    ] as const) {
      const answer = await site.visitor().send("POST", path + to, form, body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
  });
});

test.each(HOSTILE)("%s is no number of an application to prove or cancel", async (_, value) => {
  const number = encodeURIComponent(value).slice(0, 4_000);
  for (const rest of ["proof", "proof/code", "cancel"]) {
    const answer = await site.visitor().get(`/applications/${number}/${rest}`);
    expect(answer.status).toBe(404);
  }
});
