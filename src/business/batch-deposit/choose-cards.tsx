import { BATCH_HOUSES_MAX, batchTotal } from "#src/bank/issue-batch-notice.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { TickList } from "#src/ui/form/choices.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import { type FormErrors, fieldId } from "#src/ui/form/form-errors.ts";
import type { InstitutionPerson } from "#src/ui/institution-page.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { type BuildingChoice, countIn } from "./queries.ts";
import type { BatchKind, ChosenHouse } from "./rules.ts";
import { writeBuildings } from "./schema.ts";
import { hrefOf } from "./way.ts";

export interface ChoosePageProps {
  shell: PageShell;
  person: InstitutionPerson;
  estate: { code: string; name: string };
  kind: BatchKind;
  /** The buildings that have houses of each kind. */
  offering: Readonly<Record<BatchKind, readonly BuildingChoice[]>>;
  /** Those whose houses are listed. */
  chosen: readonly BuildingChoice[];
  /** Their houses that can be asked for this kind of deposit, building by building. */
  houses: readonly ChosenHouse[];
  ticked: ReadonlySet<string>;
  errors: FormErrors;
}

/** How many houses of some buildings can be asked for a kind of deposit. */
export function countOf(buildings: readonly BuildingChoice[], kind: BatchKind): number {
  return buildings.reduce((sum, one) => sum + countIn(one, kind), 0);
}

/** The buildings to choose from, several at once; what is ticked are those that are listed now. */
export function BuildingCard({ estate, kind, offering, chosen, errors }: ChoosePageProps) {
  const buildings = offering[kind];
  const all = countOf(buildings, kind);
  if (buildings.length === 0) {
    return (
      <EmptyState title={kind === "00" ? "没有未交的房屋" : "没有未交清的房屋"}>
        <p>
          这个小区现在没有可以这样交款的房屋。房屋还没有登记的，请先
          <a href="/workbench/house-imports">导入房屋</a>。
        </p>
      </EmptyState>
    );
  }
  if (buildings.length === 1) return null;
  return (
    <Card title="选幢" id="choose-buildings">
      <Form action={hrefOf(estate.code)} method="get" label="选幢">
        <HiddenField name="kind" value={kind} />
        <TickList
          name="building"
          id={fieldId("building")}
          legend="可以同时选几幢，一起交款"
          options={buildings.map((one) => ({
            value: one.key,
            label: one.label,
            hint: `${countIn(one, kind)} 套`,
          }))}
          ticked={new Set(chosen.map(({ key }) => key))}
          error={errors["building"]}
        />
        <Actions>
          <Button name="tick" value="all" kind={chosen.length === 0 ? "primary" : "plain"}>
            列出并全部选中
          </Button>
          <Button name="tick" value="none">
            列出，自己勾选
          </Button>
          {all <= BATCH_HOUSES_MAX && (
            <ButtonLink href={hrefOf(estate.code, { kind, isWhole: true })}>
              整个小区 {all} 套全部选中
            </ButtonLink>
          )}
        </Actions>
      </Form>
    </Card>
  );
}

/** The houses of the chosen buildings, to be ticked or unticked. */
export function HouseCard(props: ChoosePageProps) {
  const { estate, kind, chosen, houses } = props;
  const total = `共 ${houses.length} 套，全部交是 ${formatYuan(batchTotal(houses))} 元`;
  const groups = groupsOf(chosen, houses);
  return (
    <Card title="选房屋" id="choose-houses">
      <Form action={`/workbench/batch-deposits/review/${estate.code}`} label="选房屋">
        <p>{total}。不交的去掉勾，下一步核对每套的金额。</p>
        <HiddenField name="buildings" value={writeBuildings(chosen.map(({ key }) => key))} />
        <HiddenField name="kind" value={kind} />
        {groups.map(({ title, members }, at) => (
          <TickList
            key={title}
            name="house"
            id={at === 0 ? fieldId("house") : undefined}
            legend={`${title}，${members.length} 套`}
            options={members.map(({ house, amountFen, openNoticeCount }) => ({
              value: house.code,
              label: roomOf(house.address),
              hint: `${formatYuan(amountFen)} 元${openNoticeCount > 0 ? "，已有通知单" : ""}`,
            }))}
            ticked={props.ticked}
            error={at === 0 ? props.errors["house"] : undefined}
          />
        ))}
        <Actions>
          <Button kind="primary" isLarge name="scope" value="ticked">
            核对选中的房屋
          </Button>
        </Actions>
      </Form>
    </Card>
  );
}

/** The houses by building and unit, each with the words that stand above them: 12幢3单元. */
function groupsOf(
  chosen: readonly BuildingChoice[],
  houses: readonly ChosenHouse[],
): { title: string; members: readonly ChosenHouse[] }[] {
  const labels = new Map(chosen.map(({ key, label }) => [key, label]));
  const titleOf = ({ house }: ChosenHouse) =>
    `${labels.get(house.buildingKey) ?? ""}${unitOf(house.address)}`;
  return [...Map.groupBy(houses, titleOf)].map(([title, members]) => ({ title, members }));
}

/** 3单元 of 示例花园 12幢 3单元 502; empty for a house without a unit. */
function unitOf(address: string): string {
  const parts = address.split(" ");
  return parts.length > 3 ? (parts[2] ?? "") : "";
}

function roomOf(address: string): string {
  return address.split(" ").at(-1) ?? address;
}
