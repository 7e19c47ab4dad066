import { type ReviewStage, SEND_BACK } from "#src/applications/review-descriptor.ts";

const INTAKE_DAYS = 2;
const REVIEW_DAYS = 3;

const RETURN_REASONS = [
  "购房合同缺少有房号和面积的一页，请补传",
  "身份证照片看不清，请重新拍照上传",
  "合同上的姓名和填写的业主姓名不一致，请核对后改正",
  "建筑面积和合同不一致，请照合同改正",
];

/** Where the fund centre has to act on it. */
export const UNRECORDED_STAGES: readonly ReviewStage[] = [
  {
    state: "to-verify",
    role: "intake",
    title: "受理",
    workingDays: INTAKE_DAYS,
    checklist: [
      {
        id: "papers",
        text: "要件齐全、清晰，和填写的业主、房屋一致",
        legalBasis: "《住宅专项维修资金管理办法》第十二条",
      },
      {
        id: "owner",
        text: "合同或不动产权证上的买受人就是填写的业主",
        legalBasis: "《住宅专项维修资金管理办法》第九条",
      },
    ],
    decisions: [
      {
        name: "accept",
        label: "受理，转核验",
        toState: "checked",
        tone: "primary",
        needsOpinion: false,
        needsChecklist: true,
        reasons: [],
      },
      { ...SEND_BACK, name: "return", reasons: RETURN_REASONS },
    ],
  },
  {
    state: "checked",
    role: "reviewer",
    title: "核验",
    workingDays: REVIEW_DAYS,
    checklist: [
      {
        id: "new",
        text: "已和本幢登记的房屋逐套对照，确认没有重复登记",
        legalBasis: "《住宅专项维修资金管理办法》第十条（按户门号设分户账）",
      },
      {
        id: "area",
        text: "建筑面积、用途和性质与合同或实测报告一致",
        legalBasis: "《住宅专项维修资金管理办法》第七条",
      },
      {
        id: "standard",
        text: "交存标准按合同签订日选定，金额计算正确",
        legalBasis: "《住宅专项维修资金管理办法》第七条",
      },
    ],
    decisions: [
      {
        name: "verify",
        label: "核验通过，入册",
        toState: "verified",
        tone: "primary",
        needsOpinion: false,
        needsChecklist: true,
        reasons: [],
      },
      {
        name: "merge",
        label: "并入已登记的房屋",
        toState: "merged",
        tone: "plain",
        needsOpinion: true,
        needsChecklist: false,
        reasons: ["这套房屋原来已经登记，只是地址写法不同，交的钱并到登记的房屋名下"],
        fields: [
          {
            name: "houseCode",
            label: "并入的房屋编号",
            hint: "登记在册的房屋，可以在别的小区，但要在同一个专户",
            isRequired: true,
          },
        ],
      },
      { ...SEND_BACK, name: "return", reasons: RETURN_REASONS },
      {
        name: "reject",
        label: "不予通过",
        toState: "rejected",
        tone: "danger",
        needsOpinion: true,
        needsChecklist: false,
        reasons: [
          "购房合同不是这套房屋的，请核对后重新提交",
          "这套房屋已经登记并交清，属于重复交款",
          "要件不真实，不予登记",
        ],
      },
    ],
  },
];
