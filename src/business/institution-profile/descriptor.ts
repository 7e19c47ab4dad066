import type { ApplicationDescriptor, DocumentRule } from "#src/applications/descriptor.ts";

/** The kind, number and states of 机构信息变更; the legal steps between them are in its migration. */
export const INSTITUTION_CHANGE = {
  kind: "institution-change",
  numberPrefix: "36",
  title: "机构信息变更",
  submittedState: "submitted",
} as const satisfies Partial<ApplicationDescriptor>;

export type ChangeState =
  | "submitted"
  | "reviewed"
  | "correcting"
  | "approved"
  | "rejected"
  | "cancelled";

/** States in which nothing is decided yet. */
export const UNDECIDED: readonly string[] = ["submitted", "reviewed", "correcting"];

/** 单位资料, where the administrator asks for a change, and where he corrects one that was sent back. */
export const PROFILE = "/workbench/profile";
export const CHANGE_PATH = `${PROFILE}/change`;
export const CORRECTION_PATH = `${PROFILE}/correction`;

/** What proves a change. */
export const CHANGE_DOCUMENTS: readonly DocumentRule[] = [
  {
    code: "change-proof",
    title: "变更证明",
    isRequired: true,
    max: 5,
    hint: "营业执照、任命文件、开户证明、物业服务合同或备案证明，与变更的内容对应",
  },
];
