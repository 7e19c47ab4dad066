import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";

/** The kind, number and states of 业主退款; the legal steps between them are in its migration. */
export const OWNER_REFUND = {
  kind: "owner-refund",
  numberPrefix: "31",
  title: "业主退款",
  submittedState: "submitted",
  voucherStates: { paid: "paid", failed: "correcting", expired: "voucher-expired" },
} as const satisfies Partial<ApplicationDescriptor>;

/** Every state that a refund can be in. */
export type RefundState =
  | "submitted"
  | "accepted"
  | "reviewed"
  | "correcting"
  | "voucher-issued"
  | "voucher-expired"
  | "paid"
  | "rejected"
  | "cancelled";
