import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../drawing/icon.tsx";

export interface NoticeProps {
  title: string;
  /** `bad` for what is refused, `wait` for what needs somebody. */
  tone?: "plain" | "wait" | "bad";
  icon?: IconName;
  children?: ComponentChildren;
}

/** A state that takes the place of what one came for: expired, not open yet, nothing to do. */
export function Notice({ title, tone = "plain", icon, children }: NoticeProps) {
  return (
    <section class={tone === "plain" ? "notice" : `notice ${tone}`}>
      <Icon name={icon ?? (tone === "plain" ? "clock" : "alert")} />
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}

/** An empty list: says so, and what will appear here. */
export function EmptyState({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <Notice title={title} icon="doc">
      {children}
    </Notice>
  );
}

/** The dashed box at the end of a result list: the way out for a house that is not there. */
export function WayOut({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children: ComponentChildren;
}) {
  return (
    <section class="way-out" aria-labelledby="way-out-title">
      <div>
        <h2 id="way-out-title">{title}</h2>
        <p>{text}</p>
      </div>
      {children}
    </section>
  );
}
