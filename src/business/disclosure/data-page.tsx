import { Card } from "#src/ui/box/card.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { DATASETS, type DatasetName, TAKEN_BY_YEAR } from "./datasets.ts";
import { DISCLOSURE_CRUMB, DisclosureTabs } from "./parts.tsx";

export interface DataPageProps {
  shell: PageShell;
  /** Those that the policy lets be told. */
  names: readonly DatasetName[];
}

/** 开放数据: every file with its columns and its schema, for spreadsheets and for programs. */
export function DataPage({ shell, names }: DataPageProps) {
  return (
    <Page
      shell={shell}
      title="维修资金开放数据"
      description="维修资金公示数字的 CSV 和 JSON 文件、字段说明和结构文件，任何人都可以下载使用，没有任何一户的数据。"
      crumbs={[DISCLOSURE_CRUMB, { title: "开放数据" }]}
    >
      <PageHead title="维修资金开放数据">
        公示的数字都可以下载：CSV 用表格软件打开，JSON
        给程序用。没有任何一户的数据，也没有个人信息。
      </PageHead>
      <DisclosureTabs current="/disclosure/data" />
      <Card title="文件" id="files">
        <Table
          kind="register"
          caption="可以下载的文件"
          hidesCaption
          columns={[
            { title: "内容", isRowHeader: true, cell: (name) => DATASETS[name].title },
            { title: "CSV", cell: (name) => <FileLink path={`data/${name}.csv`} name={name} /> },
            { title: "JSON", cell: (name) => <FileLink path={`data/${name}.json`} name={name} /> },
            {
              title: "JSON 的结构",
              cell: (name) => <FileLink path={`schema/${name}.json`} name={name} />,
            },
          ]}
          rows={names}
          rowKey={(name) => name}
        />
        <p class="small">
          锁定的年度数字在<a href="/disclosure/years">历年锁定</a>下载，结构见
          <a href="/disclosure/schema/locked-year.json">locked-year.json</a>。
        </p>
      </Card>
      <Card title="怎么用" id="usage">
        <ul class="bullets">
          <li>金额是元，两位小数；JSON 里写成文本，以免程序按小数处理时丢掉分。</li>
          <li>
            每一行都满足：年初（月初）余额 + 交存 + 利息 − 使用 − 退款 + 其他 =
            年末（月末）余额；各月加起来等于全年，各区、各小区加起来等于全市。
          </li>
          {names.includes(TAKEN_BY_YEAR) && (
            <li>
              “各小区每月收支”一次给一年：不写年份是最近一年，别的年份在地址后面加 ?year=，例如
              estate-months.csv?year=2025。
            </li>
          )}
          <li>文件带 ETag：请带上 If-None-Match 再取，没有变化时只回 304。</li>
          <li>
            可以加字段；含义改变时 format 换号（现在是 city-fund/1）。字段说明写在结构文件里。
          </li>
          <li>户数很少的小区不单独成行，和本区其他户数少的小区合成一行。</li>
        </ul>
      </Card>
    </Page>
  );
}

function FileLink({ path, name }: { path: string; name: DatasetName }) {
  const fileName = path.split("/").at(-1);
  return (
    <a href={`/disclosure/${path}`}>
      {fileName}
      <span class="heard">：{DATASETS[name].title}</span>
    </a>
  );
}
