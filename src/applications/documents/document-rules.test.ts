import { describe, expect, test } from "vitest";
import type { DocumentRule } from "../descriptor.ts";
import { documentCodeOf, documentField, missingDocuments } from "./document-rules.ts";

const RULES: DocumentRule[] = [
  { code: "id-card", title: "身份证", isRequired: true, max: 2 },
  { code: "letter", title: "委托书", isRequired: false, max: 1 },
];
const file = (code: string, state: "pending" | "clean" | "refused" = "clean") => ({ code, state });

describe("what is missing of the documents", () => {
  test("is what is required and not there", () => {
    expect(missingDocuments(RULES, [])).toEqual({ "document-id-card": "请上传身份证" });
    expect(missingDocuments(RULES, [file("letter"), file("other")])).toEqual({
      "document-id-card": "请上传身份证",
    });
    expect(missingDocuments(RULES, [file("id-card")])).toEqual({});
  });

  test("is not what waits for its scan, unless somebody is about to rely on it", () => {
    const waiting = [file("id-card", "pending")];
    expect(missingDocuments(RULES, waiting)).toEqual({});
    expect(missingDocuments(RULES, waiting, true)).toEqual({
      "document-id-card": "身份证还在做安全检查，请稍后再试",
    });
  });

  test("is what the scanner refused", () => {
    expect(missingDocuments(RULES, [file("id-card", "refused")])).toEqual({
      "document-id-card": "请上传身份证",
    });
  });

  test("and too many are named too, also where none is required", () => {
    const many = [file("id-card"), file("letter"), file("letter")];
    expect(missingDocuments(RULES, many)).toEqual({
      "document-letter": "委托书最多 1 个文件，现在有 2 个，请删去多余的",
    });
  });
});

test("a field's name holds its code and nothing else", () => {
  expect(documentCodeOf(documentField("id-card"))).toBe("id-card");
  for (const field of ["id-card", "document-", "document-A", "document-../x", "Document-a"]) {
    expect(documentCodeOf(field), field).toBeNull();
  }
});
