import { buildStatement } from "#src/bank/statements/build-statement.ts";
import { listCustodyAccounts } from "#src/bank/statements/custody-accounts.ts";
import type { Statement } from "#src/bank/statements/statement.ts";
import { writeStatement } from "#src/bank/statements/write-statement.ts";
import { addDays, calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { TODAY } from "./builders.ts";
import { sendFiles } from "./send-files.ts";
import type { ServedSite } from "./served-site.ts";

/** The statement with 777.00 on its first day that the ledger does not know. */
export function withStray(told: Statement): Statement {
  const [first] = told.lines;
  if (first === undefined) throw new Error("nothing was paid");
  const at = new Date(`${told.firstDay}T10:00:00+08:00`);
  const seq = told.lines.length + 1;
  const stray = { ...first, seq, at, bankTxnNo: "T-UNKNOWN", requestId: null, noticeNo: null };
  const lines = [...told.lines, { ...stray, amountFen: fen(77_700) }];
  return { ...told, closingFen: fen(told.closingFen + 77_700n), lines };
}

/** Finance hands in a file of an account that moved money, with one line too many; answers with its address. */
export async function buildOpenStatement(site: ServedSite): Promise<string> {
  const { db } = site.city;
  const account = (await listCustodyAccounts(db)).find(({ hasMovements }) => hasMovements);
  if (account === undefined) throw new Error("no account moved money");
  const span = { firstDay: calendarDate("2008-02-01"), lastDay: addDays(TODAY, -1) };
  const text = writeStatement(withStray(await buildStatement(db, account, span)));
  const file = { field: "file", name: "day.txt", content: Buffer.from(text) };
  const visitor = await site.staff("finance-demo");
  const { headers } = await sendFiles(visitor, "/review/reconciliation", {}, [file]);
  const path = headers.location?.split("?")[0];
  if (path === undefined) throw new Error("the file was refused");
  return path;
}
