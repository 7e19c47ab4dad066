/** The page that asks once more who somebody is, with the page of our own to come back to. */
export function stepUpAddress(page: string, next: string): string {
  return `${page}?next=${encodeURIComponent(next)}`;
}
