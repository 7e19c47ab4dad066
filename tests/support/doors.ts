import { expect } from "vitest";
import { deliverSms } from "#src/platform/sms/deliver-sms.ts";
import { demoSmsProvider } from "#src/platform/sms/demo-provider.ts";
import { readPage } from "./read-page.ts";
import type { ServedSite } from "./served-site.ts";
import type { WebAnswer, WebVisitor } from "./web-visitor.ts";

/** What the demonstration's outbox holds for somebody, newest first. */
async function outbox(
  { city }: ServedSite,
  kind: "sms" | "captcha",
  recipient: string,
): Promise<string[]> {
  const rows = await city.db
    .selectFrom("demo_outbox")
    .select("code")
    .where("kind", "=", kind)
    .where("recipient", "=", recipient)
    .orderBy("id", "desc")
    .execute();
  return rows.map(({ code }) => code ?? "");
}

/** The hidden ids and right answers of the captcha on a page, and of a second one where the page asks for it. */
export async function solveCaptcha(
  site: ServedSite,
  html: string,
): Promise<Record<string, string>> {
  const { captchaId = "", secondCaptchaId } = readPage(html).values;
  const answerTo = async (id: string) => (await outbox(site, "captcha", id))[0] ?? "";
  const first = { captchaId, captcha: await answerTo(captchaId) };
  if (secondCaptchaId === undefined) return first;
  return { ...first, secondCaptchaId, secondCaptcha: await answerTo(secondCaptchaId) };
}

/**
 * Opens a door, works its captcha out, and posts what is typed. Where the door then asks for a second sum, because
 * somebody failed there before, works both out.
 */
export async function postAtDoor(
  site: ServedSite,
  visitor: WebVisitor,
  door: string,
  typed: Record<string, string>,
  action = door.replace(/\?.*/, ""),
): Promise<WebAnswer> {
  const page = await visitor.get(door);
  const answer = await visitor.post(action, {
    ...(await solveCaptcha(site, page.text)),
    ...typed,
  });
  const { values, errors } = readPage(answer.text);
  const isMoreAsked = "secondCaptchaId" in values && Object.keys(errors).join() === "captcha";
  if (!isMoreAsked) return answer;
  return await visitor.post(action, { ...(await solveCaptcha(site, answer.text)), ...typed });
}

/** The newest dynamic password that went to a phone, delivered now. */
export async function codeSentTo(site: ServedSite, phone: string): Promise<string> {
  const { db, personalData } = site.city;
  const clock = () => site.clock.now;
  const provider = demoSmsProvider(db, clock);
  await deliverSms({ db, personalData, provider, clock, log: { warn: () => {} } as never });
  const waiting = () =>
    db.selectFrom("sms_message").select("id").where("state", "=", "waiting").execute();
  await expect.poll(waiting).toEqual([]);
  const [code = expect.fail(`no message to ${phone}`)] = await outbox(site, "sms", phone);
  return code;
}
