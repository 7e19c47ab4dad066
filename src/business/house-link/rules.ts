import type { House } from "#src/register/find-house.ts";

/** How many of an account may wait for the fund centre at once: more than anybody has houses without proof. */
export const OPEN_LINKS_MAX = 5;

/** Why an account cannot ask for a house by papers. */
export type LinkRefusal =
  | "not-recorded"
  | "already-linked"
  | "open-application"
  | "other-person"
  | "too-many-open";

/** What asking rests on. */
export interface LinkFacts {
  status: House["status"];
  isLinked: boolean;
  /** Whether this account already waits for an answer about this house. */
  hasOpenApplication: boolean;
  openCount: number;
  /** Of the account; null while nobody knows whose it is. */
  accountDocument: Buffer | null;
  /** Of the number in the form; null before there is one. */
  askedDocument: Buffer | null;
}

/**
 * Decides whether an account may ask for a house by papers; null when it may. Only recorded houses can be linked: of
 * one that is not verified yet the owner is decided there. The houses of an account are one person's.
 */
export function linkRefusal(facts: LinkFacts): LinkRefusal | null {
  if (facts.status !== "recorded") return "not-recorded";
  if (facts.isLinked) return "already-linked";
  if (facts.hasOpenApplication) return "open-application";
  if (facts.openCount >= OPEN_LINKS_MAX) return "too-many-open";
  const { accountDocument, askedDocument } = facts;
  if (accountDocument === null || askedDocument === null) return null;
  return accountDocument.equals(askedDocument) ? null : "other-person";
}

/** What an owner is told of each refusal, at the field it is about; an empty name is the form as a whole. */
export const LINK_REFUSALS: Readonly<Record<LinkRefusal, readonly [field: string, words: string]>> =
  {
    "not-recorded": [
      "",
      "这套房屋还没有核验入册，或已经销户，现在不能关联。核验通过以后再来，或打 12345 问",
    ],
    "already-linked": ["", "这套房屋已经在您的账户里，不用再申请"],
    "open-application": ["", "这套房屋的申请已经在审核，请到“我的业务”查看进度"],
    "too-many-open": ["", `您已有 ${OPEN_LINKS_MAX} 份关联申请在审核，请等办完一份再申请下一套`],
    "other-person": [
      "documentNo",
      "这个账户是另一个证件号码的。一个账户只关联同一个人的房屋，家人的请用家人的手机号登录后申请",
    ],
  };
