import type { ComponentChildren } from "preact";

export interface Fact {
  label: string;
  /** As the server sends it; masking has already happened. */
  value: ComponentChildren;
}

/** Labels and values with hairlines; in two columns on wide screens when there is room. */
export function Facts({ facts, columns = 1 }: { facts: readonly Fact[]; columns?: 1 | 2 }) {
  return (
    <dl class={columns === 2 ? "facts two" : "facts"}>
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
