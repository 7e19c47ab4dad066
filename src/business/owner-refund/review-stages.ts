import {
  type ChecklistPoint,
  type Decision,
  type ReviewStage,
  SEND_BACK,
} from "#src/applications/review-descriptor.ts";

const DECREE = "《住宅专项维修资金管理办法》";

const PAPERS_SEEN: readonly ChecklistPoint[] = [
  {
    id: "papers-complete",
    text: "要件齐全、清晰，与原件一致",
    legalBasis: `${DECREE}第二十八条、第二十九条`,
  },
  {
    id: "applicant-present",
    text: "申请人与身份证明是同一人，退款申请单已签字",
    legalBasis: `${DECREE}第九条：交存的资金属于业主`,
  },
];

const CONTENT_REVIEWED: readonly ChecklistPoint[] = [
  {
    id: "not-a-sale",
    text: "不是卖房：房屋所有权转让的，余额随房屋转移，不退",
    legalBasis: `${DECREE}第二十八条`,
  },
  {
    id: "reason-proven",
    text: "要件能证明退款原因，事实清楚",
    legalBasis: `${DECREE}第二十九条；多交、错交、重复交按第七条核对`,
  },
  {
    id: "amount-right",
    text: "金额按原因的规则算出，不超过余额，与原交款单据一致",
    legalBasis: `${DECREE}第七条、第四条：专款专用`,
  },
  {
    id: "payee-is-owner",
    text: "收款人就是登记的业主，账户证明与填写的一致",
    legalBasis: `${DECREE}第九条、第二十九条：返还业主`,
  },
];

const APPROVAL: readonly ChecklistPoint[] = [
  {
    id: "review-agreed",
    text: "同意受理和审核的意见，金额与余额核对无误",
    legalBasis: `${DECREE}第四条：政府监督`,
  },
];

const CORRECTION_REASONS = [
  "要件不清晰，请重新上传",
  "缺少要件，请补齐后重新提交",
  "收款账户证明与填写的账号不一致，请核对",
  "金额与票据不一致，请核对后重新提交",
] as const;
const REJECTION_REASONS = [
  "卖房不退维修资金，余额随房屋转给买方",
  "要件不能证明退款原因",
  "经核对没有多交",
] as const;

const sendBack: Decision = { ...SEND_BACK, name: "correct", reasons: CORRECTION_REASONS };
const reject: Decision = {
  name: "reject",
  label: "不予受理",
  toState: "rejected",
  tone: "danger",
  needsOpinion: true,
  needsChecklist: false,
  reasons: REJECTION_REASONS,
};

function pass(name: string, label: string, toState: string): Decision {
  return {
    name,
    label,
    toState,
    tone: "primary",
    needsOpinion: false,
    needsChecklist: true,
    reasons: [],
  };
}

/** Where the fund centre has to act on a refund. Promised together: five working days until the approval. */
export const REFUND_STAGES: readonly ReviewStage[] = [
  {
    state: "submitted",
    role: "intake",
    title: "受理",
    checklist: PAPERS_SEEN,
    decisions: [pass("accept", "受理", "accepted"), sendBack, reject],
    workingDays: 2,
  },
  {
    state: "accepted",
    role: "reviewer",
    title: "审核",
    checklist: CONTENT_REVIEWED,
    decisions: [pass("pass", "审核通过", "reviewed"), sendBack, reject],
    workingDays: 2,
  },
  {
    state: "reviewed",
    role: "approver",
    title: "审批",
    checklist: APPROVAL,
    decisions: [pass("approve", "批准并开具支款单", "voucher-issued"), sendBack, reject],
    workingDays: 1,
  },
  {
    state: "voucher-issued",
    role: "finance",
    title: "支款",
    checklist: [],
    decisions: [
      {
        ...sendBack,
        name: "void",
        label: "作废支款单，退回补正",
        tone: "danger",
        reasons: ["余额变了，请按现在的余额重新提交", "收款账户有误，请核对后重新提交"],
      },
    ],
    workingDays: 30,
  },
  {
    state: "voucher-expired",
    role: "finance",
    title: "重新开具支款单",
    checklist: APPROVAL,
    decisions: [
      pass("reissue", "重新开具支款单", "voucher-issued"),
      { ...sendBack, reasons: ["余额变了，请按现在的余额重新提交", ...CORRECTION_REASONS] },
      {
        ...reject,
        name: "cancel",
        label: "撤销退款",
        toState: "cancelled",
        reasons: ["联系不上申请人", "申请人表示不再退款"],
      },
    ],
    workingDays: 3,
  },
];

/** The stages up to the approval: what is promised to whoever applies. */
export const STAGES_TO_APPROVAL = REFUND_STAGES.slice(0, 3);
