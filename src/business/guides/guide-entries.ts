import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import type { SiteText } from "#src/platform/site-text.ts";
import { buildGuides } from "./build-guides.ts";
import type { Guide, GuideFacts } from "./guide.ts";
import { GUIDE_HEADS, guideHref } from "./guide-heads.ts";

/** Guides are part of the program: the day on which their words were last gone through. */
const GUIDES_AS_OF: CalendarDate = calendarDate("2026-11-26");

/** The guides for search, with everything that they say. */
export function listGuideEntries(facts: GuideFacts): SiteText[] {
  return buildGuides(facts).map((guide) => ({
    href: `/guides/${guide.slug}`,
    kind: "办事指南",
    title: guide.title,
    text: wordsOf(guide),
    date: GUIDES_AS_OF,
  }));
}

function wordsOf(guide: Guide): string {
  const { text, lead, who, when, bring, time, result, steps, questions } = guide;
  return [
    ...[text, lead, who, when, bring, time, result],
    ...steps.flat(),
    ...(guide.sections ?? []).flatMap(({ title, paragraphs }) => [title, ...paragraphs]),
    ...(guide.papers ?? []).flatMap(({ title, text, rules }) => [
      title,
      text ?? "",
      ...rules.map((rule) => rule.title),
    ]),
    ...questions.flatMap(({ question, answer }) => [question, answer]),
  ]
    .filter((words) => words !== "")
    .join(" ");
}

/** The addresses of 办事指南 that a search engine may know. */
export const GUIDE_PATHS: readonly string[] = [
  "/guides",
  ...GUIDE_HEADS.map(({ slug }) => guideHref(slug)),
];
