import { cleanText } from "#src/kernel/typed-text.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import type { EstateHit, HouseSearch } from "#src/register/search/search-houses.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { Registration } from "./descriptor.ts";
import { addEstate, removeEstate } from "./estate-rows.ts";
import { ADD_BUTTON, FIND_BUTTON, REMOVE_ESTATE_BUTTON } from "./estates-card.tsx";
import { ESTATES_MAX, type Typed } from "./schema.ts";

/** What a button of 添加物业区域 did to the form. */
export interface EstateAct {
  typed: Typed;
  found: readonly EstateHit[] | null;
  errors: FormErrors;
  /** Such a button was pressed, not the form's own: show the form again and judge nothing else. */
  isOnlyEstates: boolean;
}

const FOUND_MAX = 10;
const NAME_MAX = 100;

/** Finds, adds or takes out an estate, whichever button was pressed; a name that was typed is looked up anyway. */
export function readEstateAct(
  search: HouseSearch,
  registration: Registration,
  typed: Typed,
  sent: SentForm,
): EstateAct {
  const searched = cleanText(typed["estateSearch"] ?? "");
  const find = () => (searched === "" ? null : search.findEstates(searched, FOUND_MAX));
  const add = sent[ADD_BUTTON];
  if (add !== undefined) return addFound(search, registration, typed, add);
  const remove = sent[REMOVE_ESTATE_BUTTON];
  if (remove !== undefined) {
    const n = /^[0-9]{1,2}$/.test(remove) ? Number.parseInt(remove, 10) : 0;
    const left = n >= 1 && n <= ESTATES_MAX ? removeEstate(typed, n) : typed;
    return { typed: left, found: find(), errors: {}, isOnlyEstates: true };
  }
  if (sent[FIND_BUTTON] === undefined) {
    return { typed, found: find(), errors: {}, isOnlyEstates: false };
  }
  const sentence = wrongName(searched);
  if (sentence === null) return { typed, found: find(), errors: {}, isOnlyEstates: true };
  return { typed, found: null, errors: { estateSearch: sentence }, isOnlyEstates: true };
}

function wrongName(name: string): string | null {
  if (name === "") return "请填写小区名称，例如 示例花园";
  if (name.length > NAME_MAX) return "小区名称太长，请只写名称，例如 示例花园";
  const letters = name.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters < 2 ? "请至少写两个字，例如 示例花园" : null;
}

function addFound(
  search: HouseSearch,
  registration: Registration,
  typed: Typed,
  code: string,
): EstateAct {
  const estate = search.findEstates(code, FOUND_MAX).find((hit) => hit.code === code);
  const outcome =
    estate === undefined
      ? ({ ok: false, sentence: "没有这个物业区域，请重新查询" } as const)
      : addEstate(typed, estate, registration.estates === "one");
  if (outcome.ok) {
    return { typed: outcome.typed, found: null, errors: {}, isOnlyEstates: true };
  }
  return {
    typed: { ...typed, estateSearch: "" },
    found: null,
    errors: { estateSearch: outcome.sentence },
    isOnlyEstates: true,
  };
}
