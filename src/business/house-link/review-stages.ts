import { type ReviewStage, SEND_BACK } from "#src/applications/review-descriptor.ts";

const RETURN_REASONS = [
  "身份证照片看不清，请重新拍照上传",
  "不动产权证或购房合同缺少有姓名和房号的一页，请补传",
  "填写的姓名或证件号码和要件不一致，请核对后改正",
  "姓名或证件号码改过，请补传更改的证明",
];

const approval = {
  toState: "approved",
  needsOpinion: false,
  needsChecklist: true,
  reasons: [],
} as const;

/** Where the fund centre has to act. Promised: three working days. */
export const LINK_STAGES: readonly ReviewStage[] = [
  {
    state: "submitted",
    role: "reviewer",
    title: "审核",
    workingDays: 3,
    checklist: [
      {
        id: "person",
        text: "身份证明清晰、有效，姓名和证件号码与填写的一致",
        legalBasis: "《中华人民共和国个人信息保护法》第十条",
      },
      {
        id: "ownership",
        text: "不动产权证或购房合同上的权利人就是申请人，坐落就是这套房屋",
        legalBasis: "《住宅专项维修资金管理办法》第九条",
      },
      {
        id: "no-other-owner",
        text: "和登记的业主对照过：是同一人，或要件说明了为什么不同",
        legalBasis: "《住宅专项维修资金管理办法》第二十八条",
      },
    ],
    decisions: [
      { ...approval, name: "approve", label: "通过，不改登记", tone: "primary" },
      { ...approval, name: "approve-phone", label: "通过，并更新登记的手机", tone: "plain" },
      { ...SEND_BACK, name: "return", reasons: RETURN_REASONS },
      {
        name: "reject",
        label: "不予关联",
        toState: "rejected",
        tone: "danger",
        needsOpinion: true,
        needsChecklist: false,
        reasons: [
          "要件上的权利人不是申请人",
          "要件上的坐落不是这套房屋",
          "房屋已经过户，请先办理过户登记",
          "要件不真实",
        ],
      },
    ],
  },
];
