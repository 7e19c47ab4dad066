import {
  type ChecklistPoint,
  type Decision,
  type ReviewStage,
  SEND_BACK,
} from "#src/applications/review-descriptor.ts";
import type { Registration } from "./descriptor.ts";

const DECREE = "《住宅专项维修资金管理办法》";
const RULES = "《物业管理条例》";

const PAPERS: readonly ChecklistPoint[] = [
  {
    id: "papers",
    text: "要件齐全、清晰，名称、代码、负责人和填写的一致",
    legalBasis: "《机构注册协议》第二条",
  },
  {
    id: "agent",
    text: "授权委托书盖了公章，经办人就是身份证上的人",
    legalBasis: "《民法典》第一百六十五条（授权委托书）",
  },
];

const OWN_POINTS: Readonly<Record<Registration["institution"], readonly ChecklistPoint[]>> = {
  developer: [
    {
      id: "project",
      text: "项目证明上的建设单位就是注册的单位，绑定的物业区域是它的项目",
      legalBasis: `${DECREE}第十三条（没有交存首期资金的，开发建设单位不得交房）`,
    },
    {
      id: "account",
      text: "退款账户的户名就是注册的单位",
      legalBasis: `${DECREE}第四条（专款专用）`,
    },
  ],
  "property-company": [
    {
      id: "contract",
      text: "每个物业区域都有物业服务合同和备案证明，编号、起止日期和填写的一致",
      legalBasis: `${RULES}第二十一条（书面的前期物业服务合同）、第三十四条（书面的物业服务合同）`,
    },
    {
      id: "one-company",
      text: "同一物业区域在这段时间没有另一家物业服务企业",
      legalBasis: `${RULES}第三十三条（一个物业管理区域由一个物业服务企业实施物业管理）`,
    },
  ],
  committee: [
    {
      id: "filing",
      text: "备案证明有效，名称、任期和填写的一致",
      legalBasis: `${RULES}第十六条（业主委员会选举产生后 30 日内备案）`,
    },
    {
      id: "one-committee",
      text: "同一物业区域没有另一个任期内的业主委员会",
      legalBasis: `${RULES}第九条（一个物业管理区域成立一个业主大会）`,
    },
  ],
};

const APPROVAL: readonly ChecklistPoint[] = [
  {
    id: "review-agreed",
    text: "同意审核意见，绑定的物业区域没有冲突",
    legalBasis: `${DECREE}第四条（政府监督）`,
  },
];

const CORRECTIONS: readonly string[] = [
  "要件不清晰，请重新拍照上传",
  "缺少要件，请补齐后重新提交",
  "机构名称或统一社会信用代码和证照不一致，请核对后改正",
  "合同编号或起止日期和合同不一致，请照合同改正",
  "物业区域已由别的单位绑定，请提交原合同或任期已经终止的证明",
];
const REJECTIONS: readonly string[] = [
  "要件不真实，不予注册",
  "不是物业服务合同的当事人，不予注册",
  "业主委员会没有备案或任期已经届满，不予注册",
  "同一单位已经注册，请使用原来的账号",
];

const sendBack: Decision = { ...SEND_BACK, name: "correct", reasons: CORRECTIONS };
const reject: Decision = {
  name: "reject",
  label: "驳回",
  toState: "rejected",
  tone: "danger",
  needsOpinion: true,
  needsChecklist: false,
  reasons: REJECTIONS,
};

function pass(name: string, label: string, toState: string): Decision {
  const tone = "primary";
  return { name, label, toState, tone, needsOpinion: false, needsChecklist: true, reasons: [] };
}

/** Where the fund centre has to act on a registration. */
export function stagesOf({ institution }: Registration): readonly ReviewStage[] {
  return [
    {
      state: "submitted",
      role: "reviewer",
      title: "审核",
      workingDays: 3,
      checklist: [...PAPERS, ...OWN_POINTS[institution]],
      decisions: [pass("pass", "审核通过", "reviewed"), sendBack, reject],
    },
    {
      state: "reviewed",
      role: "approver",
      title: "审批",
      workingDays: 2,
      checklist: APPROVAL,
      decisions: [pass("approve", "批准注册", "approved"), sendBack, reject],
    },
  ];
}

/** How many working days a registration is promised to take together. */
export const REVIEW_DAYS = 5;
