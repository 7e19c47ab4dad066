import { formatYuan, timesAreaHalfUp } from "#src/kernel/money.ts";
import type { OwnerPlan } from "./plans.ts";

/** A house that README, tests and visitors can rely on, with its owner. */
export interface DemonstrationHouse {
  estateCode: "SL0126" | "SL0127";
  estateName: "示例花园" | "示例花园二期";
  buildingLabel: "12幢";
  unitLabel: "3单元";
  roomLabel: string;
  standing: "unpaid" | "paid" | "below-trigger";
  owner: OwnerPlan & { documentKind: "resident-id"; phone: string };
}

export const DEMONSTRATION_AREA_HUNDREDTHS = 9_876;
export const DEMONSTRATION_DUE_FEN = timesAreaHalfUp(DEMONSTRATION_AREA_HUNDREDTHS, 1_200_000n);

function garden(
  roomLabel: string,
  standing: DemonstrationHouse["standing"],
  [name, documentNo, phone]: readonly [string, string, string],
): DemonstrationHouse {
  return {
    estateCode: "SL0126",
    estateName: "示例花园",
    buildingLabel: "12幢",
    unitLabel: "3单元",
    roomLabel,
    standing,
    owner: { name, documentKind: "resident-id", documentNo, phone },
  };
}

/** The houses that the demonstration city always holds. All people are made up, check digits are right. */
export const demonstrationOwners: readonly DemonstrationHouse[] = [
  garden("501", "paid", ["李示文", "110101196803125013", "13800000501"]),
  garden("502", "unpaid", ["王示范", "110101198506155020", "13800000502"]),
  garden("503", "paid", ["张样板", "110101197209035036", "13800000503"]),
  garden("504", "unpaid", ["陈示例", "110101199011205043", "13800000504"]),
  garden("505", "below-trigger", ["赵演示", "110101195501085058", "13800000505"]),
  garden("506", "unpaid", ["周试点", "110101198802295060", "13800000506"]),
  {
    ...garden("502", "unpaid", ["吴范例", "110101197904185028", "13800000512"]),
    estateCode: "SL0127",
    estateName: "示例花园二期",
  },
];

const STANDING_WORDS = {
  unpaid: "未交",
  paid: "已交清",
  "below-trigger": "余额不足首次交存的 30%",
} as const;

/** Writes the demonstration houses and their owners as the README's Markdown table. */
export function demonstrationTable(): string {
  const rows = demonstrationOwners.map((house) => [
    `${house.estateName} ${house.buildingLabel} ${house.unitLabel} ${house.roomLabel}`,
    STANDING_WORDS[house.standing],
    house.owner.name,
    house.owner.documentNo,
    house.owner.phone,
  ]);
  const head = ["房屋", "状态", "业主", "身份证号", "手机号码"];
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${lines.join("\n")}\n\n每套 98.76 ㎡，有电梯，首次应交 ${formatYuan(DEMONSTRATION_DUE_FEN)} 元。人名、证件号码和手机号码都是编造的。\n`;
}
