import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import { batchTotal } from "#src/bank/issue-batch-notice.ts";
import { formatArea } from "#src/kernel/area.ts";
import { formatYuan, plainYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import { standardText } from "#src/register/standards/standard-text.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag, type Tone } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { Columns } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { AmountPanel } from "#src/ui/money/amount-panel.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { Steps } from "#src/ui/progress/steps.tsx";
import type { BatchKind, ChosenHouse, JudgedBatch, Obstacle, ObstacleKind } from "./rules.ts";
import { writeBuildings } from "./schema.ts";
import { hrefOf, STEPS } from "./way.ts";

export interface ReviewPageProps {
  shell: PageShell;
  person: InstitutionPerson;
  estate: { code: string; name: string };
  depositKind: BatchKind;
  judged: JudgedBatch;
  /** The buildings that were listed, for the way back. */
  buildings: readonly string[];
  submissionKey: string;
  phone: string;
  errors: FormErrors;
}

/** What will be asked for: each house with its amount, the total, and what stayed out and why. */
export function ReviewPage(props: ReviewPageProps) {
  const { estate, judged, errors, depositKind } = props;
  const { chosen, obstacles } = judged;
  const [first] = chosen;
  const total = batchTotal(chosen);
  return (
    <InstitutionPage
      shell={props.shell}
      person={props.person}
      title="批量交款：核对金额"
      current="/workbench/batch-deposits"
      hasErrors={Object.keys(errors).length > 0}
    >
      <Steps steps={STEPS} current={2} />
      <h1>批量交款：核对金额</h1>
      <ErrorSummary errors={errors} />
      <Columns
        side={
          <AmountPanel label="应交合计" fen={total} capitals={rmbInCapitals(total)}>
            <p>
              {chosen.length} 套房屋，{DEPOSIT_KIND_WORDS[depositKind]}
              。每套的金额按建筑面积和交存标准计算，不能改
            </p>
          </AmountPanel>
        }
        isSideFirst
      >
        <Form action={`/workbench/batch-deposits/submit/${estate.code}`} label="提交批量交款">
          <Card title="交款信息">
            <div class="card-parts">
              <Facts
                facts={[
                  { label: "小区", value: estate.name },
                  { label: "交款单位", value: props.person.institutionName },
                  {
                    label: "交款银行",
                    value: first ? `${first.house.custody.bankName}任一网点` : "",
                  },
                ]}
              />
              <TextField
                name="phone"
                label="联系手机"
                hint="这笔交款有问题时，我们用它联系贵单位"
                type="tel"
                inputMode="tel"
                autocomplete="tel"
                width="short"
                value={props.phone}
                error={errors["phone"]}
              />
              <p class="quiet">
                其中任何一套房屋先用别的通知单交了款，这张通知单就作废，钱不会只记一部分。
              </p>
            </div>
          </Card>
          <HiddenField name="submissionKey" value={props.submissionKey} />
          <HiddenField name="kind" value={depositKind} />
          <HiddenField name="buildings" value={writeBuildings(props.buildings)} />
          <HiddenField name="totalSeen" value={plainYuan(total)} />
          {chosen.map(({ house }) => (
            <HiddenField key={house.code} name="house" value={house.code} />
          ))}
          <Actions>
            <Button kind="primary" isLarge>
              提交
            </Button>
            <Button
              name="scope"
              value="edit"
              formAction={`/workbench/batch-deposits/review/${estate.code}`}
            >
              返回修改选择
            </Button>
          </Actions>
        </Form>
      </Columns>
      {obstacles.length > 0 && <Obstacles obstacles={obstacles} />}
      <Card title="清册" id="batch-houses">
        <Table
          kind="register"
          caption={`${chosen.length} 套房屋和每套的应交金额`}
          columns={COLUMNS}
          rows={chosen}
          rowKey={({ house }) => house.code}
          total={[`合计 ${chosen.length} 套`, null, null, null, formatYuan(total)]}
        />
      </Card>
    </InstitutionPage>
  );
}

const COLUMNS: readonly Column<ChosenHouse>[] = [
  {
    title: "房屋",
    isRowHeader: true,
    cell: ({ house, openNoticeCount }) => (
      <>
        {house.address}
        {openNoticeCount > 0 && (
          <>
            {" "}
            <Tag tone="wait">已有没交款的通知单</Tag>
          </>
        )}
      </>
    ),
  },
  { title: "房屋编号", isWhole: true, cell: ({ house }) => house.code },
  { title: "建筑面积（㎡）", isMoney: true, cell: ({ house }) => formatArea(house.areaHundredths) },
  {
    title: "交存标准",
    isMoney: true,
    cell: ({ house }) => house.standard && standardText(house.standard),
  },
  { title: "应交（元）", isMoney: true, cell: ({ amountFen }) => formatYuan(amountFen) },
];

const OBSTACLE_TAGS: Record<ObstacleKind, { tone: Tone; words: string }> = {
  repeated: { tone: "brand", words: "名单里重复" },
  paid: { tone: "bad", words: "已经交过" },
  unknown: { tone: "wait", words: "没有这套房屋" },
  "other-kind": { tone: "wait", words: "类别不同" },
  "not-due": { tone: "mute", words: "不用交款" },
};

/** The houses that stay out, each with its reason in words and hue; shown alone when none goes in. */
function Obstacles({ obstacles }: { obstacles: readonly Obstacle[] }) {
  const hasLines = obstacles.some(({ line }) => line !== null);
  const columns: Column<Obstacle>[] = [
    ...(hasLines
      ? [{ title: "行号", isWhole: true, cell: ({ line }: Obstacle) => line ?? "" }]
      : []),
    { title: "房屋编号", isRowHeader: true, cell: ({ code }) => code },
    {
      title: "情况",
      cell: ({ kind }) => <Tag tone={OBSTACLE_TAGS[kind].tone}>{OBSTACLE_TAGS[kind].words}</Tag>,
    },
    { title: "原因", cell: ({ reason }) => reason },
  ];
  return (
    <Card title={`没有列入的 ${obstacles.length} 行`} id="obstacles">
      <p>请核对下面的原因。其余的房屋可以照常提交。</p>
      <Table
        kind="register"
        caption="没有列入的房屋和原因"
        hidesCaption
        columns={columns}
        rows={obstacles}
        rowKey={({ line, code }) => `${line ?? ""}/${code}`}
      />
    </Card>
  );
}

/** Told when a list has no house that can be asked for anything. */
export function NothingPage(props: {
  shell: PageShell;
  person: InstitutionPerson;
  estate: { code: string; name: string };
  obstacles: readonly Obstacle[];
  sentence: string;
}) {
  const { estate, obstacles, sentence } = props;
  return (
    <InstitutionPage
      shell={props.shell}
      person={props.person}
      title="批量交款：没有可交款的房屋"
      current="/workbench/batch-deposits"
      hasErrors
    >
      <Steps steps={STEPS} current={1} />
      <h1>批量交款：{estate.name}</h1>
      <Notice title={sentence} tone="bad">
        <p>
          <a href={hrefOf(estate.code)}>返回重选</a>
        </p>
      </Notice>
      <Obstacles obstacles={obstacles} />
    </InstitutionPage>
  );
}
