import { expect, it } from "vitest";
import { hashPassword, verifyPassword } from "./passwords.ts";

it("accepts the password that was hashed and no other", async () => {
  const stored = await hashPassword("Demo-2026!");
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(stored, "Demo-2026!")).toBe(true);
  expect(await verifyPassword(stored, "demo-2026!")).toBe(false);
});

it("gives every hash a salt of its own", async () => {
  expect(await hashPassword("Demo-2026!")).not.toBe(await hashPassword("Demo-2026!"));
});

it("refuses any password for a user who does not exist", async () => {
  expect(await verifyPassword(null, "")).toBe(false);
});
