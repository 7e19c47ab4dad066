import type { Visit } from "./visit.ts";

/** The fund centre's roles: who sees papers in, reviews, approves, keeps accounts, publishes, administers, audits. */
export type StaffRole =
  | "intake"
  | "reviewer"
  | "approver"
  | "finance"
  | "editor"
  | "admin"
  | "auditor";

/** What somebody of the fund centre needs to be for a URL: any of the roles behind the name. */
export const STAFF_PERMISSIONS = {
  staff: ["intake", "reviewer", "approver", "finance", "editor", "admin", "auditor"],
  "case-worker": ["intake", "reviewer", "approver", "finance"],
  admin: ["admin"],
  auditor: ["auditor"],
} as const satisfies Record<string, readonly StaffRole[]>;

export type StaffPermission = keyof typeof STAFF_PERMISSIONS;

/** Who may call a URL. `demonstration` exists only in demonstration mode. */
export type Permission = "anyone" | "demonstration" | "bank-teller" | StaffPermission;

/** One URL of the site with who may call it and what is recorded of it, side by side. */
export interface Route {
  method: "GET" | "POST";
  path: string;
  permission: Permission;
  /** The audit event of the act, or `null` for reading what anyone may read. */
  audit: string | null;
  handle: (visit: Visit) => Promise<Response> | Response;
}
