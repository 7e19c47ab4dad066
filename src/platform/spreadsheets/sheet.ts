/** A row as a file holds it: the line on which it starts, counted from 1, and its cells as text. */
export interface SheetRow {
  line: number;
  cells: readonly string[];
}

/** An opened file of rows. Its memory does not grow with the file. */
export interface SheetSource {
  /** Rows in the file's order, some hundred at a time. May throw UnreadableFile in the middle. */
  readonly rows: AsyncIterable<readonly SheetRow[]>;
  /** How much of the file was read so far, from 0 to 1. */
  progress(): number;
}

/** The file cannot be read as a table. The message says in Chinese why, and what to do. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}
