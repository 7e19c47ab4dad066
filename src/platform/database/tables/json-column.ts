import type { ColumnType } from "kysely";

/**
 * A jsonb column: read as `unknown` (parse it with Zod before use), written as an object, or as JSON
 * text where the value is a list or a bare string (the driver would turn a list into a database array).
 */
export type Json = ColumnType<unknown, object | string, object | string>;
/** The same with a default. */
export type JsonWithDefault = ColumnType<unknown, object | string | undefined, object | string>;
