import { join } from "node:path";
import { addFen, formatYuan } from "#src/kernel/money.ts";
import type { ListedUse } from "#src/ledger/city-book/list-uses.ts";
import { createPrinter } from "#src/platform/pdf/printer.ts";

const TEMPLATE = join(import.meta.dirname, "uses-table.typ");
const CREATED_AT = new Date("2026-11-20T00:00:00+08:00");

/** What the file beside the article on uses is called, and its heading. */
export const USES_TITLE = "2026 年 1 月至 10 月维修资金使用项目表（示例）";

/** Prints the table of uses that the demonstration's article brings with it. */
export async function printUses(uses: readonly ListedUse[]): Promise<Buffer> {
  const printer = createPrinter();
  try {
    const pdf = await printer.print({
      template: TEMPLATE,
      data: {
        title: USES_TITLE,
        uses: uses.map((use) => [
          use.estateName,
          `${use.projectName}（${use.scopeWords}）`,
          use.bookDate,
          `${use.houseCount}`,
          formatYuan(use.amountFen),
        ]),
        total: formatYuan(addFen(...uses.map(({ amountFen }) => amountFen))),
        note: "本表为演示内容，小区、项目和金额都是示例，和“维修资金公示”里的使用项目一致。出表时，这些数还没有和银行核对过。",
      },
      createdAt: CREATED_AT,
    });
    return Buffer.from(pdf);
  } finally {
    await printer.close();
  }
}
