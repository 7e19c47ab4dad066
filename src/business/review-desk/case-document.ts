import type { ViewedDocument } from "#src/ui/list/document-viewer.tsx";

/** A supporting document of an application, with what a decision that rests on it is recorded with. */
export interface CaseDocument extends ViewedDocument {
  sha256: string;
}
