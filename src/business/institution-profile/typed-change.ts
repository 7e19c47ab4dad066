import type { BoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import type { EstateChange, InstitutionChange } from "./change.ts";
import { estateFields } from "./schema.ts";

/** An estate's fields as they stand now, so that only what is changed in them is asked for. */
export function typedOfTerms(bound: readonly BoundEstate[]): SentForm {
  return Object.assign({}, ...bound.map((estate) => termFields(estate.code, estate)));
}

/** A change as its form shows it again to be corrected: what was asked for, beside what stands. */
export function typedOfChange(bound: readonly BoundEstate[], change: InstitutionChange): SentForm {
  const { name, legalPerson, account, estates } = change;
  return {
    ...typedOfTerms(bound),
    institutionName: name?.asked ?? "",
    legalPerson: legalPerson?.asked ?? "",
    accountName: account?.asked.accountName ?? "",
    accountBank: account?.asked.accountBank ?? "",
    accountNo: account?.asked.accountNo ?? "",
    ...Object.assign({}, ...estates.map(estateTyped)),
  };
}

function estateTyped(estate: EstateChange): SentForm {
  switch (estate.act) {
    case "add":
      return { newEstate: estate.code, ...termFields("new", estate) };
    case "end":
      return { [estateFields(estate.code).isEnded]: "yes" };
    case "change":
      return termFields(estate.code, estate);
  }
}

function termFields(
  code: string,
  term: { contractNo: string; startsOn: string | null; endsOn: string | null },
): SentForm {
  const fields = estateFields(code);
  return {
    [fields.contractNo]: term.contractNo,
    [fields.startsOn]: term.startsOn ?? "",
    [fields.endsOn]: term.endsOn ?? "",
  };
}
