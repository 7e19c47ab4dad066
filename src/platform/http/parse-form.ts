import type { z } from "zod";
import type { SentForm } from "./form.ts";

/** A form's data, or one sentence for each field that has to be changed, in the order of the fields. */
export type ParsedForm<T> = { ok: true; data: T } | { ok: false; errors: Record<string, string> };

/** Reads a sent form by its schema. A field that was not sent counts as left empty. */
export function parseForm<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  sent: SentForm,
): ParsedForm<z.infer<z.ZodObject<Shape>>> {
  const names = Object.keys(schema.shape);
  const parsed = schema.safeParse(
    Object.fromEntries(names.map((name) => [name, sent[name] ?? ""])),
  );
  if (parsed.success) return { ok: true, data: parsed.data };
  const errors: Record<string, string> = {};
  for (const name of names) {
    const issue = parsed.error.issues.find((found) => found.path[0] === name);
    if (issue !== undefined) errors[name] = issue.message;
  }
  return { ok: false, errors };
}
