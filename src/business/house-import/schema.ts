import { z } from "zod";

const pageNumber = z
  .string()
  .regex(/^[1-9][0-9]{0,5}$/)
  .transform(Number)
  .catch(1);

/** Reads which page of a list is wanted; whatever cannot be read counts as the first. */
export function readPageNumber(asked: string | undefined): number {
  return pageNumber.parse(asked);
}
