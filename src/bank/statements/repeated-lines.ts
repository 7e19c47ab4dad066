import type { OpenLine } from "./open-item.ts";

/**
 * Finds the lines that say again what another line of the account has said: its number once more. The bank's reversal
 * bears the number of what it takes back, and is a repetition only of another reversal.
 */
export function findRepeats(lines: readonly OpenLine[]): Set<OpenLine> {
  const seen = new Set<string>();
  const repeats = new Set<OpenLine>();
  for (const line of lines) {
    const isReversal = line.kind === "reversal";
    const name = `${isReversal ? "reversal" : "line"} ${line.bankTxnNo}`;
    if (line.isKnownNumber || seen.has(name)) repeats.add(line);
    seen.add(name);
  }
  return repeats;
}
