import { type ReviewStage, SEND_BACK } from "#src/applications/review-descriptor.ts";

const REJECTION_REASONS = [
  "变更证明不清晰或不完整，请重新申请",
  "变更的内容与证明不一致",
  "原来的合同或任期还没有结束",
] as const;

const CORRECTION_REASONS = [
  "变更证明不清晰，请重新拍照上传",
  "变更证明不齐，请补齐后重新提交",
  "填写的内容与证明不一致，请核对后改正",
  "合同编号或起止日期和合同不一致，请照合同改正",
] as const;

const sendBack = { ...SEND_BACK, name: "correct", reasons: CORRECTION_REASONS } as const;

const reject = {
  name: "reject",
  label: "不予变更",
  toState: "rejected",
  tone: "danger",
  needsOpinion: true,
  needsChecklist: false,
  reasons: REJECTION_REASONS,
} as const;

/** Where the fund centre has to act on a change. Promised together: five working days. */
export const CHANGE_STAGES: readonly ReviewStage[] = [
  {
    state: "submitted",
    role: "reviewer",
    title: "审核",
    workingDays: 3,
    checklist: [
      {
        id: "papers-prove",
        text: "变更证明清晰、齐全，与变更的内容一致",
        legalBasis: "《机构注册协议》",
      },
      {
        id: "no-conflict",
        text: "绑定的物业区域没有别的在期合同或任期，或者旧的已经结束",
        legalBasis: "《中华人民共和国民法典》第二百七十八条：选聘物业服务企业由业主共同决定",
      },
    ],
    decisions: [
      {
        name: "pass",
        label: "审核通过",
        toState: "reviewed",
        tone: "primary",
        needsOpinion: false,
        needsChecklist: true,
        reasons: [],
      },
      sendBack,
      reject,
    ],
  },
  {
    state: "reviewed",
    role: "approver",
    title: "审批",
    workingDays: 2,
    checklist: [{ id: "review-agreed", text: "同意审核的意见", legalBasis: "《机构注册协议》" }],
    decisions: [
      {
        name: "approve",
        label: "批准变更",
        toState: "approved",
        tone: "primary",
        needsOpinion: false,
        needsChecklist: true,
        reasons: [],
      },
      sendBack,
      reject,
    ],
  },
];
