import type { BoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import { NoEstates } from "#src/accounts/institutions/no-estates.tsx";
import type { ApplicationStory } from "#src/applications/descriptor.ts";
import { byDay } from "#src/applications/story-words.ts";
import type { NoticeHouse } from "#src/bank/list-notice-houses.ts";
import { groupNumber, type ApplicationNumber as Number18 } from "#src/kernel/application-number.ts";
import { formatArea } from "#src/kernel/area.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Confirmation } from "#src/ui/box/confirmation.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { NextStep } from "#src/ui/box/next-step.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { RowLink } from "#src/ui/list/row-link.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { ApplicationNumber } from "#src/ui/progress/application-number.tsx";
import { Timeline } from "#src/ui/progress/timeline.tsx";
import { BATCHES_ON_PAGE, type BatchRow } from "./queries.ts";
import { type BatchState, STATE_WORDS } from "./story.ts";
import { hrefOf } from "./way.ts";

const CURRENT = "/workbench/batch-deposits";

export interface BatchListPageProps {
  shell: PageShell;
  person: InstitutionPerson;
  estates: readonly BoundEstate[];
  rows: readonly BatchRow[];
  totalCount: number;
  page: number;
}

/** 批量交款: where to start one, and those that were handed in. */
export function BatchListPage(props: BatchListPageProps) {
  const { estates, rows, totalCount, page } = props;
  return (
    <InstitutionPage shell={props.shell} person={props.person} title="批量交款" current={CURRENT}>
      <h1>批量交款</h1>
      <Card title="新的批量交款" id="new-batch">
        {estates.length === 0 ? (
          <NoEstates person={props.person} then="批准以后，可以在这里为房屋交款。" />
        ) : (
          estates.map(({ code, name }) => (
            <RowLink
              key={code}
              href={hrefOf(code)}
              icon="pay"
              title={name}
              text={`${code}，选没有交款的房屋，一张通知单一次交清`}
            />
          ))
        )}
      </Card>
      <Card title="交款通知单" id="own-batches">
        {rows.length === 0 ? (
          <EmptyState title="还没有批量交款">
            <p>提交以后，通知单和办理进度会出现在这里。</p>
          </EmptyState>
        ) : (
          <Table
            kind="register"
            caption="本单位提交的批量交款，最新的在前"
            hidesCaption
            columns={LIST_COLUMNS}
            rows={rows}
            rowKey={({ number }) => number}
          />
        )}
        <Pager
          page={page}
          pageSize={BATCHES_ON_PAGE}
          totalCount={totalCount}
          hrefOf={(n) => `${CURRENT}?page=${n}#own-batches`}
        />
      </Card>
    </InstitutionPage>
  );
}

const LIST_COLUMNS: readonly Column<BatchRow>[] = [
  {
    title: "业务单编号",
    isRowHeader: true,
    cell: ({ number }) => <a href={`${CURRENT}/${number}`}>{groupNumber(number)}</a>,
  },
  { title: "小区", cell: ({ estateName }) => estateName },
  { title: "户数", isMoney: true, cell: ({ houseCount }) => houseCount },
  { title: "金额（元）", isMoney: true, cell: ({ amountFen }) => formatYuan(amountFen) },
  {
    title: "提交时间",
    isWhole: true,
    cell: ({ createdAt }) => formatShanghaiTime(createdAt),
  },
  { title: "有效期至", isWhole: true, cell: ({ expiresOn }) => expiresOn },
  {
    title: "状态",
    cell: ({ state }) => {
      const { label, tone } = STATE_WORDS[state as BatchState];
      return <Tag tone={tone}>{label}</Tag>;
    },
  },
];

export interface BatchPageProps {
  shell: PageShell;
  person: InstitutionPerson;
  number: Number18;
  story: ApplicationStory;
  houses: readonly NoticeHouse[];
  page: number;
  isJustSubmitted: boolean;
  /** What taking it back means; null where it cannot be taken back. */
  cancelConsequence: string | null;
  errors: FormErrors;
}

const HOUSES_ON_PAGE = 100;

/** One batch deposit of the institution: what is next, its paper, its houses and its way. */
export function BatchPage(props: BatchPageProps) {
  const { number, story, houses, errors } = props;
  const title = `批量交款 ${groupNumber(number)}`;
  const page = Math.min(props.page, Math.max(1, Math.ceil(houses.length / HOUSES_ON_PAGE)));
  return (
    <InstitutionPage
      shell={props.shell}
      person={props.person}
      title={title}
      current={CURRENT}
      hasErrors={Object.keys(errors).length > 0}
    >
      {props.isJustSubmitted ? (
        <Confirmation title="提交成功">
          <p>
            业务单编号 <ApplicationNumber number={number} isPlain />
            。请打印交款通知单和清册{lastDayOf(story)}
          </p>
        </Confirmation>
      ) : (
        <h1>批量交款</h1>
      )}
      <ErrorSummary errors={errors} />
      <Next {...props} />
      <Card title="通知单" aside={<Tag tone={story.state.tone}>{story.state.label}</Tag>}>
        <p>
          <ApplicationNumber number={number} />
        </p>
        <Facts columns={2} facts={story.facts.map(([label, value]) => ({ label, value }))} />
      </Card>
      <Card title="清册" id="batch-houses">
        <Table
          kind="register"
          caption={`共 ${houses.length} 套房屋`}
          columns={HOUSE_COLUMNS}
          rows={houses.slice((page - 1) * HOUSES_ON_PAGE, page * HOUSES_ON_PAGE)}
          rowKey={({ n }) => n}
        />
        <Pager
          page={page}
          pageSize={HOUSES_ON_PAGE}
          totalCount={houses.length}
          hrefOf={(n) => `${CURRENT}/${number}?page=${n}#batch-houses`}
        />
      </Card>
      <Card title="办理进度">
        <Timeline
          steps={story.timeline.map(({ state, label, detail }) => ({
            state,
            what: label,
            when: detail,
          }))}
        />
      </Card>
      <Cancel {...props} />
    </InstitutionPage>
  );
}

function lastDayOf({ next }: ApplicationStory): string {
  return next.keepBy === undefined ? "" : `，${byDay(next.keepBy)}到银行交款`;
}

function Next({ number, story }: BatchPageProps) {
  const { next } = story;
  const print = story.printable.length > 0 && (
    <Actions>
      <ButtonLink
        kind={next.who === "applicant" ? "primary" : "plain"}
        icon="print"
        href={`${CURRENT}/${number}/slip`}
        opensNewTab
      >
        打印交款通知单和清册
      </ButtonLink>
    </Actions>
  );
  if (next.who === "nobody") {
    return (
      <Card title={next.title}>
        <div class="card-parts">
          <p>{next.text}。</p>
          {print}
        </div>
      </Card>
    );
  }
  return (
    <NextStep turn={next.who === "applicant" ? "yours" : "ours"} title={next.title}>
      <p>{next.text}。</p>
      {print}
    </NextStep>
  );
}

function Cancel({ number, cancelConsequence, errors }: BatchPageProps) {
  if (cancelConsequence === null) return null;
  return (
    <Card>
      <Disclosure summary="不交了？可以撤销" isOpen={errors[""] !== undefined}>
        <p>{cancelConsequence}。</p>
        <Form action={`${CURRENT}/${number}/cancel`} label="撤销">
          <Actions>
            <Button kind="danger">撤销这张通知单</Button>
          </Actions>
        </Form>
      </Disclosure>
    </Card>
  );
}

const HOUSE_COLUMNS: readonly Column<NoticeHouse>[] = [
  { title: "序号", isWhole: true, cell: ({ n }) => n },
  { title: "房屋", isRowHeader: true, cell: ({ address }) => address },
  { title: "房屋编号", isWhole: true, cell: ({ code }) => code },
  {
    title: "建筑面积（㎡）",
    isMoney: true,
    cell: ({ areaHundredths }) => formatArea(areaHundredths),
  },
  { title: "金额（元）", isMoney: true, cell: ({ amountFen }) => formatYuan(amountFen) },
];
