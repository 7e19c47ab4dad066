import type { ComponentChildren } from "preact";

/** How something was understood or comes about; not for warnings. */
export function Explanation({ children }: { children: ComponentChildren }) {
  return <div class="explanation">{children}</div>;
}

export interface UnderstoodAddressProps {
  /** The parts that were read: estate, building, unit, room. */
  parts: readonly string[];
  /** The way out when it was misunderstood. */
  children?: ComponentChildren;
}

/** Tells how the search read the words of the visitor, part by part. */
export function UnderstoodAddress({ parts, children }: UnderstoodAddressProps) {
  return (
    <div class="explanation understood">
      <p class="quiet" id="understood">
        我们这样理解您的地址：
      </p>
      <ul class="understood-parts" aria-labelledby="understood">
        {parts.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
      {children && <p class="quiet not-so">{children}</p>}
    </div>
  );
}
