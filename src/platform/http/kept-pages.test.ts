import { Hono } from "hono";
import { expect, test, vi } from "vitest";
import { keepPages } from "./kept-pages.ts";
import type { Visit } from "./visit.ts";

function site(draw: () => Promise<string>) {
  const send = keepPages(2);
  let version = 1;
  const app = new Hono().get("/", (c) => {
    const display = { mode: "standard", theme: "auto" };
    return send({ c, display, isOwner: false } as unknown as Visit, "/", [version], draw);
  });
  app.onError((_, c) => c.text("", 500));
  return { app, publish: () => (version += 1) };
}

test("many askers share one drawing, and a browser that has the page gets 304 without one", async () => {
  const draw = vi.fn(async () => "<p>一</p>");
  const { app, publish } = site(draw);
  const answers = await Promise.all(Array.from({ length: 20 }, () => app.request("/")));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(draw).toHaveBeenCalledTimes(1);
  const headers = { "if-none-match": answers[0]?.headers.get("etag") ?? "" };
  expect((await app.request("/", { headers })).status).toBe(304);
  expect(draw).toHaveBeenCalledTimes(1);
  publish();
  draw.mockResolvedValue("<p>二</p>");
  expect(await (await app.request("/", { headers })).text()).toBe("<p>二</p>");
  expect(draw).toHaveBeenCalledTimes(2);
});

test("a drawing that failed is tried again by the next", async () => {
  const draw = vi.fn(async () => "<p>一</p>");
  draw.mockRejectedValueOnce(new Error("no database"));
  const { app } = site(draw);
  expect((await app.request("/")).status).toBe(500);
  expect((await app.request("/")).status).toBe(200);
});
