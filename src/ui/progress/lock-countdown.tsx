import type { ComponentChildren } from "preact";

export interface LockCountdownProps {
  until: Date;
  now: Date;
  /** What stands there without script: 到 10:52 为止. */
  children: ComponentChildren;
}

/** The time left of a lock. Counts by the server's clock, so a wrong clock at the desk does no harm. */
export function LockCountdown({ until, now, children }: LockCountdownProps) {
  return (
    <span class="whole" role="timer" data-until={until.toISOString()} data-now={now.toISOString()}>
      {children}
    </span>
  );
}
