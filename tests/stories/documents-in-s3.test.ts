import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FakeS3, startFakeS3 } from "../support/fake-s3.ts";
import { buildPaidHouse } from "../support/payment-builders.ts";
import { handIn, OWNER } from "../support/refund-visit.ts";
import { registerOwner } from "../support/registered-owner.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";

let s3: FakeS3;
let site: ServedSite;
beforeAll(async () => {
  s3 = await startFakeS3();
  site = await serveSite({ documentStore: s3.settings });
});
afterAll(async () => {
  await site?.stop();
  await s3?.close();
});

/** Hands a refund with all its papers in. */
async function handRefundIn() {
  const { house } = await buildPaidHouse(site.city);
  await registerOwner(site.city, house, OWNER);
  return await handIn(site.visitor(), house, { reason: "R01" });
}

test("papers of a form lie in the bucket, sealed, and who takes the case on sees their pages", async () => {
  const { number } = await handRefundIn();
  expect(s3.objects.size).toBeGreaterThan(1);
  for (const kept of s3.objects.values()) {
    expect(kept.includes("PNG")).toBe(false);
    await expect(sharp(kept).metadata()).rejects.toThrow();
  }

  const clerk = await site.staff("intake-demo");
  const { text } = await clerk.get(`/review/applications/${number}`);
  for (const key of s3.objects.keys()) {
    const document = `/review/${number}/documents/${key.split("/")[1]}`;
    expect((await site.visitor().get(`${document}/pages/1`)).status).toBe(303);
    const page = await clerk.get(`${document}/pages/1`);
    expect(page.status).toBe(200);
    expect(await sharp(page.bytes).metadata()).toMatchObject({ width: 40, height: 30 });
  }
  const [shown = ""] = /\/review\/\d{18}\/documents\/[0-9a-f-]{36}\/pages\/1/.exec(text) ?? [];
  expect(s3.objects.has(`2026-11-23/${shown.split("/")[4]}`)).toBe(true);
});

test("a bucket that is away takes no form: the sender is told to come again, and nothing is half there", async () => {
  const rows = () => site.countRows();
  const [before, kept] = [await rows(), s3.objects.size];
  const { secretKey } = s3.settings;
  s3.settings.secretKey = "changed at the store";
  const { answer } = await handRefundIn();
  s3.settings.secretKey = secretKey;
  expect(answer.status).toBe(503);
  expect(answer.headers["retry-after"]).toBe("10");
  expect(s3.objects.size).toBe(kept);
  expect((await rows())["owner_refund"]).toBe(before["owner_refund"]);
});
