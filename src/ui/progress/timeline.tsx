import type { ComponentChildren } from "preact";
import { Icon } from "../drawing/icon.tsx";

export interface TimelineStep {
  state: "done" | "now" | "later" | "failed";
  what: string;
  /** Who and when; for what is still to come, when it is expected. */
  when?: ComponentChildren;
}

/** Every step with actor and time: those done, the one now, and those still to come. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  return (
    <ol class="timeline">
      {steps.map((step) => (
        <li
          key={step.what}
          class={step.state}
          aria-current={step.state === "now" ? "step" : undefined}
        >
          <span class="dot">
            {step.state === "done" && <Icon name="check" />}
            {step.state === "failed" && <Icon name="minus" />}
          </span>
          <p class="what">
            {step.what}
            {step.state === "now" && "（现在）"}
            {step.state === "later" && <span class="heard">（还没到）</span>}
          </p>
          {step.when && <p class="quiet">{step.when}</p>}
        </li>
      ))}
    </ol>
  );
}
