import type { GuideContent, GuideFacts } from "./guide.ts";

/** 维修资金公示: where the city's figures are, what they mean and what is not in them. */
export function disclosure(_: GuideFacts): GuideContent {
  return {
    lead: "看全市、本区和自己小区的维修资金：收了多少、用了多少、还有多少。",
    who: "任何人，不用登录",
    when: "想了解、比较或者引用维修资金数字的时候",
    bring: "什么都不用带；查小区的，知道小区名称就可以",
    time: "随时看，当场看到",
    result: "图和表，可以打印；数字可以下载成 CSV 和 JSON",
    steps: [
      [
        "打开公示",
        "打开首页，在“维修资金公示”旁边点“全部公示”，先看到全市的余额、每年收支和充足率。",
      ],
      ["找到小区", "点“各小区”，按名称或者区查找，可以按余额、充足率、户数排序。"],
      ["看使用项目", "点“使用项目”，看每一笔维修支出用在哪里、多少钱、几户分摊。"],
      ["比较年份", "点“历年锁定”，看每一年锁定的数字，也可以和另一年比较。"],
    ],
    sections: [
      {
        id: "what-it-means",
        title: "数字怎么看",
        paragraphs: [
          "年末余额 = 年初余额 + 交存 + 利息 − 使用 − 退款 + 其他。各小区加起来等于本区，各区加起来等于全市。",
          "充足率 = 余额 ÷ 首次交存。楼龄、电梯和用过的维修不同，充足率低不等于管得不好。",
          "锁定的年份不再改动；以后发现有错的，另出一版，两版都能看。",
        ],
        link: { href: "/disclosure/data", words: "下载开放数据" },
      },
    ],
    laws: [{ slug: "decree-165", articles: [30] }],
    questions: [
      {
        question: "为什么有的小区只有合计？",
        answer: "户数很少的小区，公布合计就等于公布每户的余额，所以和别的小区一起合计。",
      },
      {
        question: "能看到别人家的余额吗？",
        answer: "公示里只有合计，没有姓名和门牌。查自家的，用维修资金查询。",
        link: { href: "/guides/fund-lookup", words: "看维修资金查询指南" },
      },
      {
        question: "觉得数字不对怎么办？",
        answer: "记下年份、小区和数字，向管理中心提出，要求复核。",
        link: { href: "/help/objections", words: "看怎样提出异议" },
      },
    ],
    act: { href: "/disclosure", words: "去看公示" },
  };
}

/** 验真: how to tell whether a slip is ours and still good. */
export function slipVerification(_: GuideFacts): GuideContent {
  return {
    lead: "手里的通知单、支款单、证明或对账单，是不是真的，现在还有没有用，一查就知道。",
    who: "任何拿到单据的人，不用登录",
    when: "凭单据交钱、付钱或者办事以前",
    bring: "单据，或者单据上的编号和防伪码",
    time: "随时查，当场看到",
    result: "单据的种类、日期、金额和姓氏，是有效、已作废还是已被代替",
    steps: [
      ["扫码", "用手机扫单据上“扫码验真”的二维码，直接看到结果。"],
      ["或者输入编号和防伪码", "打开“验真”，输入 18 位编号和二维码旁边的 12 位防伪码，点“查验”。"],
      ["对照单据", "把查到的日期、金额和姓氏同手里的单据对一对。有一处不一样，单据就被改过。"],
    ],
    laws: [],
    noLaw: "没有专门的条文；验真是本平台为了防止假单据提供的服务",
    questions: [
      {
        question: "查不到怎么办？",
        answer: "请对照单据再输一次。再输还是查不到的，不要凭它交钱或付钱，打 12345 核实。",
      },
      {
        question: "为什么只显示姓？",
        answer: "为了保护个人信息。拿着单据的人对一对姓就够了。",
      },
      {
        question: "试了几次不让再试了？",
        answer: "输错多次会停一段时间，是为了防止有人乱猜。请照提示的时间再查。",
      },
    ],
    act: { href: "/verify", words: "去验真" },
  };
}
