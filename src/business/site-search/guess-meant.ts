import { checkApplicationNumber } from "#src/kernel/application-number.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import { checkResidentId } from "#src/kernel/resident-id.ts";
import { withoutSeparators } from "#src/kernel/typed-text.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";

/** What the words look like besides words: an application's number, a house, an estate, or something private. */
export type Meant =
  | { kind: "application"; number: string }
  | { kind: "wrong-number"; digits: number }
  | { kind: "house"; address: string; typed: string }
  | { kind: "estate"; name: string; href: string }
  | { kind: "private" };

/** From so many digits on, nothing but digits is a number that was copied from a slip. */
const SLIP_DIGITS = 12;
/** An estate's name with a particle or two around it is still its name. */
const AROUND_NAME = 2;

/** Guesses whether something other than words was typed, so that its own page is offered first. */
export async function guessMeant(
  typed: string,
  search: Pick<HouseSearch, "search" | "findEstates">,
): Promise<Meant | null> {
  const number = checkApplicationNumber(typed);
  if (number.ok) return { kind: "application", number: number.number };
  const plain = withoutSeparators(typed);
  if (checkPhone(plain).ok || checkResidentId(plain).ok) return { kind: "private" };
  if (/^[0-9]+$/.test(plain) && plain.length >= SLIP_DIGITS) {
    return { kind: "wrong-number", digits: plain.length };
  }
  return await guessPlace(typed, search);
}

async function guessPlace(
  typed: string,
  search: Pick<HouseSearch, "search" | "findEstates">,
): Promise<Meant | null> {
  if (/[0-9０-９]/.test(typed)) {
    const answer = await search.search(typed);
    if (answer.kind === "guidance") return null;
    const parts = answer.understood?.parts ?? [];
    return parts.length > 1 ? { kind: "house", address: parts.join(" "), typed } : null;
  }
  const [estate] = search.findEstates(typed, 1);
  const isNamed =
    estate !== undefined &&
    typed.includes(estate.name) &&
    typed.trim().length <= estate.name.length + AROUND_NAME;
  return isNamed
    ? { kind: "estate", name: estate.name, href: `/my-estate/${encodeURIComponent(estate.code)}` }
    : null;
}
