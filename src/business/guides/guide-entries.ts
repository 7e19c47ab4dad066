import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import type { SiteText } from "#src/platform/site-text.ts";
import { buildGuides } from "./build-guides.ts";
import type { Guide, GuideFacts } from "./guide.ts";
import { GUIDE_HEADS, type GuideSlug, guideHref } from "./guide-heads.ts";

/** Guides are part of the program: the day on which their words were last gone through. */
const GUIDES_AS_OF: CalendarDate = calendarDate("2026-11-26");

/** What people call a business that its guide does not say. */
const EVERYDAY_NAMES: Readonly<Record<GuideSlug, string>> = {
  "title-transfer": "过户 更名 改名字 换业主 买二手房 卖房 继承 赠与",
  "owner-deposit": "首次交款 首期交存 新房交维修资金 买房交钱 打印交款单",
  "unrecorded-deposit": "查不到房屋 房屋没备案 没有房产证 新房查不到 预售房交款",
  "owner-refund": "退维修资金 拆迁退款 退房退款 灭失退款 取出维修资金 领款",
  "top-up": "余额不够 二次交款 第二次交 补齐维修资金",
  "fund-lookup": "查余额 查明细 查账 查维修基金 看还剩多少",
  "my-estate": "查小区 楼盘表 小区余额 我们小区",
  "house-link": "绑定房屋 关联房产 添加房屋 绑房",
  "owner-sign-in": "登录 登陆 收不到验证码 忘记密码 个人登录",
  "developer-registration": "开发商注册 开发企业入驻 房地产公司开户",
  "property-company-registration": "物业公司注册 物业入驻 物业开户",
  "committee-registration": "业委会注册 业委会备案 物管会",
  "institution-sign-in": "单位登录 企业登录 开发商登录 物业登录 业委会登录",
  "house-import": "导入楼盘 上传房屋 批量录入房屋 房屋备案",
  "batch-deposit": "开发商代交 一次交多套 批量缴费 整栋交款",
  "clearance-certificate": "交存证明 结清证明 开证明 办产权证要的证明",
  "top-up-notices": "催交 催缴 续交催款 打印续交通知",
  "estate-statements": "张贴公示 小区报表 业主公示 对账公示",
  "institution-change": "变更单位资料 换法人 改联系人 改名称",
  disclosure: "资金公示 晒账单 全市收支 钱用到哪里",
  "slip-verification": "查真假 验单子 扫二维码 防伪查询",
  "application-status": "查进度 办到哪了 业务单编号 申请结果",
};

/** The guides for search, with everything that they say. */
export function listGuideEntries(facts: GuideFacts): SiteText[] {
  return buildGuides(facts).map((guide) => ({
    href: `/guides/${guide.slug}`,
    kind: "办事指南",
    title: guide.title,
    names: EVERYDAY_NAMES[guide.slug as GuideSlug],
    text: wordsOf(guide),
    date: GUIDES_AS_OF,
  }));
}

function wordsOf(guide: Guide): string {
  const { text, lead, who, when, bring, time, result, steps, questions } = guide;
  return [
    ...[text, lead, who, when, bring, time, result],
    ...steps.flat(),
    ...(guide.sections ?? []).flatMap(({ title, paragraphs }) => [title, ...paragraphs]),
    ...(guide.papers ?? []).flatMap(({ title, text, rules }) => [
      title,
      text ?? "",
      ...rules.map((rule) => rule.title),
    ]),
    ...questions.flatMap(({ question, answer }) => [question, answer]),
  ]
    .filter((words) => words !== "")
    .join(" ");
}

/** The addresses of 办事指南 that a search engine may know. */
export const GUIDE_PATHS: readonly string[] = [
  "/guides",
  ...GUIDE_HEADS.map(({ slug }) => guideHref(slug)),
];
