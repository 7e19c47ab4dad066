import type { SlipKind } from "#src/platform/issued-slips/slip-kind.ts";

/** A slip that says what was applied for, as 验真 sees it. */
export interface ApplicationSlipWorth {
  kind: string;
  title: string;
  /** What its party and amount are called. */
  words: { party: string; amount: string };
  /** The states in which the application is over without what was asked for, and what they are called. */
  over: Readonly<Record<string, string>>;
}

/** Makes the kind of a slip of an application: it is good for as long as its application is not given up or refused. */
export function applicationSlipKind({ kind, title, words, over }: ApplicationSlipWorth): SlipKind {
  return {
    kind,
    title,
    words: { ...words, datedOn: "提交日期" },
    judge: async (db, { number }) => {
      const { state } = await db
        .selectFrom("application")
        .select("state")
        .where("number", "=", number)
        .executeTakeFirstOrThrow();
      const onward = { href: `/applications/${number}`, words: "看办理进度" };
      const label = over[state];
      if (label === undefined) {
        const meaning = "它只证明申请了什么，不能凭它交款或领款。办到哪一步，请看办理进度。";
        return { isValid: true, label: "有效", meaning, onward };
      }
      return { isValid: false, label, meaning: "这笔业务没有办成，申请单不再有用。", onward };
    },
  };
}
