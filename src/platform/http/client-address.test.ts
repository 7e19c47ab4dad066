import { createSecretKey } from "node:crypto";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { expect, it } from "vitest";
import { clientAddress, hashAddress } from "./client-address.ts";

async function addressSeen(hops: number, forwarded?: string): Promise<string> {
  const app = new Hono().get("/", (c) => c.text(clientAddress(c, hops)));
  const server = createAdaptorServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  try {
    return await (await fetch(`http://127.0.0.1:${port}/`, { headers })).text();
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

it("believes the connection alone when there is no proxy of ours", async () => {
  expect(await addressSeen(0, "10.0.0.1")).toBe("127.0.0.1");
});

it("reads what our own proxy wrote, not what the visitor put before it", async () => {
  expect(await addressSeen(1, "1.2.3.4, 203.0.113.9")).toBe("203.0.113.9");
  expect(await addressSeen(2, "1.2.3.4, 203.0.113.9, 10.0.0.2")).toBe("203.0.113.9");
  expect(await addressSeen(1)).toBe("127.0.0.1");
});

it("knows an IPv6 visitor by what one subscriber gets", async () => {
  expect(await addressSeen(1, "2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2");
});

it("keeps no address that could be read back without the key", () => {
  const one = hashAddress("203.0.113.9", createSecretKey(Buffer.alloc(32, 1)));
  expect(one).toHaveLength(32);
  expect(one.equals(hashAddress("203.0.113.9", createSecretKey(Buffer.alloc(32, 2))))).toBe(false);
});
