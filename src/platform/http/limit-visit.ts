import type { Visit } from "./visit.ts";

/** What is counted for each visitor; the limits and their reasons stand in rate-limits.ts. */
export type LimitRule =
  | "search"
  | "suggest"
  | "status"
  | "fund-look"
  | "fund-tell"
  | "fund-detail"
  | "fund-verify"
  | "refund-owner"
  | "owner-link"
  | "owner-link-house"
  | "owner-phone"
  | "voucher-code"
  | "captcha"
  | "misbehaving-address"
  | "misbehaving-account"
  | "submit"
  | "draft"
  | "upload"
  | "code"
  | "contact-code"
  | "sign-in"
  | "sign-in-user"
  | "print"
  | "slip-check";

/** Counts one try of a visitor and throws TooManyRequests once there were too many. */
export type LimitVisit = (visit: Visit, rule: LimitRule, key?: string) => Promise<void>;
