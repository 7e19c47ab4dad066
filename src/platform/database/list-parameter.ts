import { type RawBuilder, sql } from "kysely";

/**
 * Hands a list to a statement as one array, in brackets through which the planner does not see its length.
 * Where it sees that a list is short it plans the statement anew each time, which takes longer than to run it.
 */
export function listParameter<Value>(
  type: "int" | "bigint" | "text" | "bytea" | "timestamptz",
  values: readonly Value[],
): RawBuilder<Value[]> {
  const array = sql.raw(`${type}[]`);
  return sql<Value[]>`(select ${[...values]}::${array})::${array}`;
}
