/** The database cannot be used. The message is a Chinese sentence for whoever started the program. */
export class DatabaseStartError extends Error {
  override readonly name = "DatabaseStartError";
}
