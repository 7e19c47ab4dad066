import { type GuideContent, type GuideFacts, promiseOf } from "./guide.ts";

/** 维修资金查询: the manual's three steps. */
export function fundLookup(_: GuideFacts): GuideContent {
  return {
    lead: "按地址找到房屋，看余额和每一笔钱的来去。",
    who: "任何人都可以查；按本市的公开规定要核对身份的，页面会问",
    when: "想知道余额，或者核对一笔交款、利息、维修支出的时候",
    bring: "房屋地址",
    time: "随时查，当场看到",
    result: "维修资金明细，可以打印，也可以存成表格",
    steps: [
      ["打开平台", "打开首页，找到快捷服务区域里的“维修资金查询”。"],
      ["进入维修资金查询页面", "输入要查询的房屋地址，点搜索图标。"],
      ["查看房屋维修资金明细", "在房屋查询结果列表里，选择“查看明细”。"],
    ],
    laws: [{ slug: "decree-165", articles: [30, 31] }],
    questions: [
      {
        question: "别人能看到我的名字和电话吗？",
        answer: "不能。明细里没有姓名、证件号码和电话。",
        link: { href: "/privacy", words: "看隐私说明" },
      },
      {
        question: "利息是怎么来的？",
        answer: "每一笔利息旁边都写着怎么算的：余额、天数和利率。",
      },
      { question: "数字不对怎么办？", answer: "请打 12345，或者到管理中心窗口要求复核。" },
    ],
    act: { href: "/fund", words: "去查询" },
  };
}

/** 进入我的小区: the manual's three steps. */
export function myEstate(_: GuideFacts): GuideContent {
  return {
    lead: "看您的小区有多少维修资金、用在了哪里。",
    who: "任何人，不用登录",
    when: "想了解小区资金的时候",
    bring: "小区名称",
    time: "随时看，当场看到",
    result: "小区概况、楼盘表、维修资金合计和使用公示；看不到别人的姓名、证件和电话",
    steps: [
      ["打开平台", "打开首页，找到快捷服务区域里的“进入我的小区”。"],
      ["进入物业区域查询页面", "输入物业区域名称，点搜索图标。只记得一部分名称也可以。"],
      ["查看物业区域信息", "在查询结果列表里找到您的小区，点“查看”。"],
    ],
    laws: [{ slug: "decree-165", articles: [30] }],
    questions: [
      {
        question: "找不到小区怎么办？",
        answer: "换一个写法再查：写别名、拼音或者首字母都可以。还没有登记的小区，请打 12345。",
      },
    ],
    act: { href: "/my-estate", words: "去看小区" },
  };
}

/** 业务受理状态查询: the manual's three steps, and what else can be done there. */
export function applicationStatus({ isSmsAvailable }: GuideFacts): GuideContent {
  return {
    lead: "凭业务单编号看办到哪一步、下一步谁来做。",
    who: "任何有业务单编号的人；补正、撤销、打印要由申请人办理",
    when: "提交以后任何时候",
    bring: "18 位业务单编号",
    time: "随时查，当场看到",
    result: "业务单的状态、时间线和下一步",
    steps: [
      ["打开平台", "打开首页，找到快捷服务区域里的“业务受理状态查询”。"],
      ["进入业务受理状态查询页面", "输入要查询的业务单编号，点搜索图标。空格和横线不影响。"],
      ["查看业务单信息", "查询结果即显示该业务单信息。要补正的，在这里改好再提交。"],
    ],
    laws: [],
    noLaw: "没有专门的条文；查进度、补正和撤销是本平台提供的服务",
    questions: [
      {
        question: "忘了编号怎么办？",
        answer: `编号印在申请单和通知单上${isSmsAvailable ? "，也在给您的短信里" : ""}。登录以后，“我的”里有您办过的业务。`,
        link: { href: "/me/applications", words: "登录看我的业务" },
      },
      {
        question: "可以撤销吗？",
        answer: isSmsAvailable
          ? "还没有交款、没有审批的可以。用提交时的手机或电脑打开业务单，或者用短信验证码证明是您。"
          : "还没有交款、没有审批的可以。用提交时的手机或电脑打开业务单；换了设备的，请打 12345，或带身份证和单据到窗口。",
      },
    ],
    act: { href: "/status", words: "去查进度" },
  };
}

/** 房屋关联: by phone and document at once, one house by a fact, or one by papers that the fund centre looks at. */
export function houseLink({ link, isSmsAvailable }: GuideFacts): GuideContent {
  return {
    lead: "登录后把名下的房屋关联到账户，以后不用每次找地址。",
    who: "登记的业主本人。家人的房屋，由家人用自己的手机号登录后关联",
    when: "第一次登录以后；新买的房屋登记以后",
    bring: "身份证号；登记的手机换了的，还要合同编号或银行流水号；都没有的，要拍好的要件",
    time: `对得上的当场关联；凭要件申请的，${promiseOf(link.stages)}`,
    result: "“我的”里能看到余额、明细、业务和年度对账单",
    steps: [
      [
        "登录",
        `打开首页，点“登录”，用${isSmsAvailable ? "手机动态密码或者用户名" : "用户名和密码"}登录。`,
      ],
      ["点“关联房屋”", "填写身份证号。登记房屋时留的手机就是登录的手机的，名下房屋一次全部关联。"],
      [
        "按地址关联一套",
        "登记的手机换了，或者当时没有留手机的：先找到房屋，再填身份证号和合同编号或银行流水号。",
      ],
      [
        "凭要件申请",
        "这些也没有，或者登记的姓名、证件号码不对的：找到房屋后点“凭要件申请关联”，上传要件，等管理中心核对。办到哪一步，看“我的业务”。",
      ],
    ],
    papers: [{ title: "凭要件申请关联", rules: link.papers, formCode: `${link.kind}-papers` }],
    laws: [{ slug: "decree-165", articles: [30] }],
    questions: [
      {
        question: "填错了会怎样？",
        answer: "每天有次数限制，超过了第二天再试。不会告诉您哪一项不对，这是为了保护业主。",
      },
      {
        question: "单位名下的房屋怎么关联？",
        answer: "请到维修资金管理中心办理。",
      },
    ],
    act: { href: "/me/link", words: "登录并关联" },
  };
}

/** 业主登录: the manual's two ways. */
export function ownerSignIn({ isSmsAvailable }: GuideFacts): GuideContent {
  return {
    lead: "交款、退款、查询不登录也能办；登录以后，房屋和业务都在一处。",
    who: "业主",
    when: "想集中看自己的房屋和业务的时候",
    bring: isSmsAvailable ? "手机，或者用户名和密码" : "用户名和密码",
    time: "当场登录",
    result: "进入“我的”",
    steps: [
      ["进入登录页面", "打开首页，点“登录”。"],
      [
        "登录方式一：业主用户手机动态密码登录",
        isSmsAvailable
          ? "点“业主用户手机动态密码登录”，输入手机号码与验证码，获取动态密码后，输入动态密码，点“业主登录”。"
          : "本站还没有接通短信，这种方式现在不能用。",
      ],
      ["登录方式二：业主用户使用普通方式登录", "输入用户名、密码与验证码，点“业主登录”。"],
    ],
    laws: [],
    noLaw: "没有专门的条文；登录是本平台提供的服务，不登录也能交款、退款和查询",
    questions: [
      {
        question: "怎么切换登录方式？",
        answer: "默认是普通方式。点“业主用户手机动态密码登录”或“业主用户使用普通方式登录”切换。",
      },
      {
        question: "没有用户名和密码？",
        answer: isSmsAvailable
          ? "先用手机动态密码登录，再在“我的”里设置。"
          : "交款、退款、查询不登录也能办。其他请打 12345，或带身份证到维修资金管理中心窗口。",
      },
    ],
    act: { href: "/sign-in", words: "去登录" },
  };
}
