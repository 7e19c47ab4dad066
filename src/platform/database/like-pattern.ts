/** Makes the pattern with which LIKE and ILIKE find words anywhere in a text, every sign of theirs as itself. */
export function likePattern(words: string): string {
  return `%${words.replace(/[\\%_]/g, "\\$&")}%`;
}
