import { randomInt } from "node:crypto";

/** No two of them look alike when they are read out. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** Makes a password that is given out once and replaced at the next sign-in: sixteen letters in groups of four. */
export function makeInitialPassword(): string {
  const letter = () => LETTERS[randomInt(LETTERS.length)] ?? "";
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}
