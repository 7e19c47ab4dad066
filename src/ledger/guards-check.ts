import type { Check } from "./run-checks.ts";

type Verb = "INSERT" | "UPDATE" | "DELETE" | "TRUNCATE";

/** A table that the database itself guards. */
export interface GuardedTable {
  table: string;
  /** The triggers that refuse, by name. */
  triggers: readonly string[];
  /** What the application's role may never do to it, in no column. */
  refused: readonly Verb[];
}

/**
 * Makes the check that guards are where the migrations put them: every trigger is there and enabled, and
 * the application's role neither owns the table nor holds a verb that it must not have (L8).
 */
export function guardsCheck(name: string, tables: readonly GuardedTable[]): Check {
  const triggers = tables.flatMap(({ table, triggers }) =>
    triggers.map((trigger) => `('${table}', '${trigger}')`),
  );
  const verbs = tables.flatMap(({ table, refused }) =>
    refused.map((verb) => `('${table}', '${verb}')`),
  );
  return {
    name,
    query: `select t.name as what, 'trigger ' || t.guard || ' is missing or disabled' as why
        from (values ${triggers.join(", ")}) t(name, guard)
        where not exists (select from pg_trigger g where g.tgrelid = t.name::regclass
          and g.tgname = t.guard and g.tgenabled in ('O', 'A'))
      union all
      select v.name, 'the application may ' || v.verb
        from (values ${verbs.join(", ")}) v(name, verb)
        where has_table_privilege('fund_app', v.name, v.verb)
          or case when v.verb in ('INSERT', 'UPDATE')
            then has_any_column_privilege('fund_app', v.name, v.verb) end
      union all
      select c.relname, 'the application owns it' from pg_class c
        where c.relname in (${tables.map(({ table }) => `'${table}'`).join(", ")})
          and c.relowner = 'fund_app'::regrole`,
  };
}
