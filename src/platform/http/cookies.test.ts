import { Hono } from "hono";
import { expect, test } from "vitest";
import { createCookieJar } from "./cookies.ts";

async function written(isSecure: boolean): Promise<string> {
  const jar = createCookieJar(isSecure);
  const app = new Hono().get("/", (c) => {
    jar.write(c, "owner", "token", { sameSite: "Lax" });
    return c.text("");
  });
  return (await app.request("/")).headers.get("set-cookie") ?? "";
}

test("over HTTPS a cookie is this host's alone, unseen by scripts and never sent in clear", async () => {
  expect((await written(true)).split("; ").toSorted()).toEqual([
    "HttpOnly",
    "Path=/",
    "SameSite=Lax",
    "Secure",
    "__Host-owner=token",
  ]);
});

test("without HTTPS it has its plain name, so that a browser keeps it", async () => {
  expect(await written(false)).toBe("owner=token; Path=/; HttpOnly; SameSite=Lax");
});

test("over HTTPS one of the plain name, which another host of the domain may have set, is not read", async () => {
  const jar = createCookieJar(true);
  const app = new Hono().get("/", (c) => c.text(jar.read(c, "owner") ?? "none"));
  const ask = async (cookie: string) =>
    await (await app.request("/", { headers: { cookie } })).text();
  expect(await ask("owner=theirs")).toBe("none");
  expect(await ask("owner=theirs; __Host-owner=ours")).toBe("ours");
});
