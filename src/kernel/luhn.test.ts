import { expect, test } from "vitest";
import { passesLuhn } from "./luhn.ts";

test("a right card number passes, one wrong digit or a swap of neighbours does not", () => {
  expect(passesLuhn("4992739871")).toBe(false);
  expect(passesLuhn("49927398716")).toBe(true);
  expect(passesLuhn("49927398717")).toBe(false);
  expect(passesLuhn("49927398176")).toBe(false);
});

test("what is no number passes nothing", () => {
  expect(passesLuhn("")).toBe(false);
  expect(passesLuhn("4992 7398 716")).toBe(false);
});
