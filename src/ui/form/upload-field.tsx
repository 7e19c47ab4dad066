import { describedBy, Field, type FieldWords } from "./field.tsx";
import { fieldId } from "./form-errors.ts";

export interface UploadFieldProps extends FieldWords {
  /** Endings and media types that the browser offers to choose. */
  accept: string;
}

/** A field for one file that goes with its form and is not shown again: a list, a register, a bank's statement. */
export function UploadField({ accept, ...words }: UploadFieldProps) {
  return (
    <Field {...words}>
      <input
        type="file"
        id={fieldId(words.name)}
        name={words.name}
        class="input file"
        accept={accept}
        aria-invalid={words.error ? "true" : undefined}
        aria-describedby={describedBy(words)}
      />
    </Field>
  );
}

/** What the browser offers to choose where a table is wanted. */
export const SPREADSHEETS =
  ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
