import { addFen, formatYuan } from "#src/kernel/money.ts";
import type { ListedUse } from "#src/ledger/city-book/list-uses.ts";
import { type Article, article, CENTRE, PICTURE_PLACE } from "./article.ts";
import type { NewsFigures } from "./news-figures.ts";

const NOT_RECONCILED =
  "这些数按本文发布时平台上各小区的分户账汇总，以后补录的小区不在内；本文发布时还没有和银行核对过，现在核对到哪一天，看[维修资金公示](/disclosure)。";
const GARDEN = "SL0126";
const COLUMN = "12幢3单元05户型各层";

/** The articles that tell of the city's money, each figure of them from its ledger. */
export function articlesWithFigures(figures: NewsFigures): readonly Article[] {
  const column = figures.uses.find((use) => use.estateCode === GARDEN && use.scopeWords === COLUMN);
  return [
    usesOfTheYear(figures.uses),
    monthOfOctober(figures),
    ...(column === undefined ? [] : [columnRepaired(column)]),
  ];
}

const totalOf = (uses: readonly ListedUse[]) =>
  `${formatYuan(addFen(...uses.map(({ amountFen }) => amountFen)))} 元`;

function usesOfTheYear(uses: readonly ListedUse[]): Article {
  const estateCount = new Set(uses.map(({ estateId }) => estateId)).size;
  const garden = uses.filter(({ estateCode }) => estateCode === GARDEN);
  return article(
    "2026-11-20",
    "公示",
    CENTRE,
    `示例花园等 ${estateCount} 个小区 2026 年维修资金使用情况公示`,
    [
      `今年 1 月至 10 月，全市 ${estateCount} 个小区的 ${uses.length} 个项目使用了维修资金，合计 ${totalOf(uses)}。其中示例花园 ${garden.length} 个项目，合计 ${totalOf(garden)}。`,
      PICTURE_PLACE,
      "每一个项目修了什么、花了多少、几户分摊，见附件，也可以看[使用项目公示](/disclosure/uses?year=2026)。",
      NOT_RECONCILED,
      "## 怎样看自己家的",
      "业主可以在首页“维修资金查询”输入房屋地址，点“查看明细”，看到自己房屋的每一笔交存、结息和分摊，以及每一笔是怎么算出来的。",
      "## 有疑问怎么办",
      "**公示期到 2026 年 12 月 20 日。**对分摊面积、分摊金额有疑问的，可以要求复核，过了公示期也可以。怎样提出，看[意见、投诉与复核](/help/objections)。",
      "依据：《住宅专项维修资金管理办法》第二十条、第三十条。",
    ],
  );
}

function monthOfOctober({ october }: NewsFigures): Article {
  const { depositedFen, usedFen, refundedFen, interestFen, balanceFen } = october;
  const yuan = (amount: typeof usedFen) => `${formatYuan(amount)} 元`;
  return article("2026-11-03", "公示", CENTRE, "2026 年 10 月维修资金收支情况", [
    `2026 年 10 月，全市交存维修资金 ${yuan(depositedFen)}，使用 ${yuan(usedFen)}，退款 ${yuan(refundedFen)}，记入利息 ${yuan(interestFen)}。10 月 31 日的余额是 ${yuan(balanceFen)}。`,
    NOT_RECONCILED,
    "全市、各区和各小区的收支合计，看[维修资金公示](/disclosure)，不用登录。",
    "每年 6 月 30 日结息一次。每户的利息按余额和天数计算，记入本户的利息余额；每一段的余额、天数和利率，都写在这套房屋的明细里。",
    "维修时先用利息，利息不够再用本金。",
  ]);
}

function columnRepaired(use: ListedUse): Article {
  return article("2026-09-25", "公示", CENTRE, `示例花园 ${use.scopeWords}维修项目公示`, [
    `示例花园的“${use.projectName}”已经完工并通过验收，范围是${use.scopeWords}。费用 ${formatYuan(use.amountFen)} 元，由相关的 ${use.houseCount} 户按建筑面积分摊，${use.bookDate} 记账。`,
    "每户的分摊金额可以在“维修资金查询”里看到。部分房屋分摊以后，余额不足首次交存额的 30%，请按通知续交。",
    "对分摊有疑问的，可以要求复核。怎样提出，看[意见、投诉与复核](/help/objections)。",
  ]);
}
