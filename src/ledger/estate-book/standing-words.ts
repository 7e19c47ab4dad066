import { STANDING_LOOKS } from "#src/ledger/house-search/standing-tag.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";
import type { LegendItem } from "#src/ui/list/building-chart.tsx";

/** A standing in one word, for charts and tables that hold hundreds of houses. */
export function standingWord(kind: HouseStanding["kind"], triggerPercent: number): string {
  switch (kind) {
    case "paid-in-full":
      return "已交";
    case "below-trigger":
      return `不足${triggerPercent}%`;
    case "part-paid":
      return "未交清";
    case "unpaid":
      return "未交";
    case "exempt":
      return "无需交";
    case "closed":
      return "已销户";
    case "no-standard":
      return "标准待核定";
  }
}

const MARKED = ["paid-in-full", "below-trigger", "part-paid", "unpaid"] as const;
const DASHED = ["exempt", "closed", "no-standard"] as const;

/** The legend with its counts; what shares the mark of 无需交 is counted there and named. */
export function legendOf(
  kinds: readonly HouseStanding["kind"][],
  triggerPercent: number,
): LegendItem[] {
  const count = (kind: HouseStanding["kind"]) => kinds.filter((one) => one === kind).length;
  const items = MARKED.filter((kind) => count(kind) > 0).map((kind) => ({
    ...STANDING_LOOKS[kind],
    words: `${standingWord(kind, triggerPercent)} ${count(kind)}`,
  }));
  const dashed = DASHED.filter((kind) => count(kind) > 0);
  if (dashed.length === 0) return items;
  const words = dashed.map((kind) => `${standingWord(kind, triggerPercent)} ${count(kind)}`);
  return [...items, { ...STANDING_LOOKS.exempt, words: words.join("、") }];
}
