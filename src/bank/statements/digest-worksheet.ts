import { createHash } from "node:crypto";
import { itemKey, type Worksheet } from "./load-worksheet.ts";

/**
 * Names what a worksheet says: matches with their rules, what is settled, differences with their notes. Two that say the
 * same have the same name, 64 hex digits; whoever closes hands back the name of what he saw.
 */
export function digestOf({ matches, settled, items }: Worksheet): string {
  const hash = createHash("sha256");
  for (const { line, movement, rule } of matches) {
    hash.update(`m ${line.statementId} ${line.seq} ${movement.journalId} ${rule}\n`);
  }
  for (const one of settled) {
    const names =
      one.side === "bank"
        ? one.pair.map(({ statementId, seq }) => `${statementId}-${seq}`)
        : one.pair.map(({ journalId }) => `${journalId}`);
    hash.update(`s ${one.side} ${names.join(" ")}\n`);
  }
  for (const item of items) {
    hash.update(`i ${itemKey(item)} ${item.bucket} ${item.note?.id ?? ""}\n`);
  }
  return hash.digest("hex");
}
