import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";
import { type MarkName, StateMark } from "./state-mark.tsx";

/** The hue of a tag: the third signal after the word and the mark. */
export type Tone = "ok" | "wait" | "bad" | "brand" | "mute";

export interface TagProps {
  tone?: Tone;
  mark?: MarkName;
  icon?: IconName;
  children: ComponentChildren;
}

/** A state as a mark and a word on a soft ground; at most one in a row of a list. */
export function Tag({ tone = "mute", mark, icon, children }: TagProps) {
  const hue = tone === "brand" ? " brand-tag" : tone === "mute" ? "" : ` ${tone}`;
  return (
    <span class={`tag${hue}${mark === "dash" ? " dashed" : ""}`}>
      {mark && <StateMark mark={mark} />}
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
