import { linkLaws } from "./law-links.ts";
import type { Law } from "./laws.ts";

/** A legal basis whose articles lead to where they can be read. */
export function LawWords({ basis, laws }: { basis: string; laws: readonly Law[] }) {
  return (
    <>
      {linkLaws(basis, laws).map(({ words, href }) =>
        href === undefined ? words : <a href={href}>{words}</a>,
      )}
    </>
  );
}
