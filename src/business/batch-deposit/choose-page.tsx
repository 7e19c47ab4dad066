import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import { BATCH_HOUSES_MAX } from "#src/bank/issue-batch-notice.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { TickList } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Field } from "#src/ui/form/field.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import { type FormErrors, fieldId } from "#src/ui/form/form-errors.ts";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { Steps } from "#src/ui/progress/steps.tsx";
import type { BuildingChoice } from "./queries.ts";
import { BATCH_KINDS, type BatchKind, type ChosenHouse } from "./rules.ts";

/** The way of a batch, as every page of it shows. */
export const STEPS = ["选房屋", "核对金额", "提交并打印", "到银行交款"];

export interface ChoosePageProps {
  shell: PageShell;
  person: InstitutionPerson;
  estate: { code: string; name: string };
  kind: BatchKind;
  buildings: readonly BuildingChoice[];
  /** The building that is open; null: no building has houses of this kind. */
  building: BuildingChoice | null;
  /** Its houses that can be asked for this kind of deposit. */
  houses: readonly ChosenHouse[];
  ticked: ReadonlySet<string>;
  errors: FormErrors;
}

const KIND_TABS: Record<BatchKind, string> = { "00": "未交", "04": "未交清" };

/** Choosing the houses of a batch: those ticked of a building, all of it, all of the estate, or a list. */
export function ChoosePage(props: ChoosePageProps) {
  const { estate, kind, errors, buildings } = props;
  return (
    <InstitutionPage
      shell={props.shell}
      person={props.person}
      title="批量交款：选房屋"
      current="/workbench/batch-deposits"
      hasErrors={Object.keys(errors).length > 0}
    >
      <Steps steps={STEPS} current={1} />
      <h1>批量交款：{estate.name}</h1>
      <ErrorSummary errors={errors} />
      <LinkTabs
        label="交款类别"
        tabs={BATCH_KINDS.map((one) => ({
          href: hrefOf(estate.code, { kind: one }),
          title: `${KIND_TABS[one]}（${DEPOSIT_KIND_WORDS[one]}）${countOf(buildings, one)} 套`,
          isCurrent: one === kind,
        }))}
      />
      <Card title="选房屋" id="choose-houses">
        <HouseChoice {...props} />
      </Card>
      <ListCard {...props} />
    </InstitutionPage>
  );
}

/** The address of the choosing page. */
export function hrefOf(
  estateCode: string,
  query: { kind?: BatchKind | undefined; building?: string | undefined } = {},
): string {
  const asked = new URLSearchParams();
  if (query.kind !== undefined && query.kind !== "00") asked.set("kind", query.kind);
  if (query.building !== undefined) asked.set("building", query.building);
  const rest = asked.size === 0 ? "" : `?${asked}`;
  return `/workbench/batch-deposits/new/${estateCode}${rest}`;
}

function countOf(buildings: readonly BuildingChoice[], kind: BatchKind): number {
  return buildings.reduce((sum, one) => sum + countIn(one, kind), 0);
}

function countIn(building: BuildingChoice, kind: BatchKind): number {
  return kind === "00" ? building.unpaidCount : building.partPaidCount;
}

function HouseChoice(props: ChoosePageProps) {
  const { estate, kind, buildings, building, houses } = props;
  if (building === null) {
    return (
      <EmptyState title={kind === "00" ? "没有未交的房屋" : "没有未交清的房屋"}>
        <p>这个小区现在没有可以这样交款的房屋。</p>
      </EmptyState>
    );
  }
  const all = countOf(buildings, kind);
  const units = [...Map.groupBy(houses, ({ house }) => unitOf(house.address))];
  return (
    <Form action={`/workbench/batch-deposits/review/${estate.code}`} label="选房屋">
      <LinkTabs
        label="选幢"
        tabs={buildings
          .filter((one) => countIn(one, kind) > 0)
          .map((one) => ({
            href: hrefOf(estate.code, { kind, building: one.key }),
            title: `${one.label} ${countIn(one, kind)} 套`,
            isCurrent: one.key === building.key,
          }))}
      />
      <HiddenField name="building" value={building.key} />
      <HiddenField name="kind" value={kind} />
      {units.map(([unit, members], at) => (
        <TickList
          key={unit}
          name="house"
          id={at === 0 ? fieldId("house") : undefined}
          legend={`${building.label}${unit}，${members.length} 套`}
          options={members.map(({ house, amountFen, openNoticeCount }) => ({
            value: house.code,
            label: roomOf(house.address),
            hint: `${formatYuan(amountFen)} 元${openNoticeCount > 0 ? "，已有通知单" : ""}`,
          }))}
          ticked={props.ticked}
        />
      ))}
      <Actions>
        <Button kind="primary" name="scope" value="ticked">
          核对选中的房屋
        </Button>
        <Button name="scope" value="building">
          全选{building.label}（{countIn(building, kind)} 套）
        </Button>
        {all > countIn(building, kind) && all <= BATCH_HOUSES_MAX && (
          <Button name="scope" value="estate">
            全选{estate.name}（{all} 套）
          </Button>
        )}
      </Actions>
    </Form>
  );
}

/** 3单元 of 示例花园 12幢 3单元 502; empty for a house without a unit. */
function unitOf(address: string): string {
  const parts = address.split(" ");
  return parts.length > 3 ? (parts[2] ?? "") : "";
}

function roomOf(address: string): string {
  return address.split(" ").at(-1) ?? address;
}

function ListCard({ estate, errors }: ChoosePageProps) {
  return (
    <Card title="或者上传名单" id="upload-list">
      <Form action={`/workbench/batch-deposits/list/${estate.code}`} label="上传名单" hasFiles>
        <Field
          name="list"
          label="房屋编号名单"
          hint={`xlsx 或 CSV，“房屋编号”一列一行一个，最多 ${BATCH_HOUSES_MAX} 套。名单里重复的、已经交过的会标出来`}
          error={errors["list"]}
        >
          <input
            type="file"
            id={fieldId("list")}
            name="list"
            class="input file"
            accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            aria-invalid={errors["list"] ? "true" : undefined}
          />
        </Field>
        <Actions>
          <Button icon="file">上传并核对</Button>
        </Actions>
      </Form>
    </Card>
  );
}
