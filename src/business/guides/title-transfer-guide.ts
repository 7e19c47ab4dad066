import type { GuideContent, GuideFacts } from "./guide.ts";

/** 过户更名: the register's owner after a sale. Nothing of it can be done on the platform, and it says so. */
export function titleTransfer({ fundCentreName }: GuideFacts): GuideContent {
  return {
    lead: "房屋换了业主，维修资金的余额跟着房屋走；新业主要把登记的业主改成自己。",
    who: "新业主，也就是买方、继承人或者受赠人",
    when: "不动产权证已经换成新业主的名字以后",
    bring: "维修资金过户的协议、不动产权证、身份证",
    time: "平台没有规定几天办好。交材料的时候，请窗口告诉您哪一天改好",
    result: "登记的业主换成您；余额不变，一分也不退给卖方",
    steps: [
      [
        "查余额，写进协议",
        "买卖双方在“维修资金查询”查这套房屋的余额，把余额随房屋转给买方写进协议。",
      ],
      ["打电话问清楚", "打 12345，问哪个窗口能办、材料带全了没有。"],
      ["带材料到窗口", `到${fundCentreName}能办“过户更名”的窗口交材料。`],
      [
        "看改好了没有",
        "登录后点“关联房屋”，填身份证号。能关联上的，就是改好了；关联不上的，打 12345 问。",
      ],
    ],
    sections: [
      {
        id: "where",
        title: "为什么到窗口，不在网上办",
        paragraphs: [
          "《住宅专项维修资金管理办法》第二十八条写的是到专户管理银行办理分户账更名。银行柜台在本平台上只能收款和付款，不能改登记的业主，所以先到窗口。",
          "在网上查余额、打印明细都可以。网上不能申请更名，也不能自己改业主；凭要件关联房屋，改的只是您账户里能看到的房屋，登记的业主不变。",
          "没有更名以前，新业主不能申请退款，也不能用身份证号关联这套房屋。交款不受影响，谁来交都可以。",
        ],
        link: { href: "/help", words: "看窗口的地址和电话" },
      },
    ],
    laws: [
      { slug: "decree-165", articles: [28] },
      { slug: "deposit-procedure", articles: [12] },
    ],
    questions: [
      {
        question: "卖方能把余额取走吗？",
        answer: "不能，余额随房屋转给买方。双方可以在房价里结算。",
        link: { href: "/policies/decree-165#article-28", words: "看第二十八条" },
      },
      {
        question: "登记的名字写错了，也是办过户更名吗？",
        answer: "不是。业主没有换、只是写错的，带身份证和不动产权证到窗口更正。",
      },
      {
        question: "余额不足要续交的，谁来交？",
        answer: "由买卖双方约定。",
        link: { href: "/guides/top-up", words: "看续交指南" },
      },
    ],
    act: { href: "/fund", words: "先查余额" },
  };
}
