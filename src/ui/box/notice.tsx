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

export interface OpensLaterProps {
  /** The manual's name of the business. */
  title: string;
  /** What the citizen can do today instead. */
  children?: ComponentChildren;
}

/** The honest page of a business that cannot be done here yet. */
export function OpensLater({ title, children }: OpensLaterProps) {
  return (
    <Notice title={`“${title}”网上还没有开通`} icon="clock">
      <p>您没有提交任何内容。</p>
      <p>
        现在要办，请打 <a href="tel:12345">12345</a>，或到维修资金管理中心窗口办理。
      </p>
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
