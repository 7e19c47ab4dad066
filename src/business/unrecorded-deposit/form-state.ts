import type { DocumentRule } from "#src/applications/descriptor.ts";
import { missingDocuments } from "#src/applications/documents/document-rules.ts";
import type { StoredDocument } from "#src/applications/documents/stored-document.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { Typed } from "./drafts.ts";
import { getRegisterView } from "./queries.ts";
import { readUnrecordedForm } from "./read-form.ts";
import { documentCase, documentRules, judgeForm } from "./rules.ts";
import type { UnrecordedForm } from "./schema.ts";

/** A form and its documents, judged: what it asks for, or all that has to be changed. */
export type JudgedForm =
  | {
      ok: true;
      form: UnrecordedForm;
      standard: RegisterStandard;
      dueFen: Fen;
      rules: readonly DocumentRule[];
    }
  | { ok: false; errors: FormErrors; rules: readonly DocumentRule[] };

/** The papers as they are offered while the form says nothing yet. */
export function offeredRules(): DocumentRule[] {
  return documentRules({ isPriceBased: false, isMeasured: false, hasOtherPayer: false });
}

/**
 * Reads and judges a form with its documents, so that everything that is wrong is said at once: fields,
 * what the register says otherwise, and missing papers.
 */
export async function judgeAll(
  db: Db,
  sent: { estateId: number; typed: Typed; documents: readonly StoredDocument[] },
  today: CalendarDate,
): Promise<JudgedForm> {
  const read = readUnrecordedForm(sent.typed, today);
  if (!read.ok) {
    const rules = documentRules({
      isPriceBased: false,
      isMeasured: sent.typed["areaKind"] === "measured",
      hasOtherPayer: (sent.typed["payerName"] ?? "").trim() !== "",
    });
    const errors = { ...read.errors, ...missingDocuments(rules, sent.documents) };
    return { ok: false, errors, rules };
  }
  const judged = judgeForm(read.data, await getRegisterView(db, sent.estateId, read.data, today));
  const rules = documentRules(documentCase(read.data, judged.ok ? judged.standard : null));
  const missing = missingDocuments(rules, sent.documents);
  if (!judged.ok) return { ok: false, errors: { ...judged.errors, ...missing }, rules };
  if (Object.keys(missing).length > 0) return { ok: false, errors: missing, rules };
  return { ok: true, form: read.data, standard: judged.standard, dueFen: judged.dueFen, rules };
}
