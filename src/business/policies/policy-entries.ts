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
        kind: "政策法规" as const,
        title: [`《${law.title}》${label}`, gistOf(law, number)].filter(Boolean).join("　"),
        text: paragraphs.join(""),
        date: law.effectiveFrom,
      })),
    ),
  );
  const wholes = laws.map((law) => ({
    href: `/policies/${law.slug}`,
    kind: "政策法规" as const,
    title: `《${law.title}》　${usualNames(law).join("　")}`,
    text: `${law.issuer} ${law.documentNo} ${writtenNumbers(law).join(" ")} 全文 目录 政策 办法 规定`,
    date: law.effectiveFrom,
  }));
  return [
    ...wholes,
    ...articles,
    {
      href: "/policies/deposit-standards",
      kind: "政策法规",
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

/** How people call a law beside its title: 165号令, and the number that it was issued under. */
function usualNames({ documentNo }: Law): string[] {
  const [, decree] = /令第([0-9]+)号$/.exec(documentNo) ?? [];
  return decree === undefined ? [documentNo] : [`${decree}号令`, documentNo];
}

/** The ways in which people write a document's number: with 第 and without, under one issuer's name. */
function writtenNumbers({ issuer, documentNo }: Law): string[] {
  const [, number] = /第?([0-9]+)号$/.exec(documentNo) ?? [];
  if (number === undefined) return [];
  const isDecree = documentNo.includes("令");
  const byIssuer = issuer.split("、").map((one) => `${one}${isDecree ? "令" : ""}第${number}号`);
  const short = documentNo.replace(/第([0-9]+)号$/, "$1号");
  return [`第${number}号`, `${number}号`, short, ...byIssuer];
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
