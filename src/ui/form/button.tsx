import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../drawing/icon.tsx";

/** One primary button in a view; `danger` for what undoes, `text` for the quiet way back. */
export type ButtonKind = "primary" | "plain" | "danger" | "text";

interface ButtonLook {
  kind?: ButtonKind;
  /** 56 px high, for the main act of a page. */
  isLarge?: boolean;
  /** As wide as its column. */
  isWide?: boolean;
  icon?: IconName;
  /** A key of the keyboard that presses it at the bank desk, such as "F9" or "Escape". */
  hotkey?: string;
  children: ComponentChildren;
}

export interface ButtonProps extends ButtonLook {
  type?: "submit" | "button";
  name?: string;
  value?: string;
  isDisabled?: boolean;
  /** Another address for this button's submit. */
  formAction?: string;
}

/** A native button that names its act (提交, 确认收款 ¥10,742.40). */
export function Button(props: ButtonProps) {
  return (
    <button
      type={props.type ?? "submit"}
      class={look(props)}
      name={props.name}
      value={props.value}
      disabled={props.isDisabled}
      formAction={props.formAction}
      data-hotkey={props.hotkey}
    >
      <Inside {...props} />
    </button>
  );
}

export interface ButtonLinkProps extends ButtonLook {
  href: string;
  /** Said instead of the visible words; it starts with them, for people who speak to their computer. */
  label?: string;
  opensNewTab?: boolean;
}

/** A link that looks like a button; `href` is an address of our own, never what a visitor typed. */
export function ButtonLink(props: ButtonLinkProps) {
  return (
    <a
      href={props.href}
      class={look(props)}
      aria-label={props.label}
      target={props.opensNewTab ? "_blank" : undefined}
      data-hotkey={props.hotkey}
    >
      <Inside {...props} />
    </a>
  );
}

/** A printing button, shown only where the script that makes it work has run. */
export function PrintButton({ children = "打印本页" }: { children?: ComponentChildren }) {
  return (
    <button type="button" class="button" data-print hidden>
      <Icon name="print" />
      {children}
    </button>
  );
}

/** Goes back to the page before, with what was typed there; shown only where the script that makes it work has run. */
export function BackButton({ children = "返回上一页" }: { children?: ComponentChildren }) {
  return (
    <button type="button" class="button primary large" data-back hidden>
      {children}
    </button>
  );
}

/** Copies a text to the clipboard; shown only where the script that makes it work has run. */
export function CopyButton({ text, children }: { text: string; children: ComponentChildren }) {
  return (
    <button type="button" class="button text" data-copy={text} hidden>
      <Icon name="copy" />
      <span data-copy-word>{children}</span>
      <span class="heard" role="status" />
    </button>
  );
}

/** The buttons of a view in one row: the primary first, then plain ones, then the way back. */
export function Actions({ children }: { children: ComponentChildren }) {
  return <div class="actions">{children}</div>;
}

function Inside({ icon, hotkey, children }: ButtonLook) {
  return (
    <>
      {icon && <Icon name={icon} />}
      {children}
      {hotkey && (
        <span class="key" aria-hidden="true">
          {hotkey === "Escape" ? "Esc" : hotkey}
        </span>
      )}
    </>
  );
}

function look({ kind = "plain", isLarge, isWide }: ButtonLook): string {
  return ["button", kind === "plain" ? "" : kind, isLarge ? "large" : "", isWide ? "wide" : ""]
    .filter(Boolean)
    .join(" ");
}
