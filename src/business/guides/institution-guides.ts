import type { InstitutionKind } from "#src/platform/http/route.ts";
import type { GuideContent, GuidedRegistration, GuideFacts, LawReference } from "./guide.ts";
import { promiseOf } from "./guide.ts";

const ESTATE_WORDS: Readonly<Record<GuidedRegistration["estates"], string>> = {
  optional: "填写注册信息，并上传要件信息。自己开发的项目可以现在添加，也可以以后添加。",
  several: "填写注册信息，添加需要绑定的物业区域，并上传要件信息。每个小区一份合同。",
  one: "填写注册信息，添加需要绑定的物业区域，并上传要件信息。只绑定一个物业区域。",
};

const LAWS: Readonly<Record<InstitutionKind, readonly LawReference[]>> = {
  developer: [{ slug: "decree-165", articles: [13, 21] }],
  "property-company": [{ slug: "decree-165", articles: [22, 23] }],
  committee: [{ slug: "decree-165", articles: [15, 16] }],
};

const WHO: Readonly<Record<InstitutionKind, string>> = {
  developer: "开发建设单位的经办人",
  "property-company": "物业服务企业的经办人",
  committee: "业主委员会的经办人",
};

/** 机构注册: the manual's five steps, each institution with a form and papers of its own. */
export function registration(kind: InstitutionKind) {
  return ({ registrations, fundCentreName, isSmsAvailable }: GuideFacts): GuideContent => {
    const own = registrations.find(({ institution }) => institution === kind);
    if (own === undefined) throw new Error(`no registration for ${kind}`);
    return {
      lead: "网上注册，不用到窗口；填到一半可以保存，30 天内接着填。",
      who: `${WHO[kind]}，带单位的授权委托书`,
      when: "第一次使用平台的时候，一个单位注册一次",
      bring: "证件的照片或扫描件、联系人的手机",
      time: promiseOf(own.stages),
      result: "注册通过后，用注册时的用户名登录办理业务",
      steps: [
        ["进入注册页面", "打开首页，点“注册”。"],
        [`选择“${own.title}”`, `在注册页面，选择“${own.title}”。`],
        ["填写注册信息", ESTATE_WORDS[own.estates]],
        ["提交业务申请", "阅读《机构注册协议》并勾选已阅读，点“提交”。"],
        [
          "注册成功，等待审核",
          `提示注册成功通知和业务单编号。${fundCentreName}审核，${isSmsAvailable ? "结果用短信告诉联系人" : "结果用业务单编号在本站查看"}。审核通过以前登录，只能看进度和补正。`,
        ],
      ],
      papers: [
        { title: "要上传的要件", rules: own.documents, formCode: `${own.kind}-papers` },
        { title: "授权委托书可以用这一张", rules: [], formCode: "institution-authorisation" },
      ],
      laws: LAWS[kind],
      questions: [
        {
          question: "要补正怎么办？",
          answer: "用注册时的用户名登录，照管理中心写的改好，用同一个编号再提交。",
        },
        {
          question: "提示代码已经注册过？",
          answer: "一个单位只注册一次，请用原来的用户名登录；不是本单位注册的，请打 12345。",
        },
        {
          question: "换一台电脑能接着填吗？",
          ...(isSmsAvailable
            ? {
                answer: "可以，用联系人手机验证。",
                link: { href: "/register/continue", words: "继续填写" },
              }
            : { answer: "不能。请用保存表单的手机或电脑，打开“注册”接着填。" }),
        },
      ],
      act: { href: own.path, words: "去注册" },
    };
  };
}

/** 机构用户登录: the manual's three steps. */
export function institutionSignIn(_: GuideFacts): GuideContent {
  return {
    lead: "注册通过的机构从这里进入维修资金信息管理系统。",
    who: "开发建设单位、物业服务企业、业主委员会的用户",
    when: "注册以后；审核通过以前只能看进度和补正",
    bring: "机构登录用户名、密码",
    time: "当场登录",
    result: "进入工作台",
    steps: [
      ["进入登录页面", "打开首页，点“登录”。"],
      ["选择对应的机构登录", "选择开发建设单位、物业服务企业或者业主委员会。"],
      ["登录", "输入机构登录用户名、密码、验证码并点“登录”。"],
    ],
    laws: [],
    noLaw: "没有专门的条文；登录后能办的事，依据写在各自的指南里",
    questions: [
      {
        question: "忘了密码怎么办？",
        answer: "请本单位的管理员在“用户”里重置；管理员忘了的，请打 12345。",
      },
      {
        question: "几个人共用一个账号可以吗？",
        answer: "不要共用。管理员可以为每个人开一个用户。",
      },
    ],
    act: { href: "/sign-in/institution", words: "去登录" },
  };
}

/** 机构信息变更: what is left empty stays as it is. */
export function institutionChange({ change, isSmsAvailable }: GuideFacts): GuideContent {
  return {
    lead: "登录后申请；批准以前，原来登记的内容不变。",
    who: "机构的管理员",
    when: "名称、负责人、银行账户变了，合同或任期续了，要加减物业区域的时候",
    bring: "变更证明的照片或扫描件",
    time: promiseOf(change.stages),
    result: "批准后，新的内容马上生效",
    steps: [
      ["登录", "用机构管理员的用户名登录。"],
      ["打开“单位资料”", "点“申请变更”。不改的就留空。"],
      ["上传要件并提交", "上传变更证明，点“提交”，记下业务单编号。"],
      ["等待审核", isSmsAvailable ? "结果用短信告诉联系人。" : "结果登录后在工作台看。"],
    ],
    papers: [{ title: "要上传的要件", rules: change.papers, formCode: `${change.kind}-papers` }],
    laws: [],
    noLaw: "没有专门的条文；《机构注册协议》约定，内容变了的 15 日内申请变更",
    questions: [
      {
        question: "改联系人手机也要审核吗？",
        answer: "不用。在“单位资料”里改联系方式，马上生效。",
      },
    ],
    act: { href: "/workbench/profile", words: "登录去变更" },
  };
}
