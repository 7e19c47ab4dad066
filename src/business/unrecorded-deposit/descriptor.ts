import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";

/** The kind, number and states of 未备案房屋交款; the legal steps between them are in its migration. */
export const UNRECORDED_DEPOSIT = {
  kind: "unrecorded-deposit",
  numberPrefix: "12",
  title: "未备案房屋交款",
  submittedState: "awaiting-payment",
  noticeStates: {
    credited: "to-verify",
    inSuspense: "in-suspense",
    reversed: "reversed",
    expired: "expired",
    superseded: "cancelled",
  },
} as const satisfies Partial<ApplicationDescriptor>;
