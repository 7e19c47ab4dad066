import { groupNumber, type ApplicationNumber as Number18 } from "#src/kernel/application-number.ts";

export interface ApplicationNumberProps {
  number: Number18;
  /** As large as the text around it. */
  isPlain?: boolean;
}

/** The 18 digits in groups of four, easy to read out and to compare. */
export function ApplicationNumber({ number, isPlain }: ApplicationNumberProps) {
  return (
    <span class={isPlain ? "application-number plain" : "application-number"}>
      {groupNumber(number)}
    </span>
  );
}
