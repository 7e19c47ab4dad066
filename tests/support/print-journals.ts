import { readFileSync } from "node:fs";
import { sql } from "kysely";
import { expect } from "vitest";
import { fen, formatYuan } from "#src/kernel/money.ts";
import type { HouseKey } from "#src/ledger/house-balances.ts";
import type { Db } from "#src/platform/database/client.ts";

interface Line {
  journal: number;
  kind: string;
  book_date: string;
  account: string;
  house: string | null;
  amount_fen: bigint;
}

/**
 * Prints every journal since a moment as an accountant would read it, in the order of posting: number within
 * the story, kind, book date, account, house, debit and credit in yuan; at the end what each house holds.
 * Houses are named by the words given for them, so that the table reads the same in every run.
 */
async function printJournals(
  db: Db,
  story: { since: bigint; houses: Record<string, HouseKey> },
): Promise<string> {
  const names = new Map(
    Object.entries(story.houses).map(([name, { houseId }]) => [houseId, name] as const),
  );
  const { rows } = await sql<Line & { house_id: bigint | null }>`
    select dense_rank() over (order by j.id)::int as journal, j.kind, j.book_date,
        a.code || ' ' || a.name as account, e.house_id, e.amount_fen::bigint as amount_fen
      from journal j join entry e on e.journal_id = j.id join ledger_account a on a.code = e.account_code
      where j.id > ${story.since.toString()}::bigint order by j.id, e.n`.execute(db);
  const body = rows.map((row, at) => {
    const isFirst = rows[at - 1]?.journal !== row.journal;
    return [
      isFirst ? `${row.journal}` : "",
      isFirst ? row.kind : "",
      isFirst ? row.book_date : "",
      row.account,
      row.house_id === null ? "" : (names.get(row.house_id) ?? "another house"),
      row.amount_fen > 0n ? formatYuan(fen(row.amount_fen)) : "",
      row.amount_fen < 0n ? formatYuan(fen(-row.amount_fen)) : "",
    ];
  });
  const table = drawTable(["no", "kind", "book date", "account", "house", "debit", "credit"], body);
  const balances = [];
  for (const [name, key] of Object.entries(story.houses)) {
    balances.push(`${name} holds ${await heldBy(db, key)}`);
  }
  return [table, "", ...balances].join("\n");
}

const DOCUMENT = readFileSync(new URL("../../docs/accounts.md", import.meta.url), "utf8");

/** Prints a story and holds docs/accounts.md to it: the document shows the very table. */
export async function printedStory(
  db: Db,
  story: { since: bigint; houses: Record<string, HouseKey> },
): Promise<string> {
  const printed = await printJournals(db, story);
  if (process.env["TABLES"] === undefined)
    expect(DOCUMENT, "docs/accounts.md shows this table").toContain(printed);
  return `\n${printed}\n`;
}

/** Where the next story starts. */
export async function lastJournal(db: Db): Promise<bigint> {
  const { rows } = await sql<{
    last: bigint;
  }>`select coalesce(max(id), 0)::bigint as last from journal`.execute(db);
  return rows[0]?.last ?? 0n;
}

async function heldBy(db: Db, key: HouseKey): Promise<string> {
  const { rows } = await sql<{ principal: bigint; interest: bigint; first_paid: bigint }>`
    select principal_fen as principal, interest_fen as interest, first_paid_fen as first_paid
      from house_balance where estate_id = ${key.estateId} and house_id = ${key.houseId.toString()}::bigint`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined) return "nothing";
  const [principal, interest, first] = [row.principal, row.interest, row.first_paid].map((amount) =>
    formatYuan(fen(amount)),
  );
  return `principal ${principal}, interest ${interest}; of the first deposit ${first}`;
}

const RIGHT_ALIGNED = [0, 5, 6];

function drawTable(head: string[], body: string[][]): string {
  const widths = head.map((_, at) =>
    Math.max(...[head, ...body].map((row) => widthOf(row[at] ?? ""))),
  );
  return [head, widths.map((width) => "-".repeat(width)), ...body]
    .map((row) =>
      row
        .map((cell, at) => fill(cell, widths[at] ?? 0, RIGHT_ALIGNED.includes(at)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A Chinese character takes the room of two letters. */
function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (letter > "\u2e7f" ? 2 : 1), 0);
}

function fill(text: string, width: number, isRight: boolean): string {
  const space = " ".repeat(width - widthOf(text));
  return isRight ? space + text : text + space;
}
