import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#src/platform/database/client.ts";
import { buildCity, type TestCity } from "../support/builders.ts";
import { buildApplication } from "../support/document-builders.ts";
import { proveGuard, refusalOf } from "../support/guard-control.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";

const ID = "6ccb660e-434a-469c-8520-5577962e4599";

/** Writes one document row as the application does; pending and nobody's unless told. */
async function insertDocument(
  db: Db,
  id: string,
  more: { state?: string; removed?: boolean } = {},
) {
  await sql`insert into supporting_document (id, submission_key, browser_hash, code, name_cipher, media_type,
      size_bytes, sent_sha256, kept_sha256, page_count, state, uploaded_at, checked_at, removed_at)
    values (${id}::uuid, gen_random_uuid(), ${Buffer.alloc(32, 1)}, 'contract', '\\x01', 'application/pdf', 10,
      ${Buffer.alloc(32, 2)}, ${Buffer.alloc(32, 3)}, 1, ${more.state ?? "pending"}, '2026-11-23',
      ${more.state === undefined ? null : "2026-11-23"}::timestamptz,
      ${more.removed ? "2026-11-23" : null}::timestamptz)`.execute(db);
}

describe("U1: what was received does not change", () => {
  let database: TestDatabase;
  let city: TestCity;
  beforeAll(async () => {
    database = await testDatabase();
    city = await buildCity(database);
    await insertDocument(city.db, ID);
  });
  afterAll(() => database.drop());
  const attempt = (db: Db, statement: string) => refusalOf(sql.raw(statement).execute(db));

  test.each([
    "code = 'x'",
    "kept_sha256 = sent_sha256",
    "name_cipher = '\\x02'",
    "size_bytes = 1",
    "submission_key = gen_random_uuid()",
    "page_count = 2",
    "uploaded_at = now()",
  ])("neither by the application nor by the owner of the table: %s", async (change) => {
    const statement = `update supporting_document set ${change}`;
    expect(await attempt(city.db, statement)).toBe("42501");
    expect(await attempt(city.owner, statement)).toBe("WX001");
  });

  test("a verdict, an application and a removal are given once", async () => {
    const { id } = await buildApplication(city);
    const set = (change: string) => attempt(city.db, `update supporting_document set ${change}`);
    expect(await set("state = 'clean', checked_at = '2026-11-24'")).toBe("accepted");
    expect(await set("state = 'refused'")).toBe("WX001");
    expect(await set("checked_at = '2026-11-25'")).toBe("WX001");
    // A draft may go on in another browser; what was handed in stays with the one that did.
    expect(await set("browser_hash = sent_sha256")).toBe("accepted");
    expect(await set(`application_id = ${id}, added_at = '2026-11-24'`)).toBe("accepted");
    expect(await set("browser_hash = kept_sha256")).toBe("WX001");
    expect(await set("application_id = null, added_at = null")).toBe("WX001");
    expect(await attempt(city.db, "delete from supporting_document")).toBe("WX001");
    expect(await set("removed_at = '2026-11-25'")).toBe("accepted");
    expect(await set("removed_at = null")).toBe("WX001");
    expect(await attempt(city.db, "truncate supporting_document")).toBe("42501");
    expect(await attempt(city.owner, "truncate supporting_document")).toBe("WX001");
  });
});

describe("U1: the guard of documents", () => {
  const handIn = (city: TestCity, id: bigint) =>
    sql`update supporting_document set application_id = ${id.toString()}::bigint, added_at = '2026-11-24'`.execute(
      city.db,
    );

  test("keeps a refused document from being handed in", () =>
    proveGuard({
      drop: "drop trigger supporting_document_kept on supporting_document",
      prepare: async (city) => {
        await insertDocument(city.db, ID, { state: "refused" });
        return await buildApplication(city);
      },
      act: (city, { id }) => handIn(city, id),
      refusedWith: "WX016",
      named: /U1 .* refused/,
    }));

  test("keeps a removed document from being handed in", () =>
    proveGuard({
      drop: "drop trigger supporting_document_kept on supporting_document",
      prepare: async (city) => {
        await insertDocument(city.db, ID, { state: "clean", removed: true });
        return await buildApplication(city);
      },
      act: (city, { id }) => handIn(city, id),
      refusedWith: "WX016",
      named: /U1 .* removed 2026/,
    }));
});
