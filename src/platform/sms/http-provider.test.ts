import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { httpSmsProvider } from "./http-provider.ts";

interface Got {
  path: string;
  headers: IncomingMessage["headers"];
  body: unknown;
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A gateway of the test's own, which answers as it is told and writes down what it got. */
async function startGateway(
  answer: (got: Got, response: ServerResponse) => void,
  timeoutMs = 10_000,
) {
  const received: Got[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8") || "null");
      const got = { path: request.url ?? "", headers: request.headers, body };
      received.push(got);
      answer(got, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`;
  const provider = httpSmsProvider({ url, token: "secret-token", timeoutMs });
  return { received, provider };
}

const MESSAGE = {
  ...{ id: "7b0c", kind: "code" as const, phone: "13800005678" },
  ...{ text: "验证码 012345", code: "012345", values: { code: "012345" } },
};

test("the gateway gets the message once, with the token and the id of the delivery", async () => {
  const { received, provider } = await startGateway((_, response) => response.writeHead(202).end());
  expect(await provider.send(MESSAGE)).toEqual({ kind: "accepted" });
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({
    path: "/sms",
    headers: { authorization: "Bearer secret-token", "idempotency-key": "7b0c" },
    body: { id: "7b0c", to: "13800005678", text: "验证码 012345", code: "012345" },
  });
});

test("a gateway that knows the id already has the message", async () => {
  const known = new Set<string>();
  const { provider } = await startGateway(({ headers }, response) => {
    const id = String(headers["idempotency-key"]);
    response.writeHead(known.has(id) ? 409 : 200).end();
    known.add(id);
  });
  expect(await provider.send(MESSAGE)).toEqual({ kind: "accepted" });
  expect(await provider.send(MESSAGE)).toEqual({ kind: "accepted" });
  expect(known.size).toBe(1);
});

test.each([500, 502, 503, 429, 408, 401, 403, 404])("%i is tried again later", async (status) => {
  const { provider } = await startGateway((_, response) => response.writeHead(status).end("no"));
  const problem = `the gateway answered ${status}`;
  expect(await provider.send(MESSAGE)).toEqual({ kind: "later", problem });
});

test.each([400, 422])("%i is final: the message itself is wrong", async (status) => {
  const { provider } = await startGateway((_, response) => response.writeHead(status).end());
  expect((await provider.send(MESSAGE)).kind).toBe("refused");
});

test("a gateway that does not answer in time is tried again later", async () => {
  const { received, provider } = await startGateway(() => {}, 300);
  expect(await provider.send(MESSAGE)).toEqual({ kind: "later", problem: "TimeoutError" });
  expect(received).toHaveLength(1);
});

test("a redirect is not followed", async () => {
  const elsewhere = await startGateway((_, response) => response.writeHead(200).end());
  const { provider } = await startGateway((_, response) =>
    response.writeHead(307, { location: "/elsewhere" }).end(),
  );
  expect((await provider.send(MESSAGE)).kind).toBe("later");
  expect(elsewhere.received).toEqual([]);
});

test("a gateway that is not there is tried again later", async () => {
  const provider = httpSmsProvider({ url: "http://127.0.0.1:1/", token: "secret-token" });
  expect((await provider.send(MESSAGE)).kind).toBe("later");
});
