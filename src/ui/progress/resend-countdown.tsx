import type { ComponentChildren } from "preact";
import { ButtonLink } from "../form/button.tsx";

export interface ResendWaitProps {
  /** From when on a message may be asked for again. */
  from: Date;
  now: Date;
  /** The id of the field whose change ends the waiting: a message to another phone need not wait. */
  endsWith?: string;
  /** What asks for it. */
  children: ComponentChildren;
}

/**
 * Holds what asks for a message again. With script it counts down until that is possible; without it the link or
 * button is there at once, and the server says how long to wait.
 */
export function ResendWait({ from, now, endsWith, children }: ResendWaitProps) {
  const seconds = Math.max(0, Math.ceil((from.getTime() - now.getTime()) / 1000));
  return (
    <span class="resend" data-resend-after={seconds} data-resend-ends-with={endsWith}>
      <span role="timer" data-resend-wait hidden />
      <span data-resend-link>{children}</span>
    </span>
  );
}

/** `ResendWait` with a link to the page that sends. */
export function ResendCountdown({
  href,
  children,
  ...wait
}: Omit<ResendWaitProps, "endsWith"> & { href: string }) {
  return (
    <ResendWait {...wait}>
      <ButtonLink href={href}>{children}</ButtonLink>
    </ResendWait>
  );
}
