import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { actorWords } from "./event-words.ts";

/** How the acts are called that are recorded before there is a number to record them under. */
const PURPOSE_WORDS: Readonly<Record<string, string>> = {
  "registration-draft": "没有提交的注册",
  "registration-contact": "机构联系人的手机",
  "2901": "待清算款项",
};

/** The events about an institution itself; the others that name one mean its user. */
const ABOUT_INSTITUTIONS = /^(institution-(suspended|resumed|closed)|binding-)/;

/** The names of the businesses, by kind. */
export type KindTitles = readonly Pick<ApplicationDescriptor, "kind" | "title">[];

/** Says in words what an entry is about; a number or code that people know shows as it is. */
export function subjectWordsOf(
  kinds: KindTitles,
): (entry: { event: string; subject: string }) => string {
  const titles = new Map(kinds.map(({ kind, title }) => [kind, title]));
  return ({ event, subject }) => {
    const known = PURPOSE_WORDS[subject] ?? titles.get(subject);
    if (known !== undefined) return known;
    const institution = /^institution:(\d+)$/.exec(subject);
    if (institution !== null && ABOUT_INSTITUTIONS.test(event)) return `机构 ${institution[1]}`;
    const article = /^news\/(\d+)$/.exec(subject);
    if (article !== null) return `新闻 ${article[1]}`;
    const statement = /^statement:(\d+)$/.exec(subject);
    if (statement !== null) return `第 ${statement[1]} 号对账文件`;
    const year = /^(\d{4})-(\d+)$/.exec(subject);
    if (year !== null && event === "year-locked") return `${year[1]} 年第 ${year[2]} 版`;
    const days = /^(\d{4}-\d\d-\d\d)\/(\d{4}-\d\d-\d\d)$/.exec(subject);
    if (days !== null) return days[1] === days[2] ? `${days[1]}` : `${days[1]} 至 ${days[2]}`;
    return actorWords(subject);
  };
}
