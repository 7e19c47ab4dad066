import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedSite, serveSite } from "../support/served-site.ts";

let site: ServedSite;
beforeAll(async () => {
  site = await serveSite();
});
afterAll(() => site?.stop());

const HOSTILE = [
  "<script>alert(1)</script>",
  "'; drop table download_file; --",
  "../../etc/passwd",
  "\u202Etxt.exe",
  "%00",
  "\uFFFF",
  "9".repeat(5_000),
  "99999999",
  "－１",
  "NaN",
  "1e308",
];

test.each(HOSTILE)("the calculator refuses %j in any field and shows it harmless", async (text) => {
  for (const field of ["area", "houseUse", "lift", "floors", "price", "contractDate"]) {
    const typed = { area: "98.76", houseUse: "residential", lift: "yes", [field]: text };
    const answer = await site.visitor().get(`/calculator?${new URLSearchParams(typed)}`);
    expect([200, 422], `${field}: ${answer.status}`).toContain(answer.status);
    expect(answer.text).not.toContain("<script>alert");
  }
});

test("the calculator takes a field twice, and none that it knows", async () => {
  for (const query of ["area=1&area=2", "x=1", "area[]=1", "area", "&&&", "%E0%A4%A"]) {
    const { status } = await site.visitor().get(`/calculator?${query}`);
    expect([200, 400, 422]).toContain(status);
  }
});

test.each(HOSTILE)("a guide, a law, a form and a category named %j do not exist", async (text) => {
  const name = encodeURIComponent(text);
  for (const path of [`/guides/${name}`, `/policies/${name}`, `/downloads/forms/${name}`]) {
    const { status } = await site.visitor().get(path);
    expect([400, 404], path.slice(0, 60)).toContain(status);
  }
  const list = await site.visitor().get(`/downloads?category=${name}`);
  expect([200, 400]).toContain(list.status);
  expect(list.text).not.toContain("<script>alert");
});

test("what nobody has published yet is empty and not an error", async () => {
  const policies = await site.visitor().get("/policies");
  expect(policies.status).toBe(200);
  expect(policies.text).not.toContain("示例市住宅专项维修资金交存规程");
  const guide = await site.visitor().get("/guides/owner-deposit");
  expect(guide.text).toContain("/policies/decree-165#article-7");
  expect(guide.text).not.toContain("deposit-procedure");
});
