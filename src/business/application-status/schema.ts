import { type ApplicationNumber, checkApplicationNumber } from "#src/kernel/application-number.ts";

/** A number as it was typed: the number itself, nothing typed yet, or the sentence that says what is wrong. */
export type TypedNumber =
  | { kind: "number"; number: ApplicationNumber }
  | { kind: "nothing" }
  | { kind: "wrong"; sentence: string };

/** Reads a typed 业务单编号. A slip of the keyboard is told apart from a number that is not on record. */
export function readTypedNumber(text: string): TypedNumber {
  const check = checkApplicationNumber(text);
  if (check.ok) return { kind: "number", number: check.number };
  switch (check.reason) {
    case "empty":
      return { kind: "nothing" };
    case "not-digits":
      return { kind: "wrong", sentence: "业务单编号只有数字，请对照单据再输入" };
    case "length":
      return {
        kind: "wrong",
        sentence: `业务单编号应是 18 位数字，现在是 ${check.digits} 位，请对照单据再看一遍`,
      };
    case "check-digit":
      return { kind: "wrong", sentence: "业务单编号有一位不对，请对照单据再看一遍" };
  }
}
