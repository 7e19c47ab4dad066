import type { DocumentRule } from "../descriptor.ts";
import type { Application } from "../find-application.ts";
import type { DecisionOutcome } from "../review-descriptor.ts";
import { missingDocuments } from "./document-rules.ts";
import { type DocumentReader, listDocuments } from "./stored-document.ts";

/**
 * Tells whether an application has every paper that its rules ask for, looked through by the scanner: asked
 * before the fund centre takes it a step further. The scan may have ended after the application was handed in.
 */
export async function checkPapers(
  reader: DocumentReader,
  application: Pick<Application, "id">,
  rules: readonly DocumentRule[],
): Promise<DecisionOutcome> {
  const documents = await listDocuments(reader, { applicationId: application.id });
  const [missing] = Object.values(missingDocuments(rules, documents, true));
  return missing === undefined
    ? { ok: true }
    : { ok: false, errors: { "": `${missing}，或退回申请人补正` } };
}
