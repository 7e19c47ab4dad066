import type { RowLinkProps } from "#src/ui/list/row-link.tsx";
import type { Audience, GuideHead } from "./guide.ts";

const INSTITUTIONS = ["developer", "property-company", "committee"] as const;
const KEEPERS = ["property-company", "committee"] as const;

/** Every business of the platform that has a guide, in the order of how often people need it. */
export const GUIDE_HEADS = [
  {
    slug: "owner-deposit",
    title: "业主交款",
    icon: "pay",
    text: "网上填写约 3 分钟，到银行交款",
    audiences: ["owner"],
  },
  {
    slug: "unrecorded-deposit",
    title: "未备案房屋交款",
    icon: "plus",
    text: "准备购房合同和身份证的照片，网上填写约 10 分钟",
    audiences: ["owner"],
  },
  {
    slug: "owner-refund",
    title: "业主退款",
    icon: "refund",
    text: "网上申请并上传要件，审核通过后到银行领款",
    audiences: ["owner"],
  },
  {
    slug: "top-up",
    title: "续交",
    icon: "coin",
    text: "余额不足时补交，金额由系统算出",
    audiences: ["owner"],
  },
  {
    slug: "title-transfer",
    title: "过户更名",
    icon: "rotate",
    text: "买卖、继承以后，把登记的业主改成新业主，到窗口办",
    audiences: ["owner"],
  },
  {
    slug: "fund-lookup",
    title: "维修资金查询",
    icon: "search",
    text: "按地址查一套房屋的余额和每一笔钱",
    audiences: ["owner"],
  },
  {
    slug: "my-estate",
    title: "进入我的小区",
    icon: "estate",
    text: "看小区概况、楼盘表和资金合计，不用登录",
    audiences: ["owner"],
  },
  {
    slug: "house-link",
    title: "房屋关联",
    icon: "home",
    text: "登录后关联名下房屋，余额、业务、对账单都在一处",
    audiences: ["owner"],
  },
  {
    slug: "owner-sign-in",
    title: "业主登录",
    icon: "user",
    text: "手机动态密码，或者用户名和密码",
    audiences: ["owner"],
  },
  {
    slug: "developer-registration",
    title: "开发建设单位注册",
    icon: "developer",
    text: "网上填写并上传要件，审核通过后登录办理",
    audiences: ["developer"],
  },
  {
    slug: "property-company-registration",
    title: "物业服务企业注册",
    icon: "shield",
    text: "绑定管理的小区，审核通过后登录办理",
    audiences: ["property-company"],
  },
  {
    slug: "committee-registration",
    title: "业主委员会注册",
    icon: "people",
    text: "绑定本小区，审核通过后登录办理",
    audiences: ["committee"],
  },
  {
    slug: "institution-sign-in",
    title: "机构用户登录",
    icon: "user",
    text: "选择机构，用户名、密码和验证码",
    audiences: INSTITUTIONS,
  },
  {
    slug: "house-import",
    title: "房屋导入",
    icon: "file",
    text: "用表格一次登记一个项目的房屋",
    audiences: ["developer"],
  },
  {
    slug: "batch-deposit",
    title: "批量交款",
    icon: "pay",
    text: "一张通知单交多套房屋的款",
    audiences: ["developer"],
  },
  {
    slug: "clearance-certificate",
    title: "已交清证明",
    icon: "check",
    text: "交清以后自助开具，办理交房用",
    audiences: ["developer"],
  },
  {
    slug: "top-up-notices",
    title: "续交通知",
    icon: "print",
    text: "查看余额不足的房屋，打印续交通知",
    audiences: KEEPERS,
  },
  {
    slug: "estate-statements",
    title: "公示报表",
    icon: "doc",
    text: "按月、季、年锁定并打印本小区的资金报表",
    audiences: KEEPERS,
  },
  {
    slug: "institution-change",
    title: "机构信息变更",
    icon: "rotate",
    text: "改名称、负责人、账户，续合同，加减小区",
    audiences: INSTITUTIONS,
  },
  {
    slug: "disclosure",
    title: "维修资金公示",
    icon: "doc",
    text: "全市、各区、各小区的收支、余额和使用项目，不用登录",
    audiences: ["owner", ...INSTITUTIONS],
  },
  {
    slug: "slip-verification",
    title: "验真",
    icon: "shield",
    text: "凭编号和防伪码，查手里的单据是真是假、还有没有用",
    audiences: ["owner", ...INSTITUTIONS],
  },
  {
    slug: "application-status",
    title: "业务受理状态查询",
    icon: "track",
    text: "凭业务单编号看办到哪一步，也可以补正、撤销",
    audiences: ["owner", ...INSTITUTIONS],
  },
] as const satisfies readonly GuideHead[];

/** The name of a guide in its address. */
export type GuideSlug = (typeof GUIDE_HEADS)[number]["slug"];

/** Where a guide is read. */
export function guideHref(slug: GuideSlug): string {
  return `/guides/${slug}`;
}

const ON_THE_HOME: readonly GuideSlug[] = [
  "owner-deposit",
  "unrecorded-deposit",
  "owner-refund",
  "developer-registration",
  "property-company-registration",
  "committee-registration",
];

/** The six businesses of the manual, as the home shows them. */
export const GUIDES: readonly RowLinkProps[] = GUIDE_HEADS.filter(({ slug }) =>
  ON_THE_HOME.includes(slug),
).map(({ slug, title, icon, text }) => ({ href: guideHref(slug), title, icon, text }));

/** Who is asked for on the page of all guides, in this order. */
export const AUDIENCE_WORDS: Readonly<Record<Audience, string>> = {
  owner: "业主",
  developer: "开发建设单位",
  "property-company": "物业服务企业",
  committee: "业主委员会",
};
