import type { ApplicationDescriptor, DocumentRule } from "#src/applications/descriptor.ts";

/** The kind, number and states of 关联房屋 by papers; the legal steps between them are in its migration. */
export const HOUSE_LINK = {
  kind: "house-link",
  numberPrefix: "37",
  title: "关联房屋",
  submittedState: "submitted",
} as const satisfies Partial<ApplicationDescriptor>;

export type HouseLinkState = "submitted" | "correcting" | "approved" | "rejected" | "cancelled";

/** What shows who somebody is, and that the house is his. */
export const LINK_DOCUMENTS: readonly DocumentRule[] = [
  {
    code: "identity-card",
    title: "申请人身份证明",
    isRequired: true,
    max: 2,
    hint: "身份证正反面，或护照、通行证有照片的一页",
  },
  {
    code: "ownership-proof",
    title: "不动产权证或购房合同",
    isRequired: true,
    max: 6,
    hint: "要看得清姓名、房号和面积。继承或法院判决的，用公证书或判决书",
  },
  {
    code: "other-proof",
    title: "其他材料",
    isRequired: false,
    max: 4,
    hint: "例如改过姓名或证件号码的证明、交款票据",
  },
];
