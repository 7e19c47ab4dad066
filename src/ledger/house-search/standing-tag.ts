import { formatYuan } from "#src/kernel/money.ts";
import type { MarkName } from "#src/ui/drawing/state-mark.tsx";
import type { Tone } from "#src/ui/drawing/tag.tsx";
import type { HouseStanding } from "../house-standing.ts";

/** Puts a house's standing into the mark, the hue and the words that every list uses. */
export function standingTag(standing: HouseStanding): {
  tone: Tone;
  mark: MarkName;
  words: string;
} {
  switch (standing.kind) {
    case "unpaid":
      return { tone: "bad", mark: "ring", words: `未交，应交 ${formatYuan(standing.dueFen)} 元` };
    case "part-paid":
      return { tone: "wait", mark: "half", words: `还差 ${formatYuan(standing.owedFen)} 元` };
    case "below-trigger":
      return {
        tone: "wait",
        mark: "half",
        words: `不足30%，应续交 ${formatYuan(standing.topUpFen)} 元`,
      };
    case "paid-in-full":
      return { tone: "ok", mark: "full", words: "已交清" };
    case "exempt":
      return { tone: "mute", mark: "dash", words: "无需交" };
    case "closed":
      return { tone: "mute", mark: "dash", words: "已销户" };
    case "no-standard":
      return { tone: "mute", mark: "dash", words: "标准待核定" };
  }
}
