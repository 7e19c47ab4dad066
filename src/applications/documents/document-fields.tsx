import { Button } from "#src/ui/form/button.tsx";
import { FileField, FileLine, type ListedFile } from "#src/ui/form/file-field.tsx";
import { HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { DocumentRule } from "../descriptor.ts";
import { documentField, REMOVE_BUTTON, UPLOAD_BUTTON } from "./document-rules.ts";
import { fileSizeText } from "./file-size.ts";
import type { StoredDocument } from "./stored-document.ts";

/**
 * What a browser offers to choose. Media types alone, and none that Apple's HEIC could pass for: an iPhone then turns
 * its photographs into JPEG by itself, and every phone offers its camera.
 */
const ACCEPTED = "image/jpeg,image/png,application/pdf";

export interface DocumentFieldsProps {
  rules: readonly DocumentRule[];
  /** What is there already: drafts of this form, and when correcting also what was handed in before. */
  documents: readonly StoredDocument[];
  errors: FormErrors;
  /** UploadForm.fileNotes. */
  notes?: FormErrors;
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
  const { rules, documents, errors, notes, submissionKey, takenOut = [] } = props;
  return (
    <div class="documents" data-documents={submissionKey}>
      <DefaultButton />
      <HiddenField name="submissionKey" value={submissionKey} />
      <p class="quiet">
        可以拍照，也可以用扫描件：PDF、JPG 或 PNG，每个文件不超过 10
        MB。照片里的拍摄地点会自动去掉。
      </p>
      {rules.map((rule) => {
        const name = documentField(rule.code);
        const own = documents.filter(({ code }) => code === rule.code);
        return (
          <FileField
            key={rule.code}
            name={name}
            label={rule.title}
            hint={hintOf(rule)}
            isOptional={!rule.isRequired}
            error={errors[name]}
            note={notes?.[name]}
            max={rule.max}
            accept={ACCEPTED}
            files={own.map((document) => listed(document, takenOut))}
          />
        );
      })}
      <div class="upload-act" data-upload-act>
        <Button name={UPLOAD_BUTTON} value="yes" icon="plus">
          上传
        </Button>
        <span class="quiet">选好文件后点“上传”，已填的内容都会保留</span>
      </div>
      <template data-file-line>
        <FileLine id="" name="" href="" about="" removal={{ name: REMOVE_BUTTON, value: "" }} />
      </template>
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

function hintOf(rule: DocumentRule): string | undefined {
  const count = rule.max > 1 ? `最多 ${rule.max} 个文件` : undefined;
  return [rule.hint, count].filter((words) => words !== undefined).join("。") || undefined;
}

function listed(document: StoredDocument, takenOut: readonly string[]): ListedFile {
  const isDraft = document.applicationId === null;
  const ticked = { name: `take-out-${document.id}`, isTicked: takenOut.includes(document.id) };
  return {
    id: document.id,
    name: document.name,
    href: `/documents/${document.id}`,
    about: aboutDocument(document),
    removal: isDraft ? { name: REMOVE_BUTTON, value: document.id } : null,
    ...(isDraft ? {} : { takingOut: ticked }),
  };
}

const STATE_WORDS: Readonly<Record<StoredDocument["state"], string>> = {
  pending: " · 正在做安全检查",
  clean: "",
  refused: " · 没有通过安全检查，请换一份",
};

/** What stands beside a document's name: size, pages, and what its applicant has to know. */
export function aboutDocument(
  document: Pick<StoredDocument, "mediaType" | "sizeBytes" | "pageCount" | "state">,
): string {
  const pages = document.mediaType === "application/pdf" ? ` · ${document.pageCount} 页` : "";
  return `${fileSizeText(document.sizeBytes)}${pages}${STATE_WORDS[document.state]}`;
}

/** Which of the handed-in documents were ticked to be taken out of the application. */
export function documentsTakenOut(sent: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(sent).filter((name) => /^take-out-[0-9a-f-]{36}$/.test(name));
  return names.map((name) => name.slice("take-out-".length));
}
