import { expect, test } from "vitest";
import { actorWords, eventWordsOf, outcomeWords } from "./event-words.ts";

test("an outcome is said in words, a page of a document with its number", () => {
  expect(outcomeWords("right")).toBe("一致");
  expect(outcomeWords("page 2 of 3")).toBe("第 2 页，共 3 页");
  expect(outcomeWords("2 files")).toBe("2 个文件");
  expect(outcomeWords("teller:teller-demo")).toBe("柜员 teller-demo");
  expect(outcomeWords("核对银行卡户名")).toBe("核对银行卡户名");
});

test("who did it is named with where he works", () => {
  expect(actorWords("staff:auditor-demo")).toBe("工作人员 auditor-demo");
  expect(actorWords("teller:teller-demo")).toBe("柜员 teller-demo");
  expect(actorWords("bank-file")).toBe("bank-file");
});

test("an event without words shows its own name", () => {
  expect(eventWordsOf([])("something-new")).toBe("something-new");
});
