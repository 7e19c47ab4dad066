import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPaidHouse } from "../support/payment-builders.ts";
import { buildVoucher, type TestVoucher } from "../support/refund-builders.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let voucher: TestVoucher;
beforeAll(async () => {
  site = await serveSite({ areRateLimitsOn: true });
  voucher = await buildVoucher(site.city, (await buildPaidHouse(site.city)).house);
});
afterAll(() => site?.stop());

async function pay(teller: WebVisitor, code: string, amountSeen = "100.00"): Promise<number> {
  const typed = { code, amountSeen, bankRef: "PAY-0001", valueDate: "2026-11-23" };
  return (await teller.post(`/bank/vouchers/${voucher.no}/pay`, typed)).status;
}

test("授权码 is guessed ten times in an hour; neither another bank's desk nor right codes use that up", async () => {
  const wrongCode = voucher.code === "00000000" ? "11111111" : "00000000";
  const [teller, other] = [await site.teller("teller-one"), await site.teller("teller-other")];
  for (let tries = 0; tries < 12; tries += 1) {
    expect(await pay(other, wrongCode)).toBe(404);
    expect(await pay(teller, voucher.code, "99.00")).toBe(409);
  }
  for (let tries = 0; tries < 10; tries += 1) expect(await pay(teller, wrongCode)).toBe(422);
  expect(await pay(teller, wrongCode)).toBe(429);
  expect(await pay(teller, voucher.code)).toBe(429);
}, 60_000);
