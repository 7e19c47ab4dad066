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
  finance: ["finance"],
  editor: ["editor"],
  approver: ["approver"],
  "yearly-disclosure": ["finance", "approver"],
  reconciliation: ["finance", "approver"],
  admin: ["admin"],
  auditor: ["auditor"],
} as const satisfies Record<string, readonly StaffRole[]>;

export type StaffPermission = keyof typeof STAFF_PERMISSIONS;

/** The kinds of institutions that register: 开发建设单位, 物业服务企业, 业主委员会. */
export type InstitutionKind = "developer" | "property-company" | "committee";

/**
 * What an institution needs to be for a URL: any of the kinds behind the name, and registered, approved and within
 * its contract or term. `institution-admin` asks for its administrator besides. `institution-user` lets in whoever
 * signed in for one, whatever its state: before the approval there is nothing but its registration (manual, D4).
 * `institution-renewal` is for the administrator of one that works, or did until its contracts or term were over.
 */
export const INSTITUTION_PERMISSIONS = {
  "institution-user": ["developer", "property-company", "committee"],
  institution: ["developer", "property-company", "committee"],
  "institution-admin": ["developer", "property-company", "committee"],
  "institution-renewal": ["developer", "property-company", "committee"],
  developer: ["developer"],
  "estate-keeper": ["property-company", "committee"],
} as const satisfies Record<string, readonly InstitutionKind[]>;

export type InstitutionPermission = keyof typeof INSTITUTION_PERMISSIONS;

/**
 * Who may call a URL. `demonstration` exists only in demonstration mode. `any-session` is for asking how long a session
 * lasts: nobody is let in for it, which would prolong it; the handler reads the cookie of the audience in the URL.
 */
export type Permission =
  | "anyone"
  | "any-session"
  | "demonstration"
  | "bank-teller"
  | "owner"
  | StaffPermission
  | InstitutionPermission;

/** One URL of the site with who may call it and what is recorded of it, side by side. */
export interface Route {
  method: "GET" | "POST";
  path: string;
  permission: Permission;
  /** The audit event of the act, or `null` for reading what anyone may read. */
  audit: string | null;
  handle: (visit: Visit) => Promise<Response> | Response;
  /**
   * Answers somebody whose session is over in place of the sign-in page, so that a long text is not lost; keeps nothing
   * and reads nothing but what he sent. Null for the sign-in page.
   */
  whenSignedOut?: (visit: Visit) => Promise<Response | null>;
}
