import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { DocumentRule } from "../descriptor.ts";
import type { Application } from "../find-application.ts";
import { listDocuments, type StoredDocument } from "./stored-document.ts";

/** A supporting document as somebody who reviews an application sees it. */
export interface CaseDocument {
  id: string;
  /** 购房合同 */
  title: string;
  fileName: string;
  /** Addresses of pictures, one for each page; empty while nobody may rely on it. */
  pages: readonly string[];
  /** The file itself, saved and never opened in our origin; "" while nobody may rely on it. */
  downloadHref: string;
  /** What a decision that rests on it is recorded with. */
  sha256: string;
  /** What to know before trusting it; "" for nothing. */
  note: string;
  /** Whether this reader has looked at any page of it, by the audit trail. */
  isViewed: boolean;
}

/** The audit event of a look at a document, and what it is about. */
export const DOCUMENT_VIEWED = "document-viewed";

/** Names a document of an application in the audit trail. */
export function viewedSubject(applicationNumber: string, documentId: string): string {
  return `${applicationNumber}/${documentId}`;
}

/**
 * Lists the supporting documents of an application for `reader` (`staff:username`), in the order of the
 * rules. Those of papers that the rules no longer ask for come last: they were handed in.
 */
export async function listCaseDocuments(
  deps: { db: Db; personalData: PersonalData },
  application: Pick<Application, "id" | "number">,
  rules: readonly DocumentRule[],
  reader: string,
): Promise<CaseDocument[]> {
  const documents = await listDocuments(deps, { applicationId: application.id });
  const viewed = await listViewed(deps.db, application.number, documents, reader);
  const order = rules.map(({ code }) => code);
  const placeOf = ({ code }: StoredDocument) => (order.indexOf(code) + 1 || order.length + 1) - 1;
  return documents
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((document) => ({
      ...describe(application.number, document),
      title: rules.find(({ code }) => code === document.code)?.title ?? "其他材料",
      isViewed: viewed.has(document.id),
    }));
}

function describe(number: string, document: StoredDocument) {
  const { id, name, sha256, state, pageCount } = document;
  const path = `/review/${number}/documents/${id}`;
  const isClean = state === "clean";
  const pages = Array.from({ length: pageCount }, (_, index) => `${path}/pages/${index + 1}`);
  return {
    id,
    fileName: name,
    sha256,
    pages: isClean ? pages : [],
    downloadHref: isClean ? path : "",
    note: NOTES[state],
  };
}

const NOTES: Readonly<Record<StoredDocument["state"], string>> = {
  pending: "还在做安全检查，查完才能看。在此之前不能作为办理的依据",
  clean: "",
  refused: "没有通过安全检查（发现病毒），文件已经删除。请退回补正，让申请人换一份",
};

async function listViewed(
  db: Db,
  number: string,
  documents: readonly StoredDocument[],
  reader: string,
): Promise<ReadonlySet<string>> {
  if (documents.length === 0) return new Set();
  const rows = await db
    .selectFrom("audit_event")
    .select("subject")
    .distinct()
    .where(
      "subject",
      "in",
      documents.map(({ id }) => viewedSubject(number, id)),
    )
    .where("event", "=", DOCUMENT_VIEWED)
    .where("actor", "=", reader)
    .execute();
  return new Set(rows.map(({ subject }) => subject.slice(number.length + 1)));
}
