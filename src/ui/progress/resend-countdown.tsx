import type { ComponentChildren } from "preact";
import { ButtonLink } from "../form/button.tsx";

export interface ResendCountdownProps {
  /** From when on a message may be asked for again. */
  from: Date;
  now: Date;
  href: string;
  children: ComponentChildren;
}

/**
 * Leads to asking for a message again. With script it counts down until that is possible; without it the link is
 * there at once, and the server says how long to wait.
 */
export function ResendCountdown({ from, now, href, children }: ResendCountdownProps) {
  const seconds = Math.max(0, Math.ceil((from.getTime() - now.getTime()) / 1000));
  return (
    <span class="resend" data-resend-after={seconds}>
      <span role="timer" data-resend-wait hidden />
      <span data-resend-link>
        <ButtonLink href={href}>{children}</ButtonLink>
      </span>
    </span>
  );
}
