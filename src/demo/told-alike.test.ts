import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ZERO_FEN } from "#src/kernel/money.ts";
import { WHICH_EDITION } from "#src/register/standards/judge-first-deposit.ts";
import { listArticles } from "./news.ts";

const NOTHING = { depositedFen: ZERO_FEN, interestFen: ZERO_FEN, usedFen: ZERO_FEN };
const NO_FIGURES = {
  uses: [],
  october: { ...NOTHING, refundedFen: ZERO_FEN, balanceFen: ZERO_FEN },
};

test("news and the city's own rule tell which standard applies as forms and calculator decide it", () => {
  const procedure = readFileSync(new URL("./rules/deposit-procedure.txt", import.meta.url), "utf8");
  const [news] = listArticles(NO_FIGURES).filter(({ body }) => body.includes("## 用哪一版"));
  for (const text of [procedure, news?.body ?? ""]) {
    expect(text).toContain(WHICH_EDITION);
    expect(text.replace(WHICH_EDITION, "")).not.toMatch(/备案的日期|首次登记|交款当日/);
  }
});
