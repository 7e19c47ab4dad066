import { blankFormData } from "#src/applications/blank-forms/print-blank-form.ts";
import { REGISTRATIONS } from "#src/business/institution-registration/descriptor.ts";
import type { SlipCode } from "#src/kernel/slip-code.ts";
import { markData } from "#src/platform/issued-slips/mark-data.ts";
import { code128, qrCode } from "#src/platform/pdf/barcodes.ts";
import { listBlankForms } from "#src/site/blank-forms.ts";

/** Every template of the platform with what it prints: as usual, and with the longest that a register may hold. */
export interface SampleSlip {
  template: string;
  title: string;
  /** A form to fill in by hand, or a table of the demonstration: nothing that anybody could forge, so no 防伪码. */
  isBlank?: true;
  usual: Readonly<Record<string, unknown>>;
  longest: Readonly<Record<string, unknown>>;
}

const SITE = "https://fund.example.invalid";
const NUMBER = "112611230482719537";
const GROUPS = "1126 1123 0482 7195 37";
const AUTHORITY = "示例市物业专项维修资金管理中心";
const PRINTED = "2026-11-23 10:43";
const STATUS_URL = `${SITE}/applications/${NUMBER}?code=7K3M9QXA2VTB`;

const LONG_ADDRESS =
  "示例市示例新区滨江街道东风社区人民北路与解放东路交叉口西南角示例花园三期（含商业配套及地下车库）东区甲组团 A12幢 3单元 地下一层 1203-1号车位";
const LONG_NAME = "示例市滨江新区城市建设综合开发投资集团房地产置业发展有限责任公司第二分公司";
const LONG_HOUSE = "SL0126-ABCDEFGHIJKLMNOPQRSTUVWXYZ-120502";
const LONG_AMOUNT = {
  amountYuan: "9,000,000,000,000.00",
  amountCapitals: "人民币玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
};
const AMOUNT = { amountYuan: "11,851.20", amountCapitals: "人民币壹万壹仟捌佰伍拾壹元贰角整" };

const mark = markData({
  number: NUMBER,
  numberGroups: GROUPS,
  code: "7K3M9QXA2VTB" as SlipCode,
  codeGroups: "7K3M-9QXA-2VTB",
  verifyPlace: "fund.example.invalid/verify",
  verifyUrl: `${SITE}/verify/${NUMBER}?code=7K3M9QXA2VTB`,
});

const numbered = {
  authority: AUTHORITY,
  number: NUMBER,
  numberGroups: GROUPS,
  numberCode: code128(NUMBER).svg,
  printedAt: PRINTED,
  printCount: 1,
  mark,
};
const withStatus = { ...numbered, statusUrl: STATUS_URL, statusCode: qrCode(STATUS_URL).svg };
const custody = {
  accountName: "示例市物业专项维修资金专户",
  accountBranch: "示例银行民生支行",
  accountNumber: "9901 0100 0000 0001 268",
};
const longCustody = {
  accountName: "示例市住房和城乡建设局物业专项维修资金管理中心商品住宅代管专用存款账户一",
  accountBranch: "示例银行股份有限公司示例市分行滨江新区民生支行营业部",
  accountNumber: "9901 0100 0000 0001 2683",
};

function rosterRows(count: number, address: string): string[][] {
  return Array.from({ length: count }, (_, at) => [
    `${at + 1}`,
    `SL0126-12-3-${String(at + 1).padStart(4, "0")}`,
    `${address} ${at + 1}`,
    "98.76",
    "120.00 元/㎡",
    "11,851.20",
  ]);
}

const notice = {
  ...withStatus,
  ...custody,
  ...AMOUNT,
  expires: "2026-12-08",
  address: "示例花园 12幢 3单元 502",
  houseCode: "SL0126-12-3-0502",
  payer: "张**",
  payerDocument: "尾号 002X",
  payerPhone: "138****5678",
  area: "98.76 ㎡（实测）",
  standard: "120.00 元/㎡",
  depositKind: "首次交款",
  payAt: "示例银行任一网点",
  channel: "公众服务平台自助",
};

const voucher = {
  ...withStatus,
  ...custody,
  ...AMOUNT,
  applicationGroups: "3126 1123 0482 7195 37",
  expires: "2026-12-23",
  address: "示例花园 12幢 3单元 503",
  houseCode: "SL0126-12-3-0503",
  purpose: "退还物业专项维修资金（退房、合同解除或撤销备案）",
  originalNotice: GROUPS,
  payeeName: "张样板",
  payeeAccount: "6222 0200 0000 0000 123",
  payeeBank: "示例商业银行股份有限公司示例市高新技术产业开发区支行营业部",
  payeeDocument: "尾号 5036",
  principalYuan: "11,851.20",
  interestYuan: "161.95",
  approvers: "受理 林演示；审核 何演示；审批 高演示",
  code: "12345678",
  payAt: "示例银行任一网点",
};

const refund = {
  ...withStatus,
  ...AMOUNT,
  address: "示例花园 12幢 3单元 503",
  houseCode: "SL0126-12-3-0503",
  area: "98.76 ㎡（实测）",
  standard: "120.00 元/㎡",
  reason: "退房、合同解除或撤销备案",
  legalBasis: "《住宅专项维修资金管理办法》第二十八条",
  originalPayment: `${GROUPS}，2026-01-05 到账，11,851.20 元`,
  principalYuan: "11,851.20",
  interestYuan: "161.95",
  arithmetic: "本金 11,851.20 元全部退还，利息算到付款前一天",
  payeeName: "张**",
  payeeAccount: "****0123",
  payeeBank: "示例商业银行高新支行",
  phone: "138****5678",
  statement: "开发商未能按期交房，合同已经解除。",
  documents: [
    { title: "购房合同解除协议", files: "1 个文件" },
    { title: "不动产权证书或者预告登记注销证明", files: "2 个文件" },
    { title: "身份证明", files: "没有上传" },
  ],
  opinions: ["受理", "审核", "审批"].map((title) => ({ title, opinion: "" })),
  submittedAt: PRINTED,
};

const unrecorded = {
  ...withStatus,
  ...AMOUNT,
  address: "示例花园 12幢 3单元 601",
  estate: [
    ["物业区域", "示例花园"],
    ["区域编号", "SL0126"],
    ["开发单位", "示例置业有限公司"],
    ["提交时间", PRINTED],
  ],
  house: [
    ["临时房屋编号", "SL0126-12-3-0601"],
    ["幢号", "12幢"],
    ["单元", "3单元"],
    ["房号", "601"],
    ["楼层", "6 层，共 18 层"],
    ["房屋用途", "住宅"],
    ["建筑面积", "98.76 ㎡（实测）"],
    ["共有方式", "按份共有"],
  ],
  owners: [
    ["1", "张**", "居民身份证", "1****************X", "138****5678", "60%"],
    ["2", "李*", "居民身份证", "1****************2", "139****5678", "40%"],
  ],
  payer: [],
  arithmetic: "98.76 ㎡ × 120.00 元/㎡（示例市交存标准，示例文件）",
  payment: [
    ["交款银行", "示例银行任一网点"],
    ["有效期至", "2026-12-08"],
  ],
  documents: [
    ["购房合同", "2"],
    ["身份证明", "1"],
  ],
};

const certificate = {
  ...numbered,
  issuedOn: "2026-11-23",
  issuedAt: PRINTED,
  institution: "示例置业有限公司",
  estate: "示例花园",
  subject: "12幢",
  isBuilding: true,
  houseCount: "3",
  area: "296.28",
  ...AMOUNT,
  rows: rosterRows(3, "示例花园 12幢 3单元").map(([n, code, address, area, , amount]) => [
    ...[n, code, address, area, amount],
  ]),
};

const topUpNotice = {
  houseCode: "SL0126-12-3-0502",
  address: "示例花园 12幢 3单元 502",
  area: "98.76 ㎡",
  dueYuan: "11,851.20",
  firstPaidYuan: "11,851.20",
  balanceYuan: "2,294.23",
  lineYuan: "3,555.36",
  targetYuan: "11,851.20",
  topUpYuan: "9,556.97",
  topUpCapitals: "人民币玖仟伍佰伍拾陆元玖角柒分",
  depositUrl: `${SITE}/deposit/SL0126-12-3-0502`,
  depositCode: qrCode(`${SITE}/deposit/SL0126-12-3-0502`).svg,
  mark,
};
const topUp = {
  authority: AUTHORITY,
  issuer: "示例物业服务有限公司",
  issuedOn: "2026-11-23",
  triggerPercent: 30,
  targetPercent: 100,
  cityRule: "本市的续交标准：示例市物业专项维修资金管理规定第十二条（示例）。",
  payAt: "示例银行任一网点",
  estateAddress: "示例市示例区民生大道 126 号",
  notices: [topUpNotice],
};

const heads = ["期初余额", "交存", "利息", "使用", "退款", "期末余额"];
const amounts = ["10,000.00", "11,851.20", "161.95", "0.00", "0.00", "22,013.15"];
const manyFigures = [
  ...["999,999,999.99", "999,999,999.99", "9,999,999.99"],
  ...["-99,999,999.99", "-99,999,999.99", "999,999,999.99"],
];
const statement = {
  authority: AUTHORITY,
  estateName: "示例花园",
  estateNumber: "SL0126",
  periodWords: "2026 年第三季度",
  days: "2026-07-01 至 2026-09-30",
  number: "SL0126-2026Q3-1",
  version: 1,
  lockedBy: "示例物业服务有限公司",
  lockedAt: PRINTED,
  hash: "0123456789abcdef".repeat(4),
  heads,
  totals: amounts,
  houseCount: 3,
  buildings: [{ label: "12幢", houseCount: 3, amounts }],
  part: 1,
  parts: 1,
  houses: ["501", "502", "503"].map((room) => ({
    words: `12幢 3单元 ${room}`,
    area: "98.76",
    amounts,
  })),
  estateUrl: `${SITE}/my-estate/SL0126`,
  estateCode: qrCode(`${SITE}/my-estate/SL0126`).svg,
  mark,
};

const annual = {
  authority: AUTHORITY,
  printedAt: PRINTED,
  title: "物业专项维修资金对账单",
  year: "2026 年度",
  facts: [
    ["业主", "王试业"],
    ["房屋编号", "SL0126-12-3-0502"],
    ["坐落", "示例花园 12幢 3单元 502"],
    ["建筑面积", "98.76 ㎡"],
    ["起止", "2026-01-01 至 2026-11-23"],
    ["专户银行", "示例银行"],
  ],
  sums: [...heads.slice(0, 5), "截至今天余额"].map((head, at) => [head, amounts[at] ?? ""]),
  closingCapitals: "人民币贰万贰仟零壹拾叁元壹角伍分",
  opening: ["10,000.00", "0.00", "10,000.00"],
  rows: Array.from({ length: 4 }, (_, at) => ({
    date: `2026-0${at + 1}-05`,
    summary: "首次交款",
    explanation: "98.76\u00a0㎡ × 120.00 元/㎡",
    principal: "+11,851.20",
    interest: "0.00",
    balance: "21,851.20",
  })),
  closing: ["21,851.20", "161.95", "22,013.15"],
  until: "2026-11-23",
  fundUrl: `${SITE}/fund/SL0126-12-3-0502`,
  fundCode: qrCode(`${SITE}/fund/SL0126-12-3-0502`).svg,
  mark,
};

const { legalPersonTitle, documents: papers } = REGISTRATIONS["property-company"];
const registration = {
  ...withStatus,
  title: "物业服务企业注册申请单",
  legalPersonTitle,
  institution: {
    wide: [
      ["机构名称", "示例物业服务有限公司"],
      ["注册或办公地址", "示例市示例区民生大道 126 号"],
    ],
    pairs: [
      ["机构类型", "物业服务企业"],
      ["统一社会信用代码", "91990101MA00000019"],
      [legalPersonTitle, "钱**"],
      [`${legalPersonTitle}证件`, "1****************0"],
      ["营业执照有效期", "长期"],
      ["第一次提交", PRINTED],
      ["第几次提交", "第 1 次"],
    ],
  },
  contact: [
    ["联系人", "孙**"],
    ["联系人手机", "138****7001（已用短信验证）"],
    ["联系电话", "没有填写"],
    ["邮箱", "o***@example.cn"],
    ["登录用户名", "shili-wuye"],
  ],
  account: [],
  estates: {
    columns: ["物业区域", "区域编号", "合同编号", "服务类型", "合同起止日期"],
    rows: [["示例花园", "SL0126", "示物字 2026-1", "前期物业", "2026-01-01 至 2028-12-31"]],
  },
  documents: papers.map(({ title }) => [title, "1"]),
  agreement: [
    ["版本", "《机构注册协议》第 2026-1 版"],
    ["勾选已阅读", PRINTED],
    ["全文校验值", `SHA-256 ${"0123456789abcdef".repeat(4)}`],
  ],
};

const blankForms = listBlankForms().map((form) =>
  blankFormData(form, { fundCentreName: AUTHORITY, isDemo: false }),
);
/** The shortest of them, a list of papers, and the one that takes most pages. */
const [shortest = {}, ...longer] = blankForms.toSorted(
  (a, b) => JSON.stringify(a).length - JSON.stringify(b).length,
);

export const SAMPLE_SLIPS: readonly SampleSlip[] = [
  {
    template: "src/bank/payment-notice-slip/payment-notice.typ",
    title: "物业专项维修资金交款通知单",
    usual: notice,
    longest: {
      ...notice,
      ...longCustody,
      ...LONG_AMOUNT,
      address: LONG_ADDRESS,
      houseCode: LONG_HOUSE,
      payer: LONG_NAME,
      overprint: "已过期",
      roster: { rows: rosterRows(80, LONG_ADDRESS) },
    },
  },
  {
    template: "src/bank/voucher-slip/voucher.typ",
    title: "物业专项维修资金退款支款单",
    usual: voucher,
    longest: {
      ...voucher,
      ...longCustody,
      address: LONG_ADDRESS,
      payeeName: "阿依夏木·买买提江·阿卜杜热合曼示例市远大置业开发有限责任公司",
      payeeAccount: "6222 0200 0000 0000 1234",
      principalYuan: "9,999,999.99",
      interestYuan: "999,999.99",
      overprint: "已作废",
    },
  },
  {
    template: "src/business/owner-refund/application-slip/application.typ",
    title: "物业专项维修资金退款申请单",
    usual: refund,
    longest: {
      ...refund,
      address: LONG_ADDRESS,
      statement: "开发商未能按期交房，合同已经解除，双方签了协议。".repeat(12),
      documents: Array.from({ length: 7 }, (_, at) => ({
        title: `不动产权证书或者预告登记注销证明（第 ${at + 1} 种）`,
        files: "20 个文件",
      })),
      opinions: ["受理", "审核", "审批"].map((title) => ({
        title,
        opinion: "同意，材料齐全，与登记一致，请按规定办理退款。".repeat(4),
      })),
    },
  },
  {
    template: "src/business/unrecorded-deposit/application-slip.typ",
    title: "未备案房屋交款申请单",
    usual: unrecorded,
    longest: {
      ...unrecorded,
      ...LONG_AMOUNT,
      address: LONG_ADDRESS,
      owners: Array.from({ length: 10 }, (_, at) => [
        ...[
          `${at + 1}`,
          "阿**",
          "外国人永久居留身份证",
          "1****************X",
          "138****5678",
          "10%",
        ],
      ]),
      payer: [
        ["交款人", "李*"],
        ["与业主的关系", "父母"],
        ["交款人手机", "138****5678"],
      ],
    },
  },
  {
    template: "src/business/institution-registration/application-slip/application.typ",
    title: "物业服务企业注册申请单",
    usual: registration,
    longest: {
      ...registration,
      institution: {
        wide: [
          ["机构名称", LONG_NAME],
          ["注册或办公地址", LONG_ADDRESS],
        ],
        pairs: registration.institution.pairs,
      },
      account: [
        ["户名", LONG_NAME],
        ["账号", "****0123"],
        ["开户行", longCustody.accountBranch],
      ],
      estates: {
        ...registration.estates,
        rows: Array.from({ length: 10 }, (_, at) => [
          ...["示例花园三期（含商业配套及地下车库）东区", `SL0126${at}`],
          ...[`示例物业服务合同备案字〔2026〕第 ${at + 1} 号补充协议`, "前期物业"],
          "2026-01-01 至 2028-12-31",
        ]),
      },
    },
  },
  {
    template: "src/applications/blank-forms/blank-form.typ",
    title: `${shortest["title"]}`,
    isBlank: true,
    usual: shortest,
    longest: longer.at(-1) ?? {},
  },
  {
    template: "src/business/clearance-certificate/clearance-certificate.typ",
    title: "物业专项维修资金已交清证明",
    usual: certificate,
    longest: {
      ...certificate,
      institution: LONG_NAME,
      houseCount: "80",
      rows: rosterRows(80, LONG_ADDRESS).map(([n, code, address, area, , amount]) => [
        ...[n, code, address, area, amount],
      ]),
    },
  },
  {
    template: "src/business/estate-keeping/top-up-slip/top-up.typ",
    title: "物业专项维修资金续交通知",
    usual: topUp,
    longest: {
      ...topUp,
      issuer: LONG_NAME,
      estateAddress: "示例市示例新区滨江街道东风社区人民北路与解放东路交叉口西南角 1268 号",
      notices: [
        { ...topUpNotice, address: LONG_ADDRESS, houseCode: LONG_HOUSE, topUpYuan: "9,999,999.99" },
        topUpNotice,
      ],
    },
  },
  {
    template: "src/business/estate-statements/statement-slip/statement.typ",
    title: "物业专项维修资金收支公示",
    usual: statement,
    longest: {
      ...statement,
      lockedBy: LONG_NAME,
      totals: manyFigures,
      houseCount: 120,
      buildings: Array.from({ length: 30 }, (_, at) => ({
        label: `${at + 1}幢（商业配套）`,
        houseCount: 10,
        amounts: manyFigures,
      })),
      houses: Array.from({ length: 120 }, (_, at) => ({
        words: `${at + 1}幢（商业配套） 地下一层 1203-1号车位`,
        area: "12,098.76",
        amounts: manyFigures,
      })),
    },
  },
  {
    template: "src/business/owner-home/statement/statement.typ",
    title: "物业专项维修资金对账单",
    usual: annual,
    longest: {
      ...annual,
      facts: [
        ["业主", LONG_NAME],
        ["房屋编号", LONG_HOUSE],
        ["坐落", LONG_ADDRESS],
        ...annual.facts.slice(3),
      ],
      rows: Array.from({ length: 60 }, () => ({
        date: "2026-03-01",
        summary: "使用（屋面防水修缮工程，第二标段）",
        explanation: "总价 1,234,567.89 元，按建筑面积分摊：98.76\u00a0㎡ ÷ 45,678.90\u00a0㎡",
        principal: "-9,999,999.99",
        interest: "+999,999.99",
        balance: "999,999,999.99",
      })),
    },
  },
  {
    template: "src/demo/uses-table.typ",
    title: "维修资金使用项目表",
    isBlank: true,
    usual: {
      title: "维修资金使用项目表",
      uses: [["示例花园", "电梯钢丝绳更换（商业街）", "2026-09-28", "6", "6,194.00"]],
      total: "6,194.00",
      note: "本表为演示内容。",
    },
    longest: {
      title: "维修资金使用项目表",
      uses: Array.from({ length: 60 }, () => [
        LONG_NAME,
        "屋面防水修缮工程，第二标段（商业街及地下车库全部楼幢）",
        "2026-09-28",
        "12,345",
        LONG_AMOUNT.amountYuan,
      ]),
      total: LONG_AMOUNT.amountYuan,
      note: LONG_ADDRESS,
    },
  },
];
