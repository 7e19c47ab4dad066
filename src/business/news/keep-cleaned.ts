import { keepNewest } from "#src/kernel/keep-newest.ts";

/** One version of an article, as it stands in the database. */
export interface KeptVersion {
  id: number;
  version: number;
  body: string;
}

/**
 * Keeps what `clean` makes of the texts of at most `most` versions, since cleaning a long one takes a tenth of a
 * second. Many askers at once share one cleaning, one that failed is not kept, and a text that changed under the same
 * number is cleaned anew.
 */
export function keepCleaned(
  most: number,
  clean: (body: string) => Promise<string>,
): (version: KeptVersion) => Promise<string> {
  const texts = new Map<string, { body: string; cleaned: Promise<string> }>();
  return async ({ id, version, body }) => {
    const key = `${id}.${version}`;
    const known = texts.get(key);
    const kept = known?.body === body ? known : { body, cleaned: clean(body) };
    keepNewest(texts, key, kept, most);
    try {
      return await kept.cleaned;
    } catch (error) {
      if (texts.get(key) === kept) texts.delete(key);
      throw error;
    }
  };
}
