import { fen } from "#src/kernel/money.ts";
import type { SlipCode } from "#src/kernel/slip-code.ts";
import type { Db } from "../database/client.ts";
import type { PersonalData } from "../personal-data.ts";
import { isSameCode, makeSlipCode } from "./make-slip-code.ts";
import type { IssuedSlip } from "./slip-kind.ts";

const NO_CONTENT = Buffer.alloc(32);

/**
 * Finds the slip that was printed with this number and this code; null for any other pair, whether the number, the
 * code or both are nobody's. Several slips may carry one number: the code tells which is meant.
 */
export async function findSlip(
  db: Db,
  personalData: PersonalData,
  asked: { number: string; code: SlipCode },
): Promise<IssuedSlip | null> {
  const rows = await db
    .selectFrom("issued_slip")
    .selectAll()
    .where("number", "=", asked.number)
    .orderBy("version", "desc")
    .execute();
  // An unknown number costs one code as well.
  if (rows.length === 0) {
    const none = { kind: "", number: asked.number, contentHash: NO_CONTENT };
    isSameCode(makeSlipCode(personalData, none), asked.code);
    return null;
  }
  const row = rows.find(({ kind, number, content_hash }) =>
    isSameCode(makeSlipCode(personalData, { kind, number, contentHash: content_hash }), asked.code),
  );
  if (row === undefined) return null;
  const last = rows.find(({ kind, subject }) => kind === row.kind && subject === row.subject);
  return {
    kind: row.kind,
    number: row.number,
    subject: row.subject,
    datedOn: row.dated_on,
    amountFen: row.amount_fen === null ? null : fen(row.amount_fen),
    party: row.party,
    about: row.about,
    isReplaced: last?.version !== row.version,
  };
}
