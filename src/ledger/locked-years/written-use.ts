import { plainYuan } from "#src/kernel/money.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { ListedUse } from "../city-book/list-uses.ts";
import { toldReach } from "../disclosure/small-groups.ts";
import type { YearContent } from "./content.ts";

/**
 * Writes a use of funds as text, as far as it may be told: an estate that is told only together is not named, and
 * where not every house is open, a use of very few houses keeps their number and its place to itself.
 */
export function writtenUse(
  use: ListedUse,
  { hidden, policy }: { hidden: ReadonlySet<number>; policy: DisclosurePolicy },
): YearContent["uses"][number] {
  const isHidden = hidden.has(use.estateId);
  const reach = isHidden ? { scopeWords: "", houseCount: null } : toldReach(use, policy);
  return {
    number: isHidden ? null : use.estateCode,
    name: isHidden ? "" : use.estateName,
    district: use.districtName,
    bookDate: use.bookDate,
    project: use.projectName,
    scope: reach.scopeWords,
    houseCount: reach.houseCount,
    amount: plainYuan(use.amountFen),
  };
}
