import { WHICH_EDITION } from "#src/register/standards/judge-first-deposit.ts";
import type { GuideContent, GuideFacts, GuideQuestion } from "./guide.ts";
import { promiseOf } from "./guide.ts";

const EXPIRED: GuideQuestion = {
  question: "通知单过期了怎么办？",
  answer: "没有扣您的钱。重新提交一次，领一张新的通知单就可以。",
};

/** 业主交款: the manual's six steps, true to what the pages and the bank do. */
export function ownerDeposit({ settings }: GuideFacts): GuideContent {
  const days = settings["notice-validity-days"];
  return {
    lead: "网上填写约 3 分钟，不用登录；然后到银行交款。",
    who: "业主本人，也可以由别人代交",
    when: "办理入住手续以前交清首次交款",
    bring: "到银行带交款通知单、身份证",
    time: `提交后当场出通知单，${days} 天内到银行；银行确认后当场记入房屋的账户`,
    result: "银行盖章的客户联",
    steps: [
      [
        "进入业主自主办理区页面",
        "打开首页，在快捷服务区域的“业主自主办理区”输入房屋地址，点搜索图标。",
      ],
      ["搜索出需要交款的房屋", "写法不用和房产证一模一样。没有找到的，换一个写法再搜一次。"],
      ["进入交款页面", "在房屋查询列表里，在需要交款的房屋后面点“交款”。"],
      [
        "提交交款",
        "核对房屋信息，添加交款信息，点“提交”，并打印交款通知单。金额由系统算好，不能改。请记下 18 位业务单编号。",
      ],
      [
        "银行交款",
        `${days} 天内，到通知单上写的银行任一网点交款。没有打印的，出示手机里的二维码或业务单编号。交款业务即完成。`,
      ],
    ],
    sections: [
      {
        id: "how-much",
        title: "要交多少",
        paragraphs: [
          "首次交款 = 建筑面积 × 交存标准 − 已经交过的，四舍五入到分。",
          `${WHICH_EDITION}。`,
          "交款页面写着您的房屋用哪一档、依据哪份文件。",
        ],
        link: { href: "/calculator", words: "用计算器算要交多少" },
      },
    ],
    laws: [
      { slug: "decree-165", articles: [6, 7, 12] },
      { slug: "deposit-procedure", articles: [5, 8] },
    ],
    questions: [
      EXPIRED,
      {
        question: "找不到我的房屋怎么办？",
        answer: "可能还没有备案，也可以在网上交。",
        link: { href: "/guides/unrecorded-deposit", words: "看未备案房屋交款指南" },
      },
      {
        question: "怎么知道钱到账了？",
        answer:
          "在首页“业务受理状态查询”输入业务单编号，显示“已办结”就是到账了；也可以在“维修资金查询”看房屋的余额和每一笔。",
      },
      {
        question: "能在网上付款吗？",
        answer: "现在不能。请到通知单上写的银行任一网点交款。",
      },
    ],
    act: { href: "/owner-service", words: "去交款" },
  };
}

/** 未备案房屋交款: the manual's eight steps and the papers that its form asks for. */
export function unrecordedDeposit({
  settings,
  unrecorded,
  fundCentreName,
}: GuideFacts): GuideContent {
  const days = settings["notice-validity-days"];
  return {
    lead: "网上填写约 10 分钟，不用登录；交款的同时把房屋补录进来。",
    who: "业主本人，也可以由别人代交",
    when: "房屋查询里找不到您的房屋的时候",
    bring: "到银行带交款通知单、身份证",
    time: `提交后当场出通知单，${days} 天内到银行；银行确认后，${promiseOf(unrecorded.stages)}`,
    result: "银行盖章的客户联；房屋核验后登记入册",
    steps: [
      ["进入业主自主办理区页面", "打开首页，在“业主自主办理区”输入房屋地址，点搜索图标。"],
      ["点“未备案房屋交款”", "没有找到房屋的，点“未备案房屋交款”，进入未备案房屋交款页面。"],
      ["找到小区", "在“小区名称”输入房屋所在的小区名称，点“查询”，在结果里点“未备案交款”。"],
      ["填写房屋信息", "核对物业区域信息，照购房合同填写需要交款的房屋信息，并上传要件。"],
      ["提交并打印", "点“提交”，确认交款信息无误后提交申请，打印申请单和交款通知单。"],
      ["到银行交款", `${days} 天内，携带交款通知单到写着的银行任一网点交款。`],
      [
        "银行确认，等待核验",
        `银行确认后交款完成。${fundCentreName}核对房屋资料，登记入册。要补正的，按业务单上写的改，钱不受影响。`,
      ],
    ],
    papers: [
      { title: "要上传的要件", rules: unrecorded.papers, formCode: `${unrecorded.kind}-papers` },
    ],
    laws: [
      { slug: "decree-165", articles: [7, 12] },
      { slug: "deposit-procedure", articles: [10] },
    ],
    questions: [
      {
        question: "小区也找不到怎么办？",
        answer: `小区可能还没有登记。请打 12345，或者带购房合同到${fundCentreName}窗口。`,
      },
      {
        question: "核验没有通过，钱怎么办？",
        answer: "钱还在这套房屋的账户里，没有丢。请申请退款，退款原因选“错交”。",
        link: { href: "/guides/owner-refund", words: "看业主退款指南" },
      },
      EXPIRED,
    ],
    act: { href: "/unrecorded-deposit", words: "去办未备案房屋交款" },
  };
}

/** 业主退款: the manual's seven steps, and per reason its amount and its papers. */
export function ownerRefund({ settings, refund, fundCentreName }: GuideFacts): GuideContent {
  return {
    lead: "网上申请，不用登录；审核通过后到银行领款。",
    who: "登记的业主本人；几个人共有的，由一位申请，其他人写同意书",
    when: "退房、多交、错交、重复交、面积差，或者房屋灭失、拆迁、征收的时候",
    bring: "到管理中心带退款申请单、要件原件；到银行带退款支款单、身份证",
    time: `${promiseOf(refund.stages)}；退款支款单开具后 ${settings["voucher-validity-days"]} 天内到银行`,
    result: "退款支款单；钱退到业主本人名下的账户",
    steps: [
      ["进入业主自主办理区页面", "打开首页，在“业主自主办理区”输入房屋地址，点搜索图标。"],
      [
        "进入房屋退款页面",
        "在房屋查询结果列表里，在需要退款的房屋后面点“退款”，填写姓名和证件号码，核对您是登记的业主。",
      ],
      [
        "填写退款信息",
        "选择退款原因，金额由系统算好。填写收款账户（只退到业主本人名下），上传退款要件。",
      ],
      ["提交退款申请", "点“提交”，记下 18 位业务单编号，打印退款申请单并签字。"],
      [
        "退款审核",
        `携退款申请单及相关要件到${fundCentreName}审核。审核通过后，打印退款支款单。要补正的，用同一个编号改好再提交。`,
      ],
      [
        "退款",
        "携退款支款单和身份证，到支款单上写的银行任一网点。银行只凭退款支款单付款，退款申请单不能领款。",
      ],
    ],
    papers: [
      ...refund.reasons.map((reason) => ({
        title: reason.title,
        text: `${reason.hint}。${reason.amountRule}。`,
        rules: reason.documents,
        formCode: `${refund.kind}-${reason.code.toLowerCase()}-papers`,
      })),
      {
        title: "房屋由几个人共有的，另外要",
        rules: [refund.coOwnersConsent],
        formCode: refund.coOwnersConsent.code,
      },
    ],
    laws: [
      { slug: "decree-165", articles: [9, 28, 29] },
      { slug: "deposit-procedure", articles: [12, 13] },
    ],
    questions: [
      {
        question: "卖房可以退吗？",
        answer: "不退。余额随房屋转给买方，可以在房价里和买方结算。",
        link: { href: "/policies/decree-165#article-28", words: "看第二十八条" },
      },
      {
        question: "可以退到别人的卡上吗？",
        answer: "不可以，只退到登记的业主本人名下的账户。",
      },
      {
        question: "支款单过期了怎么办？",
        answer: "钱还在房屋的账户里。请到管理中心重新开具支款单，再到银行领款。",
      },
    ],
    act: { href: "/owner-service", words: "去退款" },
  };
}

/** 续交: the same way as 业主交款, and what it rests on. */
export function topUp({ settings }: GuideFacts): GuideContent {
  const trigger = settings["top-up-trigger-percent"];
  const target = settings["top-up-target-percent"];
  const days = settings["notice-validity-days"];
  return {
    lead: `余额低于首次交款的 ${trigger}% 时要续交，补到 ${target}%。`,
    who: "业主本人，也可以由别人代交",
    when: `房屋余额（本金加利息）低于首次交款的 ${trigger}% 的时候；收到续交通知的时候`,
    bring: "到银行带交款通知单、身份证",
    time: `提交后当场出通知单，${days} 天内到银行；银行确认后当场记账`,
    result: "银行盖章的客户联",
    steps: [
      ["看要不要续交", "在首页“维修资金查询”输入房屋地址，点“查看明细”，看余额和要不要续交。"],
      ["进入业主自主办理区页面", "在首页“业主自主办理区”输入房屋地址，在房屋后面点“交款”。"],
      ["提交交款", "交款类别是“维修资金续交”，金额由系统算好。填写后点“提交”，打印交款通知单。"],
      ["银行交款", `${days} 天内，到通知单上写的银行任一网点交款。`],
    ],
    sections: [
      {
        id: "how-much",
        title: "续交多少",
        paragraphs: [
          `续交金额 = 首次交款 × ${target}% − 现在的余额。例如首次交款 10,000.00 元、余额 2,000.00 元：补到 ${target}%，减去 2,000.00 元。`,
          "成立了业主大会的，续交方案由业主大会决定。",
        ],
        link: { href: "/calculator", words: "算一算您的房屋" },
      },
    ],
    laws: [
      { slug: "decree-165", articles: [17] },
      { slug: "top-up-rules", articles: [2, 3, 4] },
    ],
    questions: [
      {
        question: "不续交会怎样？",
        answer: "需要维修时钱可能不够，差的部分要由相关业主另外筹集。请早一点续交。",
      },
      {
        question: "刚买的二手房，要我来续交吗？",
        answer: "由买卖双方约定。余额随房屋转让，买房前可以先查余额。",
        link: { href: "/fund", words: "去查余额" },
      },
    ],
    act: { href: "/owner-service", words: "去续交" },
  };
}
