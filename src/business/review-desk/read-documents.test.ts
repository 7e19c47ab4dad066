import { expect, test } from "vitest";
import type { CaseDocument } from "#src/applications/documents/case-documents.ts";
import { pageToOpen } from "./read-documents.ts";

const document = (id: string, pageCount: number, isViewed: boolean): CaseDocument => ({
  id,
  title: "购房合同",
  fileName: "合同.pdf",
  pages: Array.from({ length: pageCount }, (_, n) => `/pages/${n + 1}`),
  downloadHref: "",
  sha256: "",
  note: "",
  isViewed,
});
const DOCUMENTS = [document("a", 2, true), document("b", 3, false), document("c", 0, false)];

const opened = (look: string, documents = DOCUMENTS) => {
  const open = pageToOpen(documents, look);
  return open && `${open.document.id}:${open.page}`;
};

test("the page that was asked for is open", () => {
  expect([opened("a:2"), opened("b:3"), opened("c:1")]).toEqual(["a:2", "b:3", "c:1"]);
});

test("a page that is not there is the first of its document", () => {
  expect(["b:4", "b:0", "b:-1", "b:x", "b:", "b"].map((look) => opened(look))).toEqual(
    Array(6).fill("b:1"),
  );
});

test("unasked, the first document that was not looked at is open, else the first", () => {
  expect([opened(""), opened("nothing:1"), opened("__proto__:1")]).toEqual(["b:1", "b:1", "b:1"]);
  expect(opened("", [document("a", 1, true), document("b", 1, true)])).toBe("a:1");
  expect(opened("", [])).toBeNull();
});
