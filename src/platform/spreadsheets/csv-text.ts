/**
 * Writes rows as CSV for spreadsheets: UTF-8 with its mark, so that Excel reads Chinese, every cell quoted.
 * A cell with words of somebody's choosing goes through `textCell` first.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map(csvRow).join("\r\n")}\r\n`;
}

/** Makes a cell that a spreadsheet would take for a formula plain text (ASVS 1.2.10). */
export function textCell(text: string): string {
  return /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
}

function csvRow(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
}
