import { z } from "zod";

/** What the child process that reads a workbook writes, one JSON text a line. */
export const workbookMessage = z.union([
  z.object({
    /** The row's number in the sheet, then its cells. */
    rows: z.array(z.tuple([z.int().positive()], z.string())),
    progress: z.number(),
  }),
  z.object({ refusal: z.string() }),
  z.object({ isEnd: z.literal(true) }),
]);

export type WorkbookMessage = z.infer<typeof workbookMessage>;
