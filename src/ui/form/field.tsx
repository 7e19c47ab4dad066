import type { ComponentChildren } from "preact";
import { Icon } from "../drawing/icon.tsx";
import { fieldId } from "./form-errors.ts";

export interface FieldWords {
  name: string;
  /** Which form of the page it stands in, where several have a field of this name. */
  scope?: string | undefined;
  label: string;
  /** What helps to fill it in; stands below the label, before the control. */
  hint?: string | undefined;
  /** The sentence of the refusal; keep what was typed in `value`. */
  error?: string | undefined;
  /** Marked （可不填）; a field that must be filled in carries no mark. */
  isOptional?: boolean | undefined;
}

/** Label, hint and error above one control, tied to it by ids. */
export function Field(props: FieldWords & { children: ComponentChildren }) {
  const { name, scope, label, isOptional, error, children } = props;
  return (
    <div class={error ? "field in-error" : "field"}>
      <label class="label" for={fieldId(name, scope)}>
        {label}
        {isOptional && <span class="optional">（可不填）</span>}
      </label>
      <HintAndError {...props} />
      {children}
    </div>
  );
}

/** The hint and the error of a field, with the ids that `describedBy` names. */
export function HintAndError({ name, scope, hint, error }: FieldWords) {
  return (
    <>
      {hint && (
        <p class="hint" id={`${fieldId(name, scope)}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${fieldId(name, scope)}-error`}>
          <Icon name="alert" />
          <span>{error}</span>
        </p>
      )}
    </>
  );
}

/** The value of `aria-describedby` for a control: its hint, then its error. */
export function describedBy({ name, scope, hint, error }: FieldWords): string | undefined {
  const ids = [hint && `${fieldId(name, scope)}-hint`, error && `${fieldId(name, scope)}-error`];
  return ids.filter(Boolean).join(" ") || undefined;
}
