import { sql } from "kysely";
import { expect, it } from "vitest";
import { testDatabase } from "#tests/support/test-database.ts";
import { openDatabase } from "./client.ts";
import { listParameter } from "./list-parameter.ts";

/** How often a statement that was asked twenty times was planned anew after the usual first five. */
async function plansOf(list: (ids: number[]) => ReturnType<typeof listParameter<number>>) {
  const database = await testDatabase();
  const { db, close } = openDatabase(database.applicationConnection, { role: "fund_app", max: 1 });
  try {
    for (let time = 0; time < 20; time += 1) {
      await sql`select count(*) from unnest(${list([time])}) as wanted(id),
        generate_series(1, 1000)`.execute(db);
    }
    const { rows } = await sql<{ custom_plans: bigint }>`
      select custom_plans from pg_prepared_statements where statement like '%wanted(id)%'`.execute(
      db,
    );
    return Number(rows[0]?.custom_plans) - 5;
  } finally {
    await close();
    await database.drop();
  }
}

it("lets the server keep the plan of a statement that is given short lists", async () => {
  expect(await plansOf((ids) => listParameter("int", ids))).toBe(0);
});

it("is needed: an array as it stands is planned for its length each time", async () => {
  expect(await plansOf((ids) => sql`${ids}::int[]`)).toBe(15);
});
