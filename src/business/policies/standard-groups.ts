import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import { standardText } from "#src/register/standards/standard-text.ts";

/** Standards that ask the same under the same conditions but for the use, told in one row. */
export interface StandardGroup
  extends Pick<RegisterStandard, "hasLift" | "floorsFrom" | "floorsTo"> {
  /** 非住宅 for 非住宅（商业） and 非住宅（办公）; a standard by itself keeps its name. */
  name: string;
  /** The uses it is for, in the order of the list; empty for any use. */
  uses: readonly string[];
  /** What each of them asks, e.g. 100.00 元/㎡. */
  text: string;
}

/**
 * Draws standards of one edition together that differ in the use alone and whose names begin alike, so that one price
 * stands once. One for any use stays by itself: it says more than those of single uses.
 */
export function groupStandards(standards: readonly RegisterStandard[]): readonly StandardGroup[] {
  return [...Map.groupBy(standards, sameness).values()].map((group) => {
    const [first] = group as [RegisterStandard];
    const { name, hasLift, floorsFrom, floorsTo } = first;
    return {
      name: group.length === 1 ? name : beginningOf(name),
      ...{ hasLift, floorsFrom, floorsTo },
      uses: group.flatMap(({ houseUse }) => houseUse ?? []),
      text: standardText(first),
    };
  });
}

function sameness(standard: RegisterStandard): string {
  const { id, name, houseUse, hasLift, floorsFrom, floorsTo, roundTo } = standard;
  if (houseUse === null) return `${id}`;
  const conditions = [hasLift, floorsFrom, floorsTo, roundTo];
  return [beginningOf(name), ...conditions, standardText(standard)].join("|");
}

/** A name without what it says in brackets at its end. */
function beginningOf(name: string): string {
  return name.replace(/（[^（）]*）$/, "");
}
