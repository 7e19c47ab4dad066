import type { ComponentChildren } from "preact";

export interface NextStepProps {
  /** Whose turn it is; `ours` tells the citizen that nothing is asked of him. */
  turn: "yours" | "ours";
  title: string;
  /** What to do, with what and by when; the one primary action at the end. */
  children?: ComponentChildren;
}

/** Names the next step, who has to do it and by when. */
export function NextStep({ turn, title, children }: NextStepProps) {
  const isYours = turn === "yours";
  return (
    <section class={isYours ? "next-step" : "next-step ours"} aria-label={title}>
      <p class="who">{isYours ? "下一步，请您来做" : "我们正在办，您不用做什么"}</p>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
