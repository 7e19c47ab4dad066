import { Icon } from "../drawing/icon.tsx";
import { describedBy, Field, type FieldWords } from "./field.tsx";
import { fieldId } from "./form-errors.ts";

/** A file that is there already. */
export interface ListedFile {
  id: string;
  name: string;
  href: string;
  /** 3.2 MB · 4 页 */
  about: string;
  /** Pressed without script, this button sends the form; null where a tick takes the file out instead. */
  removal: { name: string; value: string } | null;
  /** Ticked, the file is taken out when the form is sent. */
  takingOut?: { name: string; isTicked: boolean };
}

export interface FileFieldProps extends FieldWords {
  files: readonly ListedFile[];
  /** How many files it may have. */
  max: number;
  /** Endings and media types that the browser offers to choose. */
  accept: string;
  /** What is worth knowing and no error: a file that was there already. */
  note?: string | undefined;
}

/** A field for files: those that are there, each with its 删除, and the browser's own way to choose more. */
export function FileField(props: FileFieldProps) {
  return (
    <Field {...props}>
      <ul class="files" data-files>
        {props.files.map((file) => (
          <FileLine key={file.id} {...file} />
        ))}
      </ul>
      {props.note && <p class="file-note">{props.note}</p>}
      <input
        type="file"
        id={fieldId(props.name)}
        name={props.name}
        class="input file"
        multiple={props.max > 1}
        accept={props.accept}
        data-upload
        aria-invalid={props.error ? "true" : undefined}
        aria-describedby={describedBy(props)}
      />
    </Field>
  );
}

/** The line of a file, which the script copies for those that it uploads. */
export function FileLine({ name, href, about, removal, takingOut }: ListedFile) {
  return (
    <li>
      <Icon name="file" />
      <span class="file-words">
        <a href={href} target="_blank" rel="noreferrer">
          {name}
        </a>
        <span class="quiet">{about}</span>
      </span>
      {removal && (
        <button
          type="submit"
          class="button text"
          name={removal.name}
          value={removal.value}
          aria-label={`删除 ${name}`}
        >
          删除
        </button>
      )}
      {takingOut && (
        <span class="choice check">
          <input
            type="checkbox"
            id={takingOut.name}
            name={takingOut.name}
            value="yes"
            checked={takingOut.isTicked}
          />
          <label for={takingOut.name}>
            去掉<span class="heard"> {name}</span>
          </label>
        </span>
      )}
    </li>
  );
}
