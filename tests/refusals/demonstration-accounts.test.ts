import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMONSTRATION_PASSWORD, seedTellers } from "#src/demo/tellers.ts";
import { startSession } from "#src/platform/sessions.ts";
import { NOW } from "../support/builders.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";

let site: ServedSite;
/** Of a demonstration teller who was at work when the demonstration was stopped. */
let token: string;

beforeAll(async () => {
  site = await serveSite({}, async ({ db, owner }) => {
    await seedTellers(owner);
    const { id: userId } = await owner
      .selectFrom("bank_teller")
      .select("id")
      .where("username", "=", "teller-demo")
      .executeTakeFirstOrThrow();
    token = await startSession(db, { audience: "bank", userId, now: NOW });
  });
});
afterAll(() => site?.stop());

test.each(["teller-demo", "teller2-demo", "teller-other-demo"])(
  "%s cannot sign in to a deployment that once was a demonstration",
  async (username) => {
    const visitor = site.visitor();
    const sent = { username, password: DEMONSTRATION_PASSWORD };
    expect((await visitor.post("/bank/sign-in", sent)).status).toBe(422);
    expect(visitor.cookies.has("bank")).toBe(false);
  },
);

test("a demonstration teller who was signed in is signed out", async () => {
  const visitor = site.visitor();
  visitor.cookies.set("bank", token);
  const answer = await visitor.get("/bank");
  expect([answer.status, answer.headers.location]).toEqual([303, "/bank/sign-in"]);
});

test("the deployment's own tellers work on", async () => {
  const teller = await site.teller("teller-one");
  expect((await teller.get("/bank")).status).toBe(200);
});
