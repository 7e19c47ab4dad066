import { chineseNumeralToInt } from "#src/kernel/chinese-numerals.ts";
import type { Law } from "./laws.ts";

/** The id of an article on the page of its law. */
export function articleId(number: number): string {
  return `article-${number}`;
}

/** Where an article can be read. */
export function articleHref(slug: string, number: number): string {
  return `/policies/${slug}#${articleId(number)}`;
}

/** A piece of a legal basis: words alone, or words that lead to the article. */
export interface LawPiece {
  words: string;
  href?: string;
}

const ARTICLE = /第([一二三四五六七八九十百零]+)条/g;

/** More of one law's articles, straight after its name: 第七条、第九条. */
const ARTICLES_AFTER_NAME = /^》?(?:第[一二三四五六七八九十百零]+条[、和及]?)+/;

/**
 * Cuts a legal basis such as 《住宅专项维修资金管理办法》第七条、第九条 into words and links: every article of a law
 * that the platform publishes leads to it. Laws that it does not publish, and articles that a law does not
 * have, stay words.
 */
export function linkLaws(basis: string, laws: readonly Pick<Law, "slug" | "title" | "text">[]) {
  const pieces: LawPiece[] = [];
  const say = (words: string) => {
    if (words !== "") pieces.push({ words });
  };
  let at = 0;
  for (const { start, end, law } of findNames(basis, [...laws, STANDARDS_PAGE])) {
    const articles = ARTICLES_AFTER_NAME.exec(basis.slice(end))?.[0] ?? "";
    const known = new Set(law.text.chapters.flatMap((c) => c.articles.map((a) => a.number)));
    say(basis.slice(at, start));
    at = end;
    if (articles === "") {
      pieces.push({ words: basis.slice(start, end), href: `/policies/${law.slug}` });
      continue;
    }
    say(basis.slice(start, end));
    for (const match of articles.matchAll(ARTICLE)) {
      const number = chineseNumeralToInt(match[1] ?? "");
      const from = end + match.index;
      say(basis.slice(at, from));
      at = from + match[0].length;
      if (number !== null && known.has(number)) {
        pieces.push({ words: match[0], href: articleHref(law.slug, number) });
      } else say(match[0]);
    }
  }
  say(basis.slice(at));
  return pieces;
}

/** The standards stand on a page of their own, without articles. */
const STANDARDS_PAGE = {
  slug: "deposit-standards",
  title: "首期交存标准",
  text: { opening: [], chapters: [] },
};

function findNames<L extends Pick<Law, "title">>(basis: string, laws: readonly L[]) {
  const found: { start: number; end: number; law: L }[] = [];
  for (const law of laws) {
    for (let start = basis.indexOf(law.title); start >= 0; ) {
      const end = start + law.title.length;
      found.push({ start, end, law });
      start = basis.indexOf(law.title, end);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
