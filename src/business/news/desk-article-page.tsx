import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { Columns, PageHead } from "#src/ui/layout.tsx";
import { FileLine, Lines } from "#src/ui/list/lines.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { DESK_FILE_PATH, type Lost } from "./article-body.ts";
import { Standing, Story } from "./article-story.tsx";
import { ArticleText } from "./article-text.tsx";
import type { ArticleEvent, DeskArticle } from "./desk-queries.ts";
import type { NewsFileLine } from "./news-files.ts";
import { StepForms, type TypedSteps } from "./step-forms.tsx";

export interface DeskArticlePageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  now: Date;
  article: DeskArticle;
  /** The latest version's text, cleaned, with its pictures at the desk's address. */
  html: string;
  files: readonly NewsFileLine[];
  events: readonly ArticleEvent[];
  nameOf: (actor: string) => string;
  /** Whether whoever looks wrote the latest version. */
  isOwn: boolean;
  /** The version that was just saved. */
  savedVersion: number | null;
  /** What saving left out of what was typed. */
  lost: Lost;
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
      {isJustSaved && props.lost !== null && <LostNotice {...LOST_WORDS[props.lost]} />}
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
          <Summary {...article} />
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

/** What is told after saving, by what was left out. */
const LOST_WORDS: Readonly<Record<NonNullable<Lost>, { title: string; words: string }>> = {
  words: {
    title: "粘贴的内容有一部分没有保留",
    words:
      "原文里有些字放在网页上不能用的部分（例如图形、输入框，或没有写完的代码），保存时去掉了。请把下面的正文和原文对照，缺的字请点“编辑”补上。",
  },
  pictures: {
    title: "有的图片没有保留",
    words: "文字都在。从别处粘贴的图片不能直接用：请点“编辑”，在“正文里的图片”里从电脑选图上传。",
  },
  links: {
    title: "有的链接没有保留",
    words:
      "文字都在，链接地址去掉了。链接要写完整的网址，以 https:// 开头；本站的页面以 / 开头。请点“编辑”重新加上。",
  },
};

function LostNotice({ title, words }: { title: string; words: string }) {
  return (
    <Notice title={title} tone="wait">
      <p>{words}</p>
    </Notice>
  );
}

function EditLink({ id }: { id: number }) {
  return <ButtonLink href={`/review/news/${id}/edit`}>编辑</ButtonLink>;
}

function Summary({ summary, shown_summary }: DeskArticle) {
  if (shown_summary === "") return null;
  return (
    <p class="quiet">
      {summary === "" ? "摘要（没有填，用正文的第一段）" : "摘要"}：{shown_summary}
    </p>
  );
}
