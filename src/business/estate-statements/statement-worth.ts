import type { SlipKind, SlipStanding } from "#src/platform/issued-slips/slip-kind.ts";

const VALID: SlipStanding = {
  isValid: true,
  label: "有效",
  meaning: "它是这个时段最后锁定的一版，锁定以后没有改过。",
};

const REPLACED: SlipStanding = {
  isValid: false,
  label: "已有新的一版",
  meaning: "这个时段的收支后来重新锁定过，数目有变化。请看最新的一版。",
};

/** 收支公示 as 验真 sees it: good until the same period is locked again. */
export const ESTATE_STATEMENT_SLIP: SlipKind = {
  kind: "estate-statement",
  title: "收支公示",
  words: { party: "锁定单位", datedOn: "锁定日期", amount: "期末余额" },
  judge: async (db, { subject }) => {
    const { last, code } = await db
      .selectFrom("estate_statement as statement")
      .innerJoin("estate", "estate.id", "statement.estate_id")
      .innerJoin("estate_statement as other", (join) =>
        join
          .onRef("other.estate_id", "=", "statement.estate_id")
          .onRef("other.period", "=", "statement.period")
          .onRef("other.version", ">=", "statement.version"),
      )
      .where("statement.number", "=", subject)
      .select(["estate.code", "other.number as last"])
      .orderBy("other.version", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    const onward = { href: `/my-estate/${code}`, words: "看小区现在的资金" };
    return { ...(last === subject ? VALID : REPLACED), onward };
  },
};

/** A statement's own number has letters; what is typed in for 验真 has digits alone, like every other slip's. */
export const STATEMENT_NUMBERS = { kind: ESTATE_STATEMENT_SLIP.kind, numberPrefix: "84" };
