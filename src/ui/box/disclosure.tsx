import type { ComponentChildren } from "preact";

export interface DisclosureProps {
  /** A question, such as 怎么算的？ */
  summary: string;
  isOpen?: boolean;
  children: ComponentChildren;
}

/** What only some want to read; never a required step. */
export function Disclosure({ summary, isOpen, children }: DisclosureProps) {
  return (
    <details class="disclosure" open={isOpen}>
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}
