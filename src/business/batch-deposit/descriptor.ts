import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";

/** The kind, number and states of 批量交款; the legal steps between them are in its migration. */
export const BATCH_DEPOSIT = {
  kind: "batch-deposit",
  numberPrefix: "13",
  title: "批量交款",
  submittedState: "awaiting-payment",
  noticeStates: {
    credited: "settled",
    inSuspense: "in-suspense",
    reversed: "reversed",
    expired: "expired",
    superseded: "cancelled",
  },
} as const satisfies Partial<ApplicationDescriptor>;
