import type { StatementContent, StatementFigures } from "./content.ts";

/** One figure that two versions of a statement say differently. */
export interface Difference {
  /** The house's number, or "" for the estate's totals. */
  number: string;
  figure: keyof StatementFigures;
  /** Yuan; null where the version did not know the house. */
  before: string | null;
  after: string | null;
}

const FIGURES = [
  "opening",
  "deposited",
  "interest",
  "used",
  "refunded",
  "other",
  "closing",
] as const satisfies readonly (keyof StatementFigures)[];

/** Lists what a later version says differently: totals first, then house by house. */
export function listDifferences(before: StatementContent, after: StatementContent): Difference[] {
  const earlier = new Map(before.houses.map((house) => [house.number, house]));
  const later = new Map(after.houses.map((house) => [house.number, house]));
  const numbers = new Set([...later.keys(), ...earlier.keys()]);
  return [
    ...compare("", before.totals, after.totals),
    ...[...numbers].flatMap((number) => compare(number, earlier.get(number), later.get(number))),
  ];
}

function compare(
  number: string,
  before: StatementFigures | undefined,
  after: StatementFigures | undefined,
): Difference[] {
  return FIGURES.filter((figure) => (before?.[figure] ?? NONE) !== (after?.[figure] ?? NONE)).map(
    (figure) => ({
      number,
      figure,
      before: before?.[figure] ?? null,
      after: after?.[figure] ?? null,
    }),
  );
}

/** A house that was not there held nothing. */
const NONE = "0.00";
