import { formatYuan } from "#src/kernel/money.ts";
import type { MarkName } from "#src/ui/drawing/state-mark.tsx";
import type { Tone } from "#src/ui/drawing/tag.tsx";
import type { HouseStanding } from "../house-standing.ts";

/** The mark and the hue of each standing, the same in lists and in the building chart. */
export const STANDING_LOOKS: Record<HouseStanding["kind"], { tone: Tone; mark: MarkName }> = {
  "paid-in-full": { tone: "ok", mark: "full" },
  "below-trigger": { tone: "wait", mark: "half" },
  "part-paid": { tone: "wait", mark: "quarter" },
  unpaid: { tone: "bad", mark: "ring" },
  exempt: { tone: "mute", mark: "dash" },
  closed: { tone: "mute", mark: "dash" },
  "no-standard": { tone: "mute", mark: "dash" },
};

/** Puts a house's standing into the mark, the hue and the words that every list uses. */
export function standingTag(standing: HouseStanding): {
  tone: Tone;
  mark: MarkName;
  words: string;
} {
  return { ...STANDING_LOOKS[standing.kind], words: wordsOf(standing) };
}

function wordsOf(standing: HouseStanding): string {
  switch (standing.kind) {
    case "unpaid":
      return `未交，应交 ${formatYuan(standing.dueFen)} 元`;
    case "part-paid":
      return `还差 ${formatYuan(standing.owedFen)} 元`;
    case "below-trigger":
      return `不足30%，应续交 ${formatYuan(standing.topUpFen)} 元`;
    case "paid-in-full":
      return "已交清";
    case "exempt":
      return "无需交";
    case "closed":
      return "已销户";
    case "no-standard":
      return "标准待核定";
  }
}
