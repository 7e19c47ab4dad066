import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState, Notice } from "#src/ui/box/notice.tsx";
import { Tag, type Tone } from "#src/ui/drawing/tag.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { SPREADSHEETS, UploadField } from "#src/ui/form/upload-field.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { ProgressBar } from "#src/ui/progress/progress-bar.tsx";
import {
  type HouseImport,
  type ImportProblem,
  type ImportState,
  PROBLEMS_ON_PAGE,
} from "./queries.ts";

const HOME = "/workbench/house-imports";

const STATE_WORDS: Record<ImportState, { label: string; tone: Tone }> = {
  waiting: { label: "等待导入", tone: "wait" },
  running: { label: "正在导入", tone: "wait" },
  done: { label: "导入完成", tone: "ok" },
  failed: { label: "没有导入完", tone: "bad" },
};

/** How an import stands, with its mistakes named: 导入完成，有问题 3 行. */
function stateTag({ state, badRowCount }: HouseImport) {
  if (state === "done" && badRowCount > 0) {
    return <Tag tone="wait">导入完成，有问题 {badRowCount} 行</Tag>;
  }
  return <Tag tone={STATE_WORDS[state].tone}>{STATE_WORDS[state].label}</Tag>;
}

export interface ImportListPageProps {
  shell: PageShell;
  person: InstitutionPerson;
  imports: readonly HouseImport[];
  errors: FormErrors;
}

/** 房屋导入: the way to hand a file in, and what became of earlier ones. */
export function ImportListPage({ shell, person, imports, errors }: ImportListPageProps) {
  return (
    <InstitutionPage
      shell={shell}
      person={person}
      title="房屋导入"
      current={HOME}
      hasErrors={Object.keys(errors).length > 0}
    >
      <h1>房屋导入</h1>
      <ErrorSummary errors={errors} />
      <Card title="导入房屋登记文件" id="new-import">
        <div class="card-parts">
          <p>
            一行一套房屋，只能导入本单位绑定的小区。好的行登记，有问题的行逐行说明行号、列名和原因；改好以后把同一个文件再导入一次就行，已经登记的不会变，也不会重复。
          </p>
          <Form action={HOME} label="导入房屋" hasFiles>
            <UploadField
              name="file"
              label="登记文件"
              hint="xlsx 或 CSV，不超过 100 MB。必须有的列：物业区域名称、区划代码、幢号、房号、建筑面积、房屋用途"
              error={errors["file"]}
              accept={SPREADSHEETS}
            />
            <Actions>
              <Button kind="primary" icon="file">
                上传并导入
              </Button>
              <a href={`${HOME}/template.csv`}>下载空白表格</a>
            </Actions>
          </Form>
        </div>
      </Card>
      <Card title="导入记录" id="own-imports">
        {imports.length === 0 ? (
          <EmptyState title="还没有导入过">
            <p>上传以后，进度和结果会出现在这里。</p>
          </EmptyState>
        ) : (
          <Table
            kind="sheet"
            caption="最近导入的文件，最新的在前"
            hidesCaption
            columns={LIST_COLUMNS}
            rows={imports}
            rowKey={({ id }) => id}
          />
        )}
      </Card>
    </InstitutionPage>
  );
}

const LIST_COLUMNS: readonly Column<HouseImport>[] = [
  {
    title: "文件",
    isRowHeader: true,
    cell: ({ id, fileName }) => <a href={`${HOME}/${id}`}>{fileName}</a>,
  },
  {
    title: "上传时间",
    label: "",
    isWhole: true,
    cell: ({ createdAt }) => formatShanghaiTime(createdAt),
  },
  { title: "行数", isMoney: true, cell: ({ rowCount }) => rowCount },
  { title: "新增", isMoney: true, cell: ({ housesAdded }) => `${housesAdded} 套` },
  { title: "未变", isMoney: true, cell: ({ housesUnchanged }) => `${housesUnchanged} 套` },
  { title: "状态", place: "top", label: "", cell: stateTag },
];

export interface ImportPageProps {
  shell: PageShell;
  person: InstitutionPerson;
  one: HouseImport;
  problems: readonly ImportProblem[];
  problemCount: number;
  page: number;
}

/** One import: how far it is, what it did, and what is wrong with which line and column. */
export function ImportPage(props: ImportPageProps) {
  const { one } = props;
  const isOpen = one.state === "waiting" || one.state === "running";
  return (
    <InstitutionPage
      shell={props.shell}
      person={props.person}
      title={`导入 ${one.fileName}`}
      current={HOME}
    >
      <h1>{one.fileName}</h1>
      {isOpen ? <Progress one={one} /> : <Outcome one={one} />}
      {props.problemCount > 0 && <Problems {...props} />}
      <p>
        <a href={HOME}>返回房屋导入</a>
      </p>
    </InstitutionPage>
  );
}

function Progress({ one }: { one: HouseImport }) {
  return (
    <Card title="进度" id="progress" aside={stateTag(one)}>
      <div class="card-parts">
        <ProgressBar
          label={one.state === "waiting" ? "等待导入" : "正在导入"}
          thousandths={one.readThousandths}
          note={`已处理 ${one.rowCount} 行，有问题 ${one.badRowCount} 行`}
        />
        <p>可以离开本页，导入会继续。以后从导入记录里再打开看结果。</p>
        <Actions>
          <ButtonLink href={`${HOME}/${one.id}`} icon="rotate">
            刷新进度
          </ButtonLink>
        </Actions>
      </div>
    </Card>
  );
}

function Outcome({ one }: { one: HouseImport }) {
  const { stopped, warnings } = one;
  return (
    <>
      {stopped !== null && (
        <Notice title={stopped} tone="bad">
          <p>已经登记的房屋都在。改好以后可以把同一个文件再导入一次。</p>
        </Notice>
      )}
      <Card title="结果" id="outcome" aside={stateTag(one)}>
        <Facts
          columns={2}
          facts={[
            { label: "上传时间", value: formatShanghaiTime(one.createdAt) },
            { label: "完成时间", value: one.finishedAt && formatShanghaiTime(one.finishedAt) },
            { label: "文件行数", value: `${one.rowCount} 行` },
            { label: "新增房屋", value: `${one.housesAdded} 套` },
            { label: "没有变化", value: `${one.housesUnchanged} 套` },
            { label: "有问题", value: `${one.badRowCount} 行` },
          ]}
        />
        {warnings.length > 0 && (
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>注意：{warning}</li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

function Problems(props: ImportPageProps) {
  const { one, problems, problemCount, page } = props;
  return (
    <Card title="有问题的行" id="problems">
      <div class="card-parts">
        <Table
          kind="sheet"
          caption={`共 ${problemCount} 处，没有导入这些行`}
          columns={PROBLEM_COLUMNS}
          rows={problems}
          rowKey={({ n }) => n}
        />
        <Pager
          page={page}
          pageSize={PROBLEMS_ON_PAGE}
          totalCount={problemCount}
          hrefOf={(n) => `${HOME}/${one.id}?page=${n}#problems`}
        />
        <Actions>
          <ButtonLink href={`${HOME}/${one.id}/problems.csv`} icon="file">
            下载错误报告 CSV
          </ButtonLink>
          <ButtonLink href={`${HOME}/${one.id}/problems.xlsx`} icon="file">
            下载错误报告 XLSX
          </ButtonLink>
        </Actions>
      </div>
    </Card>
  );
}

const PROBLEM_COLUMNS: readonly Column<ImportProblem>[] = [
  { title: "行号", isRowHeader: true, isWhole: true, cell: ({ line }) => `第 ${line} 行` },
  { title: "列名", label: "", cell: ({ column }) => column || "整行" },
  { title: "情况", place: "top", label: "", cell: ({ reason }) => <Tag {...lookOf(reason)} /> },
  { title: "原因", label: "", cell: ({ reason }) => reason },
];

/** The kinds of mistakes that lists have most get a hue and a word of their own. */
function lookOf(reason: string): { tone: Tone; children: string } {
  if (/是同一套房屋/.test(reason)) return { tone: "brand", children: "重复" };
  if (/已在册/.test(reason)) return { tone: "wait", children: "与登记不同" };
  if (/不是本单位绑定/.test(reason)) return { tone: "bad", children: "别的小区" };
  return { tone: "bad", children: "填写有误" };
}
