import type { Visit } from "./visit.ts";

/** Who may call a URL. `demonstration` exists only in demonstration mode. */
export type Permission = "anyone" | "demonstration" | "bank-teller";

/** One URL of the site with who may call it and what is recorded of it, side by side. */
export interface Route {
  method: "GET" | "POST";
  path: string;
  permission: Permission;
  /** The audit event of the act, or `null` for reading what anyone may read. */
  audit: string | null;
  handle: (visit: Visit) => Promise<Response> | Response;
}
