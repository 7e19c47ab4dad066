import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { Columns, PageHead } from "#src/ui/layout.tsx";
import { FileLine, Lines } from "#src/ui/list/lines.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { DESK_FILE_PATH } from "./article-body.ts";
import { STATE_WORDS, shownState } from "./article-states.ts";
import { ArticleText } from "./article-text.tsx";
import { CompareForm } from "./compare-page.tsx";
import { StateTag } from "./desk-list-page.tsx";
import type { ArticleEvent, ArticleVersion, DeskLine } from "./desk-queries.ts";
import type { NewsFileLine } from "./news-files.ts";
import { StepForms, type TypedSteps } from "./step-forms.tsx";

export interface DeskArticlePageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  now: Date;
  article: DeskLine & ArticleVersion;
  /** The latest version's text, cleaned, with its pictures at the desk's address. */
  html: string;
  files: readonly NewsFileLine[];
  events: readonly ArticleEvent[];
  nameOf: (actor: string) => string;
  /** Whether whoever looks wrote the latest version. */
  isOwn: boolean;
  /** The version that was just saved. */
  savedVersion: number | null;
  /** Whether saving left out words of what was typed. */
  hasLostWords: boolean;
  typed: TypedSteps;
  errors: FormErrors;
}

/** An article at the desk: how it will look, what can be done with it, and its story. */
export function DeskArticlePage(props: DeskArticlePageProps) {
  const { shell, person, article, html, files, errors, savedVersion } = props;
  const isJustSaved = savedVersion !== null && Object.keys(errors).length === 0;
  return (
    <WorkbenchPage
      shell={shell}
      person={person}
      title={article.title}
      current="/review/news"
      hasErrors={Object.keys(errors).length > 0}
      longText="read"
    >
      <p>
        <a href="/review/news">返回新闻列表</a>
      </p>
      <PageHead title={article.title} />
      <ErrorSummary errors={errors} />
      {isJustSaved && <p role="status">第 {savedVersion} 版已保存。</p>}
      {isJustSaved && props.hasLostWords && <LostWords />}
      <Standing {...props} />
      <Columns side={<StepForms {...props} />}>
        <Card title={`第 ${article.version} 版`} aside={<EditLink id={article.id} />}>
          <p class="quiet article-facts">
            <span>{article.category}</span>
            <span>来源：{article.source}</span>
            <span>
              {props.nameOf(article.author)} 写于 {formatShanghaiTime(article.saved_at)}
            </span>
          </p>
          {article.summary && <p class="quiet">摘要：{article.summary}</p>}
          <ArticleText html={html} />
          {files.length > 0 && (
            <>
              <h3>附件</h3>
              <Lines>
                {files.map((file) => (
                  <FileLine
                    key={file.id}
                    href={DESK_FILE_PATH + file.id}
                    title={file.name}
                    fileName={file.name}
                    sizeBytes={file.size_bytes}
                  />
                ))}
              </Lines>
            </>
          )}
        </Card>
        <Story {...props} />
      </Columns>
    </WorkbenchPage>
  );
}

function LostWords() {
  return (
    <Notice title="粘贴的内容有一部分没有保留" tone="wait">
      <p>
        原文里有些字放在网页上不能用的部分（例如图形、输入框，或没有写完的代码），保存时去掉了。请把下面的正文和原文对照，缺的字请点“编辑”补上。
      </p>
    </Notice>
  );
}

function EditLink({ id }: { id: number }) {
  return <ButtonLink href={`/review/news/${id}/edit`}>编辑</ButtonLink>;
}

/** Where the article stands, and what the public reads of it now. */
function Standing({ article, now, nameOf }: DeskArticlePageProps) {
  const state = shownState(article, now);
  const { published_version, visible_from, latest_version } = article;
  const isOut = visible_from !== null && visible_from <= now;
  return (
    <>
      <p>
        <StateTag state={state} />{" "}
        {published_version !== null && visible_from !== null && (
          <>
            第 {published_version} 版{isOut ? "自" : "将在"} {formatShanghaiTime(visible_from)}{" "}
            {isOut ? "起公开" : "公开"}
            {isOut && (
              <>
                ，<a href={`/news/${article.id}`}>看公开的页面</a>
              </>
            )}
            {published_version !== latest_version &&
              `。第 ${latest_version} 版还没有发布，公开的仍是第 ${published_version} 版`}
          </>
        )}
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

function Story({ article, events, nameOf }: DeskArticlePageProps) {
  return (
    <Card title="版本和经过">
      {article.latest_version > 1 && (
        <CompareForm id={article.id} latest={article.latest_version} />
      )}
      <Table
        caption="经过"
        hidesCaption
        kind="register"
        rows={events.map((event, at) => ({ ...event, isSave: isSave(events, at) }))}
        rowKey={({ at, version, state }) => `${at.getTime()}-${version}-${state}`}
        columns={[
          { title: "时间", isWhole: true, cell: ({ at }) => formatShanghaiTime(at) },
          {
            title: "经过",
            isRowHeader: true,
            cell: ({ state, isSave: saved }) => wordsOf(state, saved),
          },
          { title: "版本", isWhole: true, cell: ({ version }) => `第 ${version} 版` },
          { title: "谁", isWhole: true, cell: ({ actor }) => nameOf(actor) },
          { title: "原因", cell: ({ reason }) => reason || "–" },
        ]}
      />
    </Card>
  );
}

/** Newest first: a version that the event before did not have was saved by this one. */
function isSave(events: readonly ArticleEvent[], at: number): boolean {
  return events[at]?.version !== events[at + 1]?.version;
}

function wordsOf(state: string, isSaved: boolean): string {
  if (state === "draft") return isSaved ? "保存" : "退回";
  if (state === "submitted") return "提交";
  if (state === "published") return "发布";
  return STATE_WORDS.withdrawn;
}
