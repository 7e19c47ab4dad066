import type { SiteText } from "#src/platform/site-text.ts";

type Service = readonly [href: string, title: string, text: string, names?: string];

/** Where things are done: pages that have no text of their own to be found by. */
const SERVICES: readonly Service[] = [
  [
    "/owner-service",
    "业主自主办理区",
    "输入房屋地址，办理首次交款、续交和退款，打印交款通知单，不用登录",
    "业主交款 业主退款 首次交款 续交 房屋查询",
  ],
  [
    "/unrecorded-deposit",
    "未备案房屋交款",
    "查不到房屋、还没有备案的，凭购房合同交款，交款的同时补录房屋",
  ],
  ["/my-estate", "进入我的小区", "看小区概况、楼盘表、资金合计、使用公示、充足率"],
  ["/fund", "维修资金查询", "看一套房屋的余额、利息和每一笔明细，查余额、查账"],
  [
    "/status",
    "业务受理状态查询",
    "输入 18 位业务单编号，看办到哪一步、还差什么、几号办好；重新打印通知单；撤销申请",
  ],
  ["/calculator", "计算器", "算一算要交多少维修资金：面积、电梯、房屋用途、日期，写明标准和依据"],
  ["/verify", "验真", "核对交款通知单、退款支款单、交存证明、对账单是真是假，扫二维码或输编号"],
  ["/sign-in", "登录", "业主登录、机构用户登录，动态密码登录、密码登录"],
  [
    "/register",
    "注册",
    "开发建设单位注册、物业服务企业注册、业主委员会注册",
    "机构注册 开发建设单位注册 物业服务企业注册 业主委员会注册",
  ],
  ["/accessibility", "无障碍声明", "适老版、深色显示、读屏软件、键盘操作、字体放大"],
  ["/privacy", "隐私说明", "我们问什么、谁看得到、怎样保存、浏览器里放什么、您的权利"],
];

/** Lists the services of the site, for its search. */
export async function listServiceTexts(): Promise<SiteText[]> {
  return SERVICES.map(([href, title, text, names = ""]) => ({
    href,
    kind: "办事入口",
    title,
    names,
    text,
    date: null,
  }));
}
