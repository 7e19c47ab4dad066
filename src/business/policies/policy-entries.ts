import { compareDates } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { SiteText } from "#src/platform/site-text.ts";
import { DECREE_165_GISTS } from "#src/register/law/decree-165-gists.ts";
import { articleHref } from "#src/register/law/law-links.ts";
import { DECREE_165, type Law, listLaws } from "#src/register/law/laws.ts";
import { listStandards } from "#src/register/standards/list-standards.ts";
import { standardText } from "#src/register/standards/standard-text.ts";

/** The pages of 政策 for search: every article by itself, and the standards. */
export async function listPolicyEntries(db: Db): Promise<SiteText[]> {
  const [laws, standards] = await Promise.all([listLaws(db), listStandards(db)]);
  const articles = laws.flatMap((law) =>
    law.text.chapters.flatMap(({ articles }) =>
      articles.map(({ number, label, paragraphs }) => ({
        href: articleHref(law.slug, number),
        kind: "政策" as const,
        title: [`《${law.title}》${label}`, gistOf(law, number)].filter(Boolean).join("　"),
        text: paragraphs.join(""),
        date: law.effectiveFrom,
      })),
    ),
  );
  const wholes = laws.map((law) => ({
    href: `/policies/${law.slug}`,
    kind: "政策" as const,
    title: `《${law.title}》全文`,
    names: namesOf(law).join(" "),
    text: wholeOf(law),
    date: law.effectiveFrom,
  }));
  return [
    ...wholes,
    ...articles,
    {
      href: "/policies/deposit-standards",
      kind: "政策",
      title: "首期交存标准",
      text: standards.map((one) => `${one.name} ${standardText(one)}`).join("；"),
      date:
        standards
          .map(({ effectiveFrom }) => effectiveFrom)
          .sort(compareDates)
          .at(-1) ?? DECREE_165.effectiveFrom,
    },
  ];
}

/** A law in a sentence, and how it begins. */
function wholeOf({ documentNo, effectiveFrom, text }: Law): string {
  const articles = text.chapters.flatMap((chapter) => chapter.articles);
  const [first] = articles;
  const head = `${documentNo}，共 ${articles.length} 条，${effectiveFrom} 起施行。`;
  return first === undefined ? head : `${head}${first.label}　${first.paragraphs.join("")}`;
}

/**
 * How people call a law beside its title: a decree by its number alone (165号令), any document by its number with 第 and
 * without, and under each of its issuers by itself.
 */
function namesOf({ issuer, documentNo }: Law): string[] {
  const [, number] = /第?([0-9]+)号$/.exec(documentNo) ?? [];
  if (number === undefined) return [documentNo];
  const isDecree = documentNo.includes("令");
  const byIssuer = issuer.split("、").map((one) => `${one}${isDecree ? "令" : ""}第${number}号`);
  const short = documentNo.replace(/第([0-9]+)号$/, "$1号");
  const alone = [`第${number}号`, `${number}号`, ...(isDecree ? [`${number}号令`] : [])];
  return [documentNo, short, ...alone, ...byIssuer];
}

function gistOf(law: Law, number: number): string | undefined {
  return law.slug === DECREE_165.slug ? DECREE_165_GISTS[number - 1] : undefined;
}

/** The addresses of 政策 that a search engine may know. */
export async function listPolicyPaths(db: Db): Promise<string[]> {
  const laws = await listLaws(db);
  return [
    "/policies",
    "/policies/deposit-standards",
    ...laws.map(({ slug }) => `/policies/${slug}`),
  ];
}
