import type { SearchAnswer } from "#src/register/search/search-houses.ts";

/** The HTTP status of a search: words that no search can be made of are refused, an empty box is not. */
export function searchStatus(answer: SearchAnswer): 200 | 422 {
  const isRefused = answer.kind === "guidance" && answer.reason === "too-long";
  return isRefused ? 422 : 200;
}
