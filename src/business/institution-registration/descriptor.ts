import type { ApplicationDescriptor, DocumentRule } from "#src/applications/descriptor.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";

/** What one of the three registrations is: its number, its words, its papers, and the estates it asks for. */
export interface Registration {
  institution: InstitutionKind;
  kind: string;
  numberPrefix: string;
  /** The manual's name, which is also the link's on the page 注册. */
  title: string;
  path: string;
  who: string;
  /** Who stands for it: 法定代表人, 主任. */
  legalPersonTitle: string;
  estates: "optional" | "several" | "one";
  documents: readonly DocumentRule[];
}

const AGENT: readonly DocumentRule[] = [
  { code: "agent-id", title: "经办人身份证", isRequired: true, max: 2, hint: "正反两面" },
  {
    code: "authorisation",
    title: "授权委托书",
    isRequired: true,
    max: 2,
    hint: "写明委托经办人办理注册，盖公章",
  },
];

const COMPANY: readonly DocumentRule[] = [
  { code: "business-licence", title: "营业执照", isRequired: true, max: 2 },
  {
    code: "legal-person-id",
    title: "法定代表人身份证",
    isRequired: true,
    max: 2,
    hint: "正反两面",
  },
  ...AGENT,
];

/** 机构注册: three entries, each with a form and papers of its own (manual, D1). */
export const REGISTRATIONS: Readonly<Record<InstitutionKind, Registration>> = {
  developer: {
    institution: "developer",
    kind: "developer-registration",
    numberPrefix: "51",
    title: "开发建设单位注册",
    path: "/register/developer",
    who: "建房、卖房的单位：批量录入房屋、代业主交款、开已交清证明",
    legalPersonTitle: "法定代表人",
    estates: "optional",
    documents: [
      ...COMPANY,
      {
        code: "project-permit",
        title: "项目证明",
        isRequired: true,
        max: 5,
        hint: "预售许可证、建设工程规划许可证，或不动产首次登记证明，任选一种",
      },
      { code: "seal-record", title: "单位公章备案表", isRequired: true, max: 2 },
      { code: "qualification", title: "资质证书", isRequired: false, max: 2 },
    ],
  },
  "property-company": {
    institution: "property-company",
    kind: "property-company-registration",
    numberPrefix: "52",
    title: "物业服务企业注册",
    path: "/register/property-company",
    who: "管理小区的物业公司：查看交存和余额、发续交通知、出公示",
    legalPersonTitle: "法定代表人",
    estates: "several",
    documents: [
      ...COMPANY,
      {
        code: "service-contract",
        title: "物业服务合同",
        isRequired: true,
        max: 10,
        hint: "每个物业区域一份，要有合同编号和起止日期的页",
      },
      { code: "contract-filing", title: "合同备案证明", isRequired: true, max: 10 },
      { code: "project-leader", title: "项目负责人任命书", isRequired: true, max: 10 },
    ],
  },
  committee: {
    institution: "committee",
    kind: "committee-registration",
    numberPrefix: "53",
    title: "业主委员会注册",
    path: "/register/committee",
    who: "业主大会选出的业主委员会：查看本小区交存和余额、出公示",
    legalPersonTitle: "主任",
    estates: "one",
    documents: [
      {
        code: "filing-certificate",
        title: "业主委员会备案证明",
        isRequired: true,
        max: 2,
        hint: "街道或区房屋主管部门出具",
      },
      {
        code: "credit-code-certificate",
        title: "统一社会信用代码证书",
        isRequired: false,
        max: 2,
      },
      { code: "chair-id", title: "主任身份证", isRequired: true, max: 2, hint: "正反两面" },
      {
        code: "election",
        title: "业主大会决议或选举结果公示",
        isRequired: true,
        max: 5,
      },
      { code: "seal-record", title: "印章备案证明", isRequired: true, max: 2 },
      ...AGENT,
    ],
  },
};

/** Every registration, in the order in which they are offered. */
export const ALL_REGISTRATIONS: readonly Registration[] = Object.values(REGISTRATIONS);

export const SUBMITTED = "submitted";

/** 注册申请单 among the slips of an application. */
export const APPLICATION_SLIP = "application-slip";
export const SLIP_TITLE = "打印注册申请单";

/** What the contact is told when a registration is handed in: a text message alone says it, so it may promise one. */
export const RECEIVED_WORDS = "已收到，5 个工作日内审核，结果用短信告诉您";

/** Finds the registration of an application's kind, or null where it is none. */
export function registrationOfKind(kind: string): Registration | null {
  return ALL_REGISTRATIONS.find((one) => one.kind === kind) ?? null;
}

/** What an application of a registration is created with. */
export function applicationBasics(registration: Registration) {
  const { kind, numberPrefix, title } = registration;
  return { kind, numberPrefix, title, submittedState: SUBMITTED } satisfies Pick<
    ApplicationDescriptor,
    "kind" | "numberPrefix" | "title" | "submittedState"
  >;
}
