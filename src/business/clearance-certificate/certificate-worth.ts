import { sql } from "kysely";
import { z } from "zod";
import type { Db } from "#src/platform/database/client.ts";
import { listParameter } from "#src/platform/database/list-parameter.ts";
import type { SlipKind } from "#src/platform/issued-slips/slip-kind.ts";

/** 已交清证明 as 验真 sees it: good while no house of it has less deposited than it certifies. */
export const CERTIFICATE_SLIP: SlipKind = {
  kind: "clearance-certificate",
  title: "已交清证明",
  words: { party: "申请单位", datedOn: "开具日期", amount: "首次交款" },
  judge: async (db, { number }) =>
    (await isStillSo(db, number))
      ? {
          isValid: true,
          label: "有效",
          meaning: "证明上的房屋，首次交款现在仍是交清的。",
          onward: null,
        }
      : {
          isValid: false,
          label: "情况已变化",
          meaning:
            "开具以后，其中有房屋的首次交款退过或者改过。证明只说明开具那天的情况，请以维修资金管理中心现在的登记为准。",
          onward: null,
        },
};

const certified = z.array(z.object({ code: z.string(), depositedFen: z.string() }));

async function isStillSo(db: Db, no: string): Promise<boolean> {
  const { houses } = await db
    .selectFrom("clearance_certificate")
    .select("houses")
    .where("no", "=", no)
    .executeTakeFirstOrThrow();
  const kept = certified.parse(houses);
  const codes = listParameter(
    "text",
    kept.map(({ code }) => code),
  );
  const { rows } = await sql<{ code: string; deposited: bigint }>`
    select h.code, b.first_paid_fen::bigint as deposited from house h
      join house_balance b on b.estate_id = h.estate_id and b.house_id = h.id
      where h.code = any (${codes})`.execute(db);
  const now = new Map(rows.map(({ code, deposited }) => [code, deposited]));
  return kept.every(({ code, depositedFen }) => (now.get(code) ?? 0n) >= BigInt(depositedFen));
}
