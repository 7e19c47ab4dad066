import type { ComponentChildren } from "preact";

export interface FormProps {
  action: string;
  method?: "get" | "post";
  /** One field with its button beside it, as at the bank desk. */
  isInline?: boolean;
  /** Names the form for assistive technology where a page has several. */
  label?: string;
  /** Sends files too, such as those of DocumentFields. */
  hasFiles?: boolean;
  /** For buttons that stand outside of it. */
  id?: string;
  children: ComponentChildren;
}

/**
 * A form whose refusals our server writes, so the browser's own bubbles are off. A posted one is sent
 * once however often its button is pressed.
 */
export function Form(props: FormProps) {
  const { action, method = "post", isInline, label, hasFiles, id, children } = props;
  return (
    <form
      id={id}
      action={action}
      method={method}
      noValidate
      accept-charset="utf-8"
      encType={hasFiles ? "multipart/form-data" : undefined}
      aria-label={label}
      data-once={method === "post"}
      class={isInline ? "fields inline" : "fields"}
    >
      {children}
    </form>
  );
}

/** A value that travels with the form unseen; the server checks it like any other. */
export function HiddenField({ name, value }: { name: string; value: string }) {
  return <input type="hidden" name={name} value={value} />;
}
