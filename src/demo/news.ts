import { compareDates } from "#src/kernel/calendar-date.ts";
import { WHICH_EDITION } from "#src/register/standards/judge-first-deposit.ts";
import { type Article, AUTHORITY, article, CENTRE } from "./article.ts";
import type { NewsFigures } from "./news-figures.ts";
import { articlesWithFigures } from "./news-with-figures.ts";

/** A table is more than the convention can say, so it is HTML among plain paragraphs. */
const STANDARDS_TABLE =
  "<table><tbody><tr><th>房屋</th><th>每平方米（元）</th></tr><tr><td>有电梯住宅</td><td>120</td></tr><tr><td>无电梯住宅</td><td>80</td></tr><tr><td>非住宅</td><td>100</td></tr></tbody></table>";

/** What is still on its way: handed in by one editor for the other, and a draft. */
export const UNPUBLISHED: readonly (Article & { state: "draft" | "submitted" })[] = [
  {
    state: "submitted",
    ...article("2026-11-22", "通知", CENTRE, "2027 年元旦期间窗口安排", [
      "2027 年元旦放假期间，各区维修资金窗口不对外办理。网上查询、提交和打印照常。",
    ]),
  },
  {
    state: "draft",
    ...article("2026-11-22", "公告", CENTRE, "自助查询机使用说明", [
      "各区窗口的自助查询机可以查询房屋余额和打印明细。",
    ]),
  },
];

/**
 * The articles of the demonstration city, newest first. What they say of its money comes from its ledger; a city
 * without one has no such articles.
 */
export function listArticles(figures: NewsFigures): readonly Article[] {
  const told = figures.uses.length > 0 ? articlesWithFigures(figures) : [];
  return [...told, ...ARTICLES].toSorted((a, b) => compareDates(b.publishedOn, a.publishedOn));
}

const ARTICLES: readonly Article[] = [
  article("2026-11-18", "政策", AUTHORITY, "首期交存标准一览：有电梯住宅、无电梯住宅和非住宅", [
    "现行首期交存标准自 2024 年 1 月 1 日起执行，金额按建筑面积计算，算到分。",
    STANDARDS_TABLE,
    "## 用哪一版",
    `${WHICH_EDITION}。2024 年以前签订合同的房屋，仍按当时的标准交存，不补差额。`,
    "> 举例：一套建筑面积 98.76 平方米的有电梯住宅，合同在 2024 年 3 月签订，应交 98.76 × 120.00 = 11,851.20 元。",
    "依据：《住宅专项维修资金管理办法》第七条。",
  ]),
  article("2026-11-16", "公告", CENTRE, "维修资金专户银行是哪两家，到哪里交款", [
    "示例银行和示范商业银行是本市维修资金的专户银行。每个小区的资金存在其中一家，交款通知单上写明了是哪一家和哪一个专户。",
    "到通知单上写的那家银行的任一网点都可以交。每个网点的地址、电话和营业时间，看[银行网点](/help/branches)。",
    "交款时请带交款通知单。柜员扫描通知单上的条码，核对房屋和金额后收款，款项当场记入房屋的分户账。",
  ]),
  article("2026-11-12", "通知", CENTRE, "年底交款，请看清通知单上的截止日期", [
    "交款通知单的有效期是 15 天。12 月中下旬提交的，请留意通知单上的截止日期，在截止日期当天银行下班以前交款。",
    "银行柜面确认以后，钱当场记入房屋的分户账，记账日期就是确认的那一天。元旦放假期间，网上提交和打印交款通知单照常。",
    "过了截止日期也不要紧：没有交款的通知单自动失效，可以在网上重新提交。",
  ]),
  article("2026-11-10", "政策", AUTHORITY, "卖房时维修资金怎么办", [
    "房屋转让时，分户账里的余额随房屋一起转给买方，不退给卖方。买卖双方可以在合同里自行约定怎样结算。",
    "卖方应当向买方说明交存和结余情况。余额可以在首页“维修资金查询”里查到，不用登录。",
    "怎样交、交多少，见[业主交款办事指南](/guides/owner-deposit)。",
    "过户以后，买方办理分户账更名，到哪里、带什么，见[过户更名办事指南](/guides/title-transfer)。",
    "依据：《住宅专项维修资金管理办法》第二十八条。",
  ]),
  article("2026-11-06", "公告", CENTRE, "电梯、消防等应急维修，3 个工作日内答复", [
    "电梯故障、消防设施损坏、屋面和外墙严重渗漏、外墙脱落等危及安全的情况，可以申请应急使用维修资金。材料齐全的，3 个工作日内答复。",
    "应急使用不用先表决，但费用仍由相关业主按建筑面积分摊，项目和分摊要在小区公示。",
    "发现险情，请先联系物业服务企业；没有物业服务企业的，请联系居民委员会，或拨打 12345。",
    "依据：《住宅专项维修资金管理办法》第二十四条。",
  ]),
  article("2026-10-28", "通知", CENTRE, "余额不足首次交存 30% 的房屋，请及时续交", [
    "分户账余额不足首次交存额 30% 的，应当续交。有业主大会的小区，按业主大会定的办法续交；没有的，续交到首次交存额的 50%。",
    "是不是需要续交，查一下就知道：在首页“维修资金查询”输入房屋地址，余额不足的会写明还差多少。",
    "依据：《住宅专项维修资金管理办法》第十七条。",
  ]),
  article("2026-10-21", "公告", CENTRE, "查不到自己的房屋，可以这样找", [
    "少数早年建成的房屋还没有登记完整，或者登记的名称和现在用的不一样。请先换一种写法试试：写小区名称和楼号、单元、房号，例如“示例花园12幢3单元502”。",
    "曾用名、推广名和门牌地址也能查。只记得小区名称时，输入小区名称，再从列出的小区里选。",
    "仍然查不到的，可能还没有备案，可以在网上办[未备案房屋交款](/guides/unrecorded-deposit)，准备好购房合同。",
  ]),
  article("2026-10-15", "政策", AUTHORITY, "哪些费用不能用维修资金支付", [
    "保修期内应当由建设单位承担的维修费用，不能用维修资金支付。保修期满以后，才可以用于共用部位、共用设施设备的维修和更新、改造。",
    "供水、供电、供气、供热、通讯、有线电视等单位负责的管线和设备，人为损坏的修复，以及物业服务合同约定由物业服务企业承担的日常养护，也不能用维修资金支付。",
    "依据：《住宅专项维修资金管理办法》第十八条、第二十五条。",
  ]),
  article("2026-10-09", "通知", CENTRE, "请核对登记的手机号码", [
    "业主登记的手机号码用来接收业务办理结果。换过号码的，请带身份证到所在区的维修资金窗口更新。",
    "我们不会在电话或短信里要您的银行卡密码，也不会让您把维修资金转到个人账户。接到这样的电话，请拨打 12345 核实。",
  ]),
];
