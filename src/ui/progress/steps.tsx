import { Icon } from "../drawing/icon.tsx";

export interface StepsProps {
  /** At most five. */
  steps: readonly string[];
  /** The current one, from 1. */
  current: number;
}

/** Where one is on the way through a form. */
export function Steps({ steps, current }: StepsProps) {
  return (
    <ol class="steps" aria-label="办理步骤">
      {steps.map((step, index) => (
        <li
          key={step}
          class={index + 1 < current ? "done" : undefined}
          aria-current={index + 1 === current ? "step" : undefined}
        >
          {index + 1 < current ? <Icon name="check" /> : <b>{index + 1}</b>}{" "}
          <span class="step-word">{step}</span>
        </li>
      ))}
    </ol>
  );
}
