import { chineseNumeralToInt } from "#src/kernel/chinese-numerals.ts";

/** One article: 第二十八条 with its paragraphs and items, in the words of the text. */
export interface LawArticle {
  number: number;
  /** 第二十八条 */
  label: string;
  paragraphs: readonly string[];
}

/** A chapter with its articles; a text without chapters has one with an empty title. */
export interface LawChapter {
  title: string;
  articles: readonly LawArticle[];
}

/** A text of law, taken apart so that each article can be linked to. */
export interface LawText {
  /** What stands before the first chapter or article: how and when it was issued. */
  opening: readonly string[];
  chapters: readonly LawChapter[];
}

const CHAPTER = /^第[一二三四五六七八九十]+章[\s\u3000]+\S/;
const ARTICLE = /^(第([一二三四五六七八九十百零]+)条)[\s\u3000]+(\S.*)$/;

interface OpenChapter {
  title: string;
  articles: { number: number; label: string; paragraphs: string[] }[];
}

/**
 * Takes a text of law apart by its own headings: 第一章, 第一条. Lines that belong to no article yet are its
 * opening. Throws an Error when the articles are not numbered 1, 2, 3 …: a text that was cut must not be shown
 * as whole.
 */
export function parseLaw(text: string): LawText {
  const opening: string[] = [];
  const chapters: OpenChapter[] = [];
  let next = 1;
  for (const line of text.split("\n").map((one) => one.trim())) {
    const article = ARTICLE.exec(line);
    if (CHAPTER.test(line)) {
      chapters.push({ title: line.replace(/[\s\u3000]+/, "　"), articles: [] });
    } else if (article) {
      const [, label = "", numeral = "", words = ""] = article;
      const number = chineseNumeralToInt(numeral);
      if (number !== next) throw new Error(`${label} follows article ${next - 1}`);
      next += 1;
      if (chapters.length === 0) chapters.push({ title: "", articles: [] });
      chapters.at(-1)?.articles.push({ number, label, paragraphs: [words] });
    } else if (line !== "") {
      (chapters.at(-1)?.articles.at(-1)?.paragraphs ?? opening).push(line);
    }
  }
  return { opening, chapters };
}
