import { EstateFrame, type EstateFrameProps } from "#src/accounts/institutions/estate-frame.tsx";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import type { EstateHouse } from "#src/ledger/estate-houses.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState, Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { ProgressBar } from "#src/ui/progress/progress-bar.tsx";
import { type TopUpRule, topUpFigures } from "./top-up.ts";
import type { TopUpBatch } from "./top-up-batches.ts";

export interface TopUpPageProps extends EstateFrameProps {
  rule: TopUpRule;
  /** All houses below the line, of the chosen building or of the estate, in order. */
  houses: readonly EstateHouse[];
  /** The buildings in which a house is below the line. */
  buildings: readonly { key: string; label: string; count: number }[];
  building: string | null;
  page: number;
  /** Made with the page: the same form asks for its print once. */
  batchId: string;
  batches: readonly TopUpBatch[];
  errors: FormErrors;
}

const HOUSES_ON_PAGE = 30;

/** 续交通知: the houses of an estate below the line, and their notices, one by one or all. */
export function TopUpPage(props: TopUpPageProps) {
  const { estate, rule, houses, building, batches } = props;
  const path = `/workbench/estates/${estate.code}/top-up`;
  return (
    <EstateFrame
      {...props}
      title={`${estate.name} 续交通知`}
      tab="top-up"
      hasErrors={Object.keys(props.errors).length > 0}
    >
      <ErrorSummary errors={props.errors} />
      {houses.length === 0 && building === null ? (
        <EmptyState title={`没有余额不足 ${rule.triggerPercent}% 的房屋`}>
          <p>有房屋要续交时会出现在这里</p>
        </EmptyState>
      ) : (
        <>
          <PrintAllCard {...props} path={path} />
          <HousesCard {...props} path={path} />
        </>
      )}
      {batches.length > 0 && <BatchesCard batches={batches} />}
    </EstateFrame>
  );
}

function PrintAllCard(props: TopUpPageProps & { path: string }) {
  const { rule, buildings, building, batchId, path } = props;
  const total = buildings.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card title="打印全部" id="print-all">
      <p>
        余额不足首次交存 {rule.triggerPercent}% 的房屋要续交到 {rule.targetPercent}
        %。通知一户一页，不写业主姓名，上面有二维码可以直接续交。
      </p>
      <Form action={path} label="打印全部续交通知">
        <HiddenField name="batch" value={batchId} />
        <SelectField
          name="building"
          label="范围"
          value={building ?? ""}
          error={props.errors["building"]}
          options={[
            { value: "", label: `整个小区，${total} 户` },
            ...buildings.map(({ key, label, count }) => ({
              value: key,
              label: `${label}，${count} 户`,
            })),
          ]}
        />
        <Actions>
          <Button kind="primary" icon="print">
            生成续交通知
          </Button>
        </Actions>
      </Form>
    </Card>
  );
}

function HousesCard(props: TopUpPageProps & { path: string }) {
  const { houses, buildings, building, rule, path } = props;
  const page = Math.min(props.page, Math.max(1, Math.ceil(houses.length / HOUSES_ON_PAGE)));
  return (
    <Card title={`不足 ${rule.triggerPercent}% 的房屋`} id="houses-below">
      <form class="filters" action={path} method="get" aria-label="筛选房屋">
        <SelectField
          name="building"
          scope="filter"
          label="幢"
          prompt="全部幢"
          value={building ?? ""}
          options={buildings.map(({ key, label }) => ({ value: key, label }))}
        />
        <Actions>
          <Button>筛选</Button>
        </Actions>
      </form>
      <Table
        kind="sheet"
        caption={`${houses.length} 户，金额单位元`}
        columns={columnsFor(path, rule)}
        rows={houses.slice((page - 1) * HOUSES_ON_PAGE, page * HOUSES_ON_PAGE)}
        rowKey={({ code }) => code}
      />
      <Pager
        page={page}
        pageSize={HOUSES_ON_PAGE}
        totalCount={houses.length}
        hrefOf={(n) => topUpHref(path, building, n)}
      />
    </Card>
  );
}

function topUpHref(path: string, building: string | null, page: number): string {
  const query = new URLSearchParams();
  if (building !== null) query.set("building", building);
  if (page > 1) query.set("page", `${page}`);
  return query.size === 0 ? path : `${path}?${query}`;
}

function columnsFor(path: string, rule: TopUpRule): Column<EstateHouse>[] {
  const figures = (house: EstateHouse) => topUpFigures(house, rule);
  return [
    {
      title: "房屋",
      isRowHeader: true,
      cell: ({ buildingLabel, unitLabel, roomLabel, code }) => (
        <span>
          {[buildingLabel, unitLabel, roomLabel].filter(Boolean).join(" ")}
          <span class="small line-note">{code}</span>
        </span>
      ),
    },
    { title: "首期已交", isMoney: true, cell: ({ firstPaidFen }) => formatYuan(firstPaidFen) },
    { title: "余额", isMoney: true, cell: (house) => formatYuan(figures(house).balanceFen) },
    {
      title: `${rule.triggerPercent}% 线`,
      isMoney: true,
      cell: (house) => formatYuan(figures(house).lineFen),
    },
    {
      title: "应续交",
      isMoney: true,
      place: "top",
      cell: (house) => formatYuan(figures(house).topUpFen),
    },
    {
      title: "通知",
      cell: ({ code }) => (
        <a href={`${path}/${code}`} aria-label={`打印续交通知 ${code}`}>
          打印续交通知
        </a>
      ),
    },
  ];
}

function BatchesCard({ batches }: { batches: readonly TopUpBatch[] }) {
  return (
    <Card title="生成过的续交通知" id="batches">
      <Table
        kind="register"
        caption="七天内生成的续交通知"
        hidesCaption
        rows={batches}
        rowKey={({ id }) => id}
        columns={[
          {
            title: "生成时间",
            isRowHeader: true,
            isWhole: true,
            cell: ({ id, requestedAt }) => (
              <a href={`/workbench/top-up/${id}`}>{formatShanghaiTime(requestedAt)}</a>
            ),
          },
          { title: "范围", cell: ({ buildingLabel }) => buildingLabel || "整个小区" },
          { title: "进度", cell: progressWords },
        ]}
      />
      <p class="quiet">生成以后保留 7 天。</p>
    </Card>
  );
}

function progressWords({ isGivenUp, printedCount, houseCount }: TopUpBatch): string {
  if (isGivenUp) return "没有做成，请重新生成";
  return printedCount === houseCount
    ? `已做好，${houseCount} 户`
    : `${printedCount} / ${houseCount} 户`;
}

/** One print of many notices: how far it is, and its files as soon as they are there. */
export function TopUpBatchPage({ batch, ...frame }: EstateFrameProps & { batch: TopUpBatch }) {
  const { id, houseCount, printedCount, isGivenUp, files } = batch;
  const scope = batch.buildingLabel || "整个小区";
  const back = `/workbench/estates/${frame.estate.code}/top-up`;
  return (
    <EstateFrame {...frame} title={`${frame.estate.name} 续交通知 ${scope}`} tab="top-up">
      {isGivenUp ? (
        <Notice title="没有做成" tone="bad">
          <p>
            做到第 {printedCount} 户时打印出了问题。请 <a href={back}>重新生成</a>，还不行请打
            12345。
          </p>
        </Notice>
      ) : printedCount < houseCount ? (
        <Card title="进度" id="progress">
          <div class="card-parts">
            <ProgressBar
              label="正在生成续交通知"
              thousandths={Math.floor((printedCount * 1000) / houseCount)}
              note={`已做好 ${printedCount} 户，共 ${houseCount} 户`}
            />
            <p>可以离开本页，做好以后回来下载。</p>
            <Actions>
              <ButtonLink href={`/workbench/top-up/${id}`} icon="rotate">
                刷新进度
              </ButtonLink>
            </Actions>
          </div>
        </Card>
      ) : (
        <Notice title={files.length === 0 ? "没有要打印的通知" : "已做好，可以下载"} icon="check">
          <p>
            {files.length === 0
              ? "这些房屋都已经续交。"
              : `共 ${houseCount} 户。打印前已经续交的房屋不再打印。`}
          </p>
        </Notice>
      )}
      {files.length > 0 && (
        <Card title="下载" id="files">
          <Actions>
            {files.map(({ n, firstHouse, lastHouse }) => (
              <ButtonLink key={n} href={`/workbench/top-up/${id}/files/${n}`} icon="file">
                {`第 ${firstHouse}–${lastHouse} 户 PDF`}
              </ButtonLink>
            ))}
          </Actions>
        </Card>
      )}
      <p>
        <a href={back}>返回续交通知</a>
      </p>
    </EstateFrame>
  );
}
