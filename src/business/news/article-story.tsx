import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Table } from "#src/ui/list/table.tsx";
import { isOut, isScheduled, STATE_WORDS } from "./article-states.ts";
import { CompareForm } from "./compare-page.tsx";
import { StateTags } from "./desk-list-page.tsx";
import type { ArticleEvent, DeskLine } from "./desk-queries.ts";

export interface StoryProps {
  article: DeskLine;
  now: Date;
  /** Newest first. */
  events: readonly ArticleEvent[];
  nameOf: (actor: string) => string;
}

/** Where the article stands, and what the public reads of it now. */
export function Standing(props: StoryProps) {
  const { article, nameOf } = props;
  const { state } = article;
  return (
    <>
      <p>
        <StateTags {...props} /> <PublicSide {...props} />
      </p>
      {article.reason !== "" && state !== "published" && (
        <Notice title={state === "withdrawn" ? "撤下原因" : "退回原因"} tone="wait">
          <p>{article.reason}</p>
          <p class="quiet">{formatShanghaiTime(article.changed_at)}</p>
        </Notice>
      )}
      {state === "submitted" && (
        <p class="quiet">{nameOf(article.author)} 已提交，等另一位编辑看过后发布。</p>
      )}
    </>
  );
}

/** What the public reads, or shall read, of the article; nothing where it is taken down and so says it. */
function PublicSide({ article, now, events }: StoryProps) {
  const { id, state, published_version, visible_from, shown_since, latest_version } = article;
  if (visible_from !== null && isScheduled(article, now)) {
    return (
      <>
        第 {published_version} 版将在 {formatShanghaiTime(visible_from)} 公开，现在公众还看不到。
      </>
    );
  }
  if (visible_from !== null && isOut(article, now)) {
    const isCorrected = shown_since !== null && shown_since > visible_from;
    return (
      <>
        第 {published_version} 版自 {formatShanghaiTime(shown_since ?? visible_from)} 起公开
        {isCorrected && `（更正；首次公开是 ${formatShanghaiTime(visible_from)}）`}，
        <a href={`/news/${id}`}>看公开的页面</a>
        {published_version !== latest_version &&
          `。第 ${latest_version} 版还没有发布，公开的仍是第 ${published_version} 版`}
      </>
    );
  }
  if (state === "withdrawn") return null;
  const cancelled = findCancelled(events);
  return (
    <>
      现在没有公开，公众看不到这篇新闻。
      {cancelled &&
        `第 ${cancelled.planned} 版原定 ${formatShanghaiTime(cancelled.at)} 公开，因为保存了第 ${cancelled.by} 版，已经取消。`}
    </>
  );
}

interface Cancelled {
  planned: number;
  at: Date;
  /** The version whose saving cancelled it. */
  by: number;
}

/** Finds the plan to publish that saving cancelled, where nothing was published since. */
function findCancelled(events: readonly ArticleEvent[]): Cancelled | null {
  const last = events.findIndex(({ state }) => state === "published" || state === "withdrawn");
  const plan = events[last];
  const save = events[last - 1];
  if (plan?.state !== "published" || plan.visible_from === null || save === undefined) return null;
  if (save.visible_from !== null) return null;
  return { planned: plan.version, at: plan.visible_from, by: save.version };
}

/** Every step at an article, with two versions to compare. */
export function Story({ article, events, nameOf }: StoryProps) {
  return (
    <Card title="版本和经过">
      {article.latest_version > 1 && (
        <CompareForm id={article.id} latest={article.latest_version} />
      )}
      <Table
        caption="经过"
        hidesCaption
        kind="register"
        rows={events.map((event, at) => ({ ...event, words: wordsOf(event, events[at + 1]) }))}
        rowKey={({ at, version, state }) => `${at.getTime()}-${version}-${state}`}
        columns={[
          { title: "时间", isWhole: true, cell: ({ at }) => formatShanghaiTime(at) },
          { title: "经过", isRowHeader: true, cell: ({ words }) => words },
          { title: "版本", isWhole: true, cell: ({ version }) => `第 ${version} 版` },
          { title: "谁", isWhole: true, cell: ({ actor }) => nameOf(actor) },
          { title: "原因", cell: ({ reason }) => reason || "–" },
        ]}
      />
    </Card>
  );
}

function wordsOf(event: ArticleEvent, before: ArticleEvent | undefined): string {
  const { state, at, version, visible_from } = event;
  switch (state) {
    case "draft":
      if (version === before?.version) return "退回";
      return before?.visible_from && visible_from === null ? "保存，定时发布取消" : "保存";
    case "submitted":
      return "提交";
    case "published":
      return visible_from !== null && visible_from > at
        ? `定时发布：${formatShanghaiTime(visible_from)} 公开`
        : "发布";
    default:
      return STATE_WORDS.withdrawn;
  }
}
