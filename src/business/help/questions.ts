/** A question that people ask again and again, with its answer in sentences and where to go on. */
export interface Question {
  question: string;
  answer: string;
  links?: readonly (readonly [words: string, href: string])[];
}

export interface QuestionGroup {
  id: string;
  title: string;
  questions: readonly Question[];
}

const BEFORE: readonly QuestionGroup[] = [
  {
    id: "deposit",
    title: "交款",
    questions: [
      {
        question: "要交多少钱？",
        answer:
          "首次交款等于建筑面积乘以交存标准，减去已经交过的。找到房屋、点“交款”以后，金额由系统算好，还写着用的是哪一档标准。",
        links: [["怎么算、举个例子", "/guides/owner-deposit#how-much"]],
      },
      {
        question: "找不到我的房屋怎么办？",
        answer:
          "先换一种写法，只写小区名称和房号。还是没有的，房屋可能没有备案，可以走“未备案房屋交款”，不用等备案。",
        links: [["未备案房屋交款", "/unrecorded-deposit"]],
      },
      {
        question: "没有打印机怎么办？",
        answer: "不用打印。到银行时出示手机里的二维码，或报 18 位业务单编号就可以。",
      },
      {
        question: "通知单过期了怎么办？",
        answer: "没有扣您的钱。重新提交一次，领一张新的交款通知单就可以。",
      },
      {
        question: "交完了，多久能看到？",
        answer:
          "银行柜面确认后当场记账。在“业务受理状态查询”输入业务单编号，显示“已办结”就是到账了。",
        links: [["业务受理状态查询", "/status"]],
      },
    ],
  },
  {
    id: "refund",
    title: "退款",
    questions: [
      {
        question: "卖房能退维修资金吗？",
        answer: "不能退。余额跟着房屋转给买方，可以在房价里和买方结算。",
        links: [["哪些情况能退", "/guides/owner-refund#papers"]],
      },
      {
        question: "退款多久能拿到？",
        answer:
          "审核通过以后打印退款支款单，带身份证到支款单上写的银行领取。退款申请单不能领款。每一步几号办好，业务单页面上都写着。",
        links: [["退款办事指南", "/guides/owner-refund"]],
      },
      {
        question: "提示姓名或证件号和登记的不一致怎么办？",
        answer: "业主换过的，请先办理过户更名；登记写错的，带身份证和房产证到窗口更正。",
        links: [["怎样办过户更名", "/guides/title-transfer"]],
      },
    ],
  },
];

const ON_SIGNING_IN: readonly Question[] = [
  {
    question: "一定要登录吗？",
    answer: "不用。交款、退款、查明细、看进度都不用登录。登录以后能把自己的几套房屋放在一起看。",
  },
  {
    question: "图片验证码看不清怎么办？",
    answer:
      "图里是一道算式，填得数。可以点“换一张”，也可以按图下面的播放键，听完填得数。都不方便的，按“让这台设备代算”。",
  },
];

const WITH_SMS: readonly Question[] = [
  {
    question: "收不到短信验证码怎么办？",
    answer:
      "请先看手机有没有拦截短信，等 1 分钟再点一次“获取动态密码”。一个号码一小时最多 5 条、一天最多 10 条。还收不到的，用密码登录，或打 12345。",
    links: [["登录", "/sign-in"]],
  },
  {
    question: "忘记密码怎么办？",
    answer:
      "业主用手机动态密码登录，进去后重新设置。机构用户请本单位的管理员重置；管理员忘记的，打 12345。",
  },
  {
    question: "手机号换了怎么办？",
    answer:
      "原来的号码还能收短信的，登录后在“我的”里更换。收不到了的，带身份证到窗口更正登记的号码。",
  },
];

const WITHOUT_SMS: readonly Question[] = [
  {
    question: "收不到短信验证码怎么办？",
    answer:
      "本站还没有接通短信，不发验证码，请不要等。设过用户名和密码的，用密码登录；没有设过的，打 12345。",
    links: [["登录", "/sign-in"]],
  },
  {
    question: "忘记密码怎么办？",
    answer:
      "业主打 12345，或带身份证到窗口办理；交款、退款、查询不登录也能办。机构用户请本单位的管理员重置；管理员忘记的，打 12345。",
  },
  {
    question: "手机号换了怎么办？",
    answer: "带身份证到窗口更正登记的号码，或打 12345。",
  },
];

const AFTER: readonly QuestionGroup[] = [
  {
    id: "reading",
    title: "看不清、不会用",
    questions: [
      {
        question: "字太小看不清怎么办？",
        answer:
          "点页面最上面的“适老版”，字会变大，页面会变简单，以后再来也记得。也可以用浏览器放大到 400%。",
        links: [["打开适老版", "/display?mode=elder&back=/help"]],
      },
      {
        question: "不会上网，能让别人帮忙吗？",
        answer:
          "能。交款可以由家里人代办，填交款人的姓名和手机号码。也可以打 12345，工作人员在电话里陪您办；或者到窗口，由工作人员替您填。",
      },
      {
        question: "会不会有人打电话要我转账？",
        answer:
          "我们不会打电话或发短信要您转账，也不会要您的密码和短信验证码。钱只交到交款通知单上写的银行专户。",
      },
    ],
  },
];

/**
 * What people ask, by what they are doing. Days and rates are told by the guides, which read the city's rules.
 * Where no text messages leave the house, the answers send nobody to wait for one.
 */
export function questionGroups(isSmsAvailable: boolean): readonly QuestionGroup[] {
  const signIn: QuestionGroup = {
    id: "sign-in",
    title: "登录与验证码",
    questions: isSmsAvailable
      ? [...ON_SIGNING_IN, ...WITH_SMS]
      : [...ON_SIGNING_IN, ...WITHOUT_SMS],
  };
  return [...BEFORE, signIn, ...AFTER];
}
