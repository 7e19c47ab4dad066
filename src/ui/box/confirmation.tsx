import type { ComponentChildren } from "preact";
import { Icon } from "../drawing/icon.tsx";

/** Says with the page's h1 what is done, then what comes next and by when. */
export function Confirmation({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="confirmation">
      <span class="round-tick">
        <Icon name="check" />
      </span>
      <div>
        <h1>{title}</h1>
        <div>{children}</div>
      </div>
    </div>
  );
}
