import type { Choice } from "./choices.tsx";
import { describedBy, Field, type FieldWords } from "./field.tsx";
import { fieldId } from "./form-errors.ts";

export interface SelectFieldProps extends FieldWords {
  options: readonly Choice[];
  value?: string | undefined;
  /** The first, empty line; without it the first option is chosen from the start. */
  prompt?: string | undefined;
  width?: "short" | "medium" | "long" | "full" | undefined;
}

/** A native list for eight answers and more. */
export function SelectField(props: SelectFieldProps) {
  return (
    <Field {...props}>
      <select
        id={fieldId(props.name, props.scope)}
        name={props.name}
        class={`input ${props.width ?? "medium"}`}
        aria-invalid={props.error ? "true" : undefined}
        aria-describedby={describedBy(props)}
      >
        {props.prompt !== undefined && <option value="">{props.prompt}</option>}
        {props.options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
