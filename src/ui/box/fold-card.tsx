import type { ComponentChildren } from "preact";

export interface FoldCardProps {
  title: string;
  /** What is seen while it is folded: the facts that tell one thing from another. */
  summary: string;
  /** Folded at every width: the reader has seen it a step before. Without it a wide screen shows all of it. */
  isAlwaysFolded?: boolean;
  children: ComponentChildren;
}

/**
 * A card of facts to check before a form. On a phone it is one line, so that the form begins on the first screen;
 * a browser that cannot unfold it by style alone has the line on a wide screen too.
 */
export function FoldCard({ title, summary, isAlwaysFolded, children }: FoldCardProps) {
  return (
    <section class="card">
      <details class={isAlwaysFolded ? "fold" : "fold wide-open"}>
        <summary>
          <span>{summary}</span> <span class="fold-word">{title}</span>
        </summary>
        <div class="card-head">
          <h2>{title}</h2>
        </div>
        {children}
      </details>
    </section>
  );
}
