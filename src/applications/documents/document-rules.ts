import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { DocumentRule } from "../descriptor.ts";
import type { StoredDocument } from "./stored-document.ts";

/** Names of the buttons that concern files alone. */
export const UPLOAD_BUTTON = "upload-documents";
export const REMOVE_BUTTON = "remove-document";

const FIELD_PREFIX = "document-";

/** The form's field for a paper; several files may be chosen in it. */
export function documentField(code: string): string {
  return `${FIELD_PREFIX}${code}`;
}

/** The paper that a form's field is for, or null where the field is none for files. */
export function documentCodeOf(field: string): string | null {
  const code = field.startsWith(FIELD_PREFIX) ? field.slice(FIELD_PREFIX.length) : "";
  return /^[a-z][a-z0-9-]{0,59}$/.test(code) ? code : null;
}

/**
 * Names, field by field, what is still missing of the documents that an application needs, and where there
 * are too many. A file that waits for its virus scan counts as handed in; `mustBeClean` asks for more, for
 * whoever is about to rely on them.
 */
export function missingDocuments(
  rules: readonly DocumentRule[],
  documents: readonly Pick<StoredDocument, "code" | "state">[],
  mustBeClean = false,
): FormErrors {
  const errors: Record<string, string> = {};
  for (const rule of rules) {
    const own = documents.filter(({ code, state }) => code === rule.code && state !== "refused");
    const count = mustBeClean ? own.filter(({ state }) => state === "clean").length : own.length;
    if (own.length > rule.max) {
      errors[documentField(rule.code)] =
        `${rule.title}最多 ${rule.max} 个文件，现在有 ${own.length} 个，请删去多余的`;
    } else if (rule.isRequired && count === 0) {
      errors[documentField(rule.code)] =
        own.length > 0 ? `${rule.title}还在做安全检查，请稍后再试` : `请上传${rule.title}`;
    }
  }
  return errors;
}
