import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { WHICH_EDITION } from "#src/register/standards/judge-first-deposit.ts";
import { ARTICLES } from "./news.ts";

test("news and the city's own rule tell which standard applies as forms and calculator decide it", () => {
  const procedure = readFileSync(new URL("./rules/deposit-procedure.txt", import.meta.url), "utf8");
  const [news] = ARTICLES.filter(({ body }) => body.includes("## 用哪一版"));
  for (const text of [procedure, news?.body ?? ""]) {
    expect(text).toContain(WHICH_EDITION);
    expect(text.replace(WHICH_EDITION, "")).not.toMatch(/备案的日期|首次登记|交款当日/);
  }
});
