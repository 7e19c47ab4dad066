import { Hono } from "hono";
import { expect, test } from "vitest";
import { readFormPage } from "./form-page.ts";

const OURS = "https://fund.example";

async function pageFrom(referer: string | undefined): Promise<unknown> {
  const app = new Hono();
  app.post("/", (c) => c.json(readFormPage(c, OURS)));
  const headers = { host: "10.0.0.7:8080", ...(referer === undefined ? {} : { referer }) };
  return (await app.request("/", { method: "POST", headers })).json();
}

test("the page that a form was sent from is known by its path", async () => {
  expect(await pageFrom("https://fund.example/deposit/A-1?from=2")).toBe("/deposit/A-1?from=2");
  expect(await pageFrom("http://10.0.0.7:8080/sign-in")).toBe("/sign-in");
});

test.each([
  undefined,
  "",
  "nonsense",
  "https://elsewhere.example/deposit/A-1",
  "https://fund.example//elsewhere.example",
  `https://fund.example/${"x".repeat(3_000)}`,
])("%s names no page of ours", async (referer) => {
  expect(await pageFrom(referer)).toBeNull();
});
