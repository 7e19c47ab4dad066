import { Icon } from "#src/ui/drawing/icon.tsx";
import { Button } from "#src/ui/form/button.tsx";
import { describedBy, Field } from "#src/ui/form/field.tsx";
import { HiddenField } from "#src/ui/form/form.tsx";
import { type FormErrors, fieldId } from "#src/ui/form/form-errors.ts";
import type { DocumentRule } from "../descriptor.ts";
import { documentField, REMOVE_BUTTON, UPLOAD_BUTTON } from "./document-rules.ts";
import { fileSizeText } from "./file-size.ts";
import type { StoredDocument } from "./stored-document.ts";

/** What a browser offers to choose; a phone then offers its camera too and turns its own format into JPEG. */
const ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,application/pdf,image/jpeg,image/png,image/webp";

export interface DocumentFieldsProps {
  rules: readonly DocumentRule[];
  /** What is there already: drafts of this form, and when correcting also what was handed in before. */
  documents: readonly StoredDocument[];
  errors: FormErrors;
  /** The key of the form; it is sent from here, so the form needs no hidden field of its own for it. */
  submissionKey: string;
  /** When correcting: which of the handed-in documents are ticked to be taken out. */
  takenOut?: readonly string[];
}

/**
 * The supporting documents of a form, one field for each paper, inside a `Form` with `hasFiles`. Without
 * script 上传 and 删除 post the form and come back to it (UploadForm.isOnlyFiles); with script each file is
 * sent as soon as it is chosen.
 */
export function DocumentFields(props: DocumentFieldsProps) {
  return (
    <div class="documents" data-documents={props.submissionKey}>
      <DefaultButton />
      <HiddenField name="submissionKey" value={props.submissionKey} />
      <p class="quiet">
        可以拍照，也可以用扫描件。文件类型是 PDF、JPG 或 PNG，每个不超过 10
        MB。照片里的拍摄地点会自动去掉。
      </p>
      {props.rules.map((rule) => (
        <DocumentField key={rule.code} {...props} rule={rule} />
      ))}
      <div class="upload-act">
        <Button name={UPLOAD_BUTTON} value="yes" icon="plus">
          上传
        </Button>
        <span class="quiet">选好文件后点“上传”；填好的内容都会保留</span>
      </div>
    </div>
  );
}

/** Enter in a text field presses a form's first button: it must not be one that removes a file. */
function DefaultButton() {
  return (
    <button type="submit" class="heard" tabIndex={-1} aria-hidden="true">
      提交
    </button>
  );
}

function DocumentField(props: DocumentFieldsProps & { rule: DocumentRule }) {
  const { rule, errors } = props;
  const name = documentField(rule.code);
  const words = {
    name,
    label: rule.title,
    hint: hintOf(rule),
    error: errors[name],
    isOptional: !rule.isRequired,
  };
  return (
    <Field {...words}>
      <Files {...props} documents={props.documents.filter(({ code }) => code === rule.code)} />
      <input
        type="file"
        id={fieldId(name)}
        name={name}
        class="input file"
        multiple={rule.max > 1}
        accept={ACCEPTED}
        data-upload={rule.max}
        aria-invalid={words.error ? "true" : undefined}
        aria-describedby={describedBy(words)}
      />
    </Field>
  );
}

function hintOf(rule: DocumentRule): string {
  const count = rule.max > 1 ? `最多 ${rule.max} 个文件` : "1 个文件";
  return rule.hint === undefined ? count : `${rule.hint}。${count}`;
}

function Files(props: DocumentFieldsProps) {
  return (
    <ul class="files" data-files>
      {props.documents.map((document) => (
        <li key={document.id}>
          <Icon name="file" />
          <span class="file-name">
            <a href={`/documents/${document.id}`} target="_blank" rel="noreferrer">
              {document.name}
            </a>
            <span class="quiet">{describe(document)}</span>
          </span>
          {document.applicationId === null ? (
            <Removal document={document} />
          ) : (
            <TakingOut document={document} takenOut={props.takenOut ?? []} />
          )}
        </li>
      ))}
    </ul>
  );
}

function describe(document: StoredDocument): string {
  const pages = document.mediaType === "application/pdf" ? ` · ${document.pageCount} 页` : "";
  const state =
    document.state === "pending"
      ? " · 正在做安全检查"
      : document.state === "refused"
        ? " · 没有通过安全检查，请换一份"
        : "";
  return `${fileSizeText(document.sizeBytes)}${pages}${state}`;
}

function Removal({ document }: { document: StoredDocument }) {
  return (
    <button
      type="submit"
      class="button text"
      name={REMOVE_BUTTON}
      value={document.id}
      aria-label={`删除 ${document.name}`}
      data-remove
    >
      删除
    </button>
  );
}

function TakingOut(props: { document: StoredDocument; takenOut: readonly string[] }) {
  const { document } = props;
  const id = `take-out-${document.id}`;
  return (
    <span class="choice check">
      <input
        type="checkbox"
        id={id}
        name={id}
        value="yes"
        checked={props.takenOut.includes(document.id)}
      />
      <label for={id} aria-label={`去掉 ${document.name}`}>
        去掉
      </label>
    </span>
  );
}

/** Which of the handed-in documents were ticked to be taken out of the application. */
export function documentsTakenOut(sent: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(sent).filter((name) => /^take-out-[0-9a-f-]{36}$/.test(name));
  return names.map((name) => name.slice("take-out-".length));
}
