import { describedBy, Field, type FieldWords } from "./field.tsx";
import { fieldId } from "./form-errors.ts";

export interface DateFieldProps extends FieldWords {
  /** What was typed, or a date as 2026-11-23. */
  value?: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
}

/** Tells whether a native date control would show this value and not swallow it. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A date in the browser's own control. A value that this control could not hold (2/30, 昨天) comes back
 * in a text control, so that what was typed stays.
 */
export function DateField(props: DateFieldProps) {
  const value = props.value ?? "";
  const shared = {
    id: fieldId(props.name, props.scope),
    name: props.name,
    class: "input short",
    value,
    "aria-invalid": props.error ? ("true" as const) : undefined,
    "aria-describedby": describedBy(props),
  };
  const isHeld = value === "" || (ISO_DATE.test(value) && !props.error);
  return (
    <Field {...props}>
      {isHeld ? (
        <input {...shared} type="date" min={props.min} max={props.max} />
      ) : (
        <input {...shared} type="text" inputMode="numeric" autocomplete="off" />
      )}
    </Field>
  );
}
