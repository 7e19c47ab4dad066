import { readFileSync } from "node:fs";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";

const ISSUER = "示例市物业专项维修资金管理中心";

interface LocalRule {
  slug: string;
  title: string;
  documentNo: string;
  issuedOn: CalendarDate;
}

/** The rules that legal bases of the demonstration name; the numbers in them are those of its settings. */
const LOCAL_RULES: readonly LocalRule[] = [
  {
    slug: "deposit-procedure",
    title: "示例市住宅专项维修资金交存规程",
    documentNo: "示例〔2023〕第1号",
    issuedOn: calendarDate("2023-11-20"),
  },
  {
    slug: "top-up-rules",
    title: "示例市住宅专项维修资金续交办法",
    documentNo: "示例〔2023〕第2号",
    issuedOn: calendarDate("2023-11-20"),
  },
  {
    slug: "bank-procedure",
    title: "示例市维修资金专户银行业务规程",
    documentNo: "示例〔2023〕第3号",
    issuedOn: calendarDate("2023-12-04"),
  },
];

/** Writes the rules of the demonstration city. What is there already stays as it is. */
export async function seedLocalRules(owner: Db): Promise<void> {
  const rows = LOCAL_RULES.map(({ slug, title, documentNo, issuedOn }) => ({
    slug,
    title,
    issuer: ISSUER,
    document_no: documentNo,
    issued_on: issuedOn,
    effective_from: calendarDate("2024-01-01"),
    body: readFileSync(new URL(`./rules/${slug}.txt`, import.meta.url), "utf8"),
    is_demonstration: true,
  }));
  await owner
    .insertInto("local_rule")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
