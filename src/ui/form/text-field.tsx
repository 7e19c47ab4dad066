import { describedBy, Field, type FieldWords } from "./field.tsx";
import { fieldId } from "./form-errors.ts";

export interface TextFieldProps extends FieldWords {
  value?: string | undefined;
  /** As wide as what belongs in it: short 12 rem, medium 21, long 28, full the column. */
  width?: "short" | "medium" | "long" | "full" | undefined;
  type?: "text" | "tel" | "password" | undefined;
  inputMode?: "text" | "numeric" | "decimal" | "tel" | "search" | undefined;
  autocomplete?: string | undefined;
  placeholder?: string | undefined;
  maxLength?: number | undefined;
  /** What stands behind the control, such as 元 or ㎡. */
  suffix?: string | undefined;
  isReadOnly?: boolean | undefined;
  /** Takes the focus when the page opens; at most one on a page. */
  hasFocus?: boolean | undefined;
  /** Large figures, for the number at the bank desk. */
  isLarge?: boolean | undefined;
}

/** One line of text. Length is checked by the server, so that a long paste gets an answer, not a cut. */
export function TextField(props: TextFieldProps) {
  const control = <Control {...props} />;
  return (
    <Field {...props}>
      {props.suffix ? (
        <div class="with-suffix">
          {control}
          <span>{props.suffix}</span>
        </div>
      ) : (
        control
      )}
    </Field>
  );
}

function Control(props: TextFieldProps) {
  const shared = {
    id: fieldId(props.name, props.scope),
    name: props.name,
    class: ["input", props.width ?? "full", props.isLarge ? "large" : ""].filter(Boolean).join(" "),
    value: props.type === "password" ? undefined : (props.value ?? ""),
    inputMode: props.inputMode,
    autocomplete: props.autocomplete ?? "off",
    placeholder: props.placeholder,
    maxLength: props.maxLength,
    readOnly: props.isReadOnly,
    "data-focus": props.hasFocus === true ? true : undefined,
    "aria-invalid": props.error ? ("true" as const) : undefined,
    "aria-describedby": describedBy(props),
  };
  if (props.type === "password") return <input {...shared} type="password" />;
  if (props.type === "tel") return <input {...shared} type="tel" />;
  return <input {...shared} type="text" spellcheck={false} />;
}

/** Several lines of text. */
export function TextArea(props: FieldWords & { value?: string | undefined; rows?: number }) {
  return (
    <Field {...props}>
      <textarea
        id={fieldId(props.name, props.scope)}
        name={props.name}
        class="input"
        rows={props.rows ?? 3}
        aria-invalid={props.error ? "true" : undefined}
        aria-describedby={describedBy(props)}
        value={props.value ?? ""}
      />
    </Field>
  );
}
