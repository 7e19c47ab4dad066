import type { IconName } from "#src/ui/drawing/icon.tsx";

/** One business as the guides list it. */
export interface Guide {
  title: string;
  href: string;
  icon: IconName;
  /** What it takes, in one line; for a business that is not open, where it is done meanwhile. */
  text: string;
  isOpen: boolean;
}

/** The six businesses of the manual, in its order of how often people need them. */
export const GUIDES: readonly Guide[] = [
  {
    title: "业主交款",
    href: "/guides/owner-deposit",
    icon: "pay",
    text: "网上填写约 3 分钟，到银行交款",
    isOpen: true,
  },
  {
    title: "未备案房屋交款",
    href: "/guides/unrecorded-deposit",
    icon: "plus",
    text: "准备购房合同和身份证的照片，网上填写约 10 分钟",
    isOpen: true,
  },
  {
    title: "业主退款",
    href: "/guides/owner-refund",
    icon: "refund",
    text: "网上申请并上传要件，审核通过后到银行领款",
    isOpen: true,
  },
  notOpen("开发建设单位注册", "developer-registration", "developer"),
  notOpen("物业服务企业注册", "property-company-registration", "shield"),
  notOpen("业主委员会注册", "committee-registration", "people"),
];

/** Not a business but a look: it stands with the guides and not among the six of the home. */
export const ESTATE_GUIDE: Guide = {
  title: "进入我的小区",
  href: "/guides/my-estate",
  icon: "estate",
  text: "看小区概况、楼盘表和资金合计，不用登录",
  isOpen: true,
};

function notOpen(title: string, anchor: string, icon: IconName): Guide {
  return {
    title,
    href: `/guides#${anchor}`,
    icon,
    text: "网上还没开通，到窗口办理",
    isOpen: false,
  };
}
