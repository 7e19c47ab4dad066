import { describedBy, type FieldWords, HintAndError } from "./field.tsx";
import { fieldId } from "./form-errors.ts";

export interface Choice {
  value: string;
  label: string;
  hint?: string | undefined;
}

export interface ChoicesProps extends FieldWords {
  options: readonly Choice[];
  value?: string | undefined;
  /** Side by side on wide screens; without it two stand side by side, more below each other. */
  columns?: 1 | 2 | 3 | undefined;
}

/** Up to seven answers as full-width rows with native radio buttons. */
export function Choices(props: ChoicesProps) {
  const columns = props.columns ?? (props.options.length === 2 ? 2 : 1);
  const layout = columns === 2 ? "choices two" : columns === 3 ? "choices three" : "choices";
  return (
    <fieldset
      class={props.error ? "field in-error" : "field"}
      aria-describedby={describedBy(props)}
      aria-invalid={props.error ? "true" : undefined}
    >
      <legend class="label">
        {props.label}
        {props.isOptional && <span class="optional">（可不填）</span>}
      </legend>
      <HintAndError {...props} />
      <div class={layout}>
        {props.options.map((option, index) => (
          <Row key={option.value} {...props} option={option} index={index} />
        ))}
      </div>
    </fieldset>
  );
}

function Row({ name, value, option, index }: ChoicesProps & { option: Choice; index: number }) {
  const id = index === 0 ? fieldId(name) : `${fieldId(name)}-${index + 1}`;
  return (
    <div class="choice">
      <input
        type="radio"
        id={id}
        name={name}
        value={option.value}
        checked={option.value === value}
      />
      <label for={id}>
        {option.label}
        {option.hint && <span class="quiet">{option.hint}</span>}
      </label>
    </div>
  );
}

/** One thing to tick, such as 我已阅读; its words are the label. */
export function CheckField(props: FieldWords & { isChecked?: boolean | undefined }) {
  const id = fieldId(props.name);
  return (
    <div class={props.error ? "field in-error" : "field"}>
      <HintAndError {...props} />
      <div class="choice check">
        <input
          type="checkbox"
          id={id}
          name={props.name}
          value="yes"
          checked={props.isChecked === true}
          aria-invalid={props.error ? "true" : undefined}
          aria-describedby={describedBy(props)}
        />
        <label for={id}>{props.label}</label>
      </div>
    </div>
  );
}

/** Things of a list to tick, all under one name, such as the houses of a building. */
export function TickList(props: {
  name: string;
  /** The id that an error links to, of the first list of a form. */
  id?: string | undefined;
  /** What is ticked; heard by those who come to the group. */
  legend: string;
  options: readonly Choice[];
  ticked: ReadonlySet<string>;
  /** Of the first list of a form. */
  error?: string | undefined;
}) {
  const { name, id, legend, options, ticked, error } = props;
  const words = { name, label: legend, error };
  return (
    <fieldset
      class={error ? "field in-error" : "field"}
      id={id}
      tabIndex={-1}
      aria-describedby={describedBy(words)}
    >
      <legend class="label">{legend}</legend>
      <HintAndError {...words} />
      <div class="choices ticks">
        {options.map(({ value, label, hint }) => (
          <div key={value} class="choice">
            <input
              type="checkbox"
              id={`${fieldId(name)}-${value}`}
              name={name}
              value={value}
              checked={ticked.has(value)}
            />
            <label for={`${fieldId(name)}-${value}`}>
              {label}
              {hint && <span class="quiet">{hint}</span>}
            </label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
