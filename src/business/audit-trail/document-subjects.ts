import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { findApplication } from "#src/applications/find-application.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import type { Db } from "#src/platform/database/client.ts";

/** How the businesses name the papers that they ask for. */
export type PaperNames = readonly Pick<ApplicationDescriptor, "kind" | "documents">[];

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/**
 * Says in words which document, or which form with documents, the subjects of the trail stand for: the paper's
 * title and the number of its application. A subject that stands for neither is not in the answer.
 */
export async function describeDocumentSubjects(
  db: Db,
  businesses: PaperNames,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map(
    subjects.flatMap((subject) => {
      const id = UUID.exec(subject)?.[0];
      return id === undefined ? [] : [[subject, id] as const];
    }),
  );
  if (ids.size === 0) return new Map();
  const wanted = [...new Set(ids.values())];
  const documents = await listDocuments(db, wanted);
  const forms = await listForms(db, wanted);
  const titles = await paperTitles(db, businesses, documents);
  const words = [...ids].map(([subject, id]) => {
    const document = documents.find((one) => one.id === id);
    if (document !== undefined) {
      const title = titles.get(`${document.number}/${document.code}`) ?? "要件";
      return [subject, `${title}，${formWords(document.number)}`] as const;
    }
    const form = forms.get(id);
    return [subject, form === undefined ? "没有提交的表单" : formWords(form)] as const;
  });
  return new Map(words);
}

function formWords(number: string | null): string {
  return number === null ? "没有提交的表单" : `业务单 ${groupNumber(number)}`;
}

interface KnownDocument {
  id: string;
  code: string;
  number: string | null;
  kind: string | null;
}

async function listDocuments(db: Db, ids: readonly string[]): Promise<KnownDocument[]> {
  return await db
    .selectFrom("supporting_document as d")
    .leftJoin("application as a", "a.id", "d.application_id")
    .select(["d.id", "d.code", "a.number", "a.kind"])
    .where("d.id", "in", ids)
    .execute();
}

/** The application that came of each form, by the form's key. */
async function listForms(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom("application")
    .select(["number", "submission_key"])
    .where("submission_key", "in", keys)
    .execute();
  return new Map(rows.map((row) => [row.submission_key, row.number]));
}

/** The titles of papers by "number/code", as their business names them for that application. */
async function paperTitles(
  db: Db,
  businesses: PaperNames,
  documents: readonly KnownDocument[],
): Promise<ReadonlyMap<string, string>> {
  const kinds = new Map(documents.map(({ number, kind }) => [number, kind]));
  const titles = new Map<string, string>();
  for (const [number, kind] of kinds) {
    const business = businesses.find((one) => one.kind === kind);
    if (number === null || business?.documents === undefined) continue;
    const application = await findApplication(db, number);
    if (application === null) continue;
    for (const { code, title } of await business.documents(db, application)) {
      titles.set(`${number}/${code}`, title);
    }
  }
  return titles;
}
