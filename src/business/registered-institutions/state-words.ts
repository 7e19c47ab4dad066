import type { InstitutionState } from "#src/accounts/institutions/institution-user.ts";

/** How the state of an institution is shown. */
export const STATE_WORDS: Readonly<
  Record<InstitutionState, { label: string; tone: "ok" | "wait" | "bad" | "mute" }>
> = {
  pending: { label: "注册审核中", tone: "wait" },
  active: { label: "在用", tone: "ok" },
  suspended: { label: "已停用", tone: "bad" },
  expired: { label: "已到期", tone: "wait" },
  closed: { label: "已注销", tone: "mute" },
  rejected: { label: "注册已驳回", tone: "mute" },
};
