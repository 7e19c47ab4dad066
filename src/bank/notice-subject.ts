import type { Db } from "#src/platform/database/client.ts";
import { type CustodyAccount, getHouse } from "#src/register/find-house.ts";
import type { PaymentNotice } from "./find-notice.ts";

/** What a notice is for, in words, and the account that its money goes to. */
export interface NoticeSubject {
  /** 示例花园 12幢 3单元 502, or 示例花园 36 套房屋. */
  place: string;
  custody: CustodyAccount;
}

/** Reads what a notice is for: its house, or its estate with the number of houses. */
export async function getNoticeSubject(
  db: Db,
  notice: Pick<PaymentNotice, "house" | "estateId" | "houseCount" | "custodyAccountId">,
): Promise<NoticeSubject> {
  if (notice.house !== null) {
    const { address, custody } = await getHouse(db, notice.house);
    return { place: address, custody };
  }
  const row = await db
    .selectFrom("custody_account as custody")
    .innerJoin("bank", "bank.code", "custody.bank_code")
    .innerJoin("estate", (join) => join.on("estate.id", "=", notice.estateId))
    .where("custody.id", "=", notice.custodyAccountId)
    .select(["estate.name", "custody.branch_name", "custody.account_name", "custody.account_no"])
    .select(["bank.code as bank_code", "bank.name as bank_name"])
    .executeTakeFirstOrThrow();
  return {
    place: `${row.name} ${notice.houseCount} 套房屋`,
    custody: {
      id: notice.custodyAccountId,
      bankCode: row.bank_code,
      bankName: row.bank_name,
      branchName: row.branch_name,
      accountName: row.account_name,
      accountNo: row.account_no,
    },
  };
}
