import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";

/** The kind, number and states of 业主交款; the legal steps between them are in its migration. */
export const OWNER_DEPOSIT = {
  kind: "owner-deposit",
  numberPrefix: "11",
  title: "业主交款",
  submittedState: "awaiting-payment",
  noticeStates: {
    credited: "settled",
    inSuspense: "in-suspense",
    reversed: "reversed",
    expired: "expired",
    superseded: "cancelled",
  },
} as const satisfies Partial<ApplicationDescriptor>;
