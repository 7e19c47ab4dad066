import type { SheetRow } from "#src/platform/spreadsheets/sheet.ts";
import type { Header } from "./columns.ts";
import { readEstate } from "./read-estate.ts";
import { readHouse } from "./read-house.ts";
import type { RegisterReference } from "./reference.ts";
import type { BadRow, EstateOfRow, ReadRow } from "./row.ts";
import { columnPlaces, createRowOpener, strayCell } from "./row-cells.ts";

export type RowReading = { ok: true; row: ReadRow } | { ok: false; bad: BadRow };

const ESTATE_COLUMNS = [
  "estateName",
  "estateCode",
  "districtCode",
  "address",
  "aliases",
  "developerName",
  "propertyCompanyName",
  "committeeName",
  "completedYear",
  "accountNo",
] as const;

/**
 * Makes the reader of a file's rows: it says what a row records, or everything that is wrong with it. It
 * looks at one row alone; whether rows agree with each other and with the register comes later.
 */
export function createRowReader(
  header: Header,
  reference: RegisterReference,
): (raw: SheetRow) => RowReading {
  const places = columnPlaces(header);
  const openRow = createRowOpener(places);
  const estatePlaces = ESTATE_COLUMNS.flatMap((key) => places.get(key) ?? []);
  // Files are sorted by estate: the cells of the row above mostly say the same.
  let lastCells: readonly string[] = [];
  let lastEstate: EstateOfRow | null = null;

  return (raw) => {
    const cells = openRow(raw);
    const isSameEstate =
      lastEstate !== null && estatePlaces.every((at) => raw.cells[at] === lastCells[at]);
    const estate = isSameEstate ? (lastEstate as EstateOfRow) : readEstate(cells, reference);
    if (!isSameEstate) {
      lastEstate = cells.problems.length === 0 ? estate : null;
      lastCells = raw.cells;
    }
    const house = readHouse(cells, reference);
    const { line } = raw;
    const stray = strayCell(raw, header);
    const problems = stray === null ? cells.problems : [stray, ...cells.problems];
    if (problems.length > 0) return { ok: false, bad: { line, problems: [...problems] } };
    return { ok: true, row: { line, estate, house } };
  };
}
