import type { BoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import { NoEstates } from "#src/accounts/institutions/no-estates.tsx";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatArea } from "#src/kernel/area.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Confirmation } from "#src/ui/box/confirmation.tsx";
import { EmptyState } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { Certificate } from "./queries.ts";

const HOME = "/workbench/clearance-certificates";

/** A building that a certificate can be asked for. */
export interface BuildingOption {
  key: string;
  label: string;
  owingCount: number;
}

export interface CertificatesPageProps {
  shell: PageShell;
  person: InstitutionPerson;
  estates: readonly BoundEstate[];
  /** The chosen estate; null where the institution has none. */
  estate: BoundEstate | null;
  buildings: readonly BuildingOption[];
  typed: { building: string; house: string };
  errors: FormErrors;
  certificates: readonly Certificate[];
  /** The one that was issued a moment ago. */
  issued: Certificate | null;
}

/** 已交清证明: ask for one, for a building or a house, and print those there are. */
export function CertificatesPage(props: CertificatesPageProps) {
  const { errors, issued, certificates } = props;
  return (
    <InstitutionPage
      shell={props.shell}
      person={props.person}
      title="已交清证明"
      current={HOME}
      hasErrors={Object.keys(errors).length > 0}
    >
      {issued ? <Issued certificate={issued} /> : <h1>已交清证明</h1>}
      <ErrorSummary errors={errors} />
      <IssueCard {...props} />
      <Card title="已开具的证明" id="own-certificates">
        {certificates.length === 0 ? (
          <EmptyState title="还没有开具过">
            <p>开具以后，可以在这里随时再打印。</p>
          </EmptyState>
        ) : (
          <Table
            kind="register"
            caption="已开具的证明，最新的在前"
            hidesCaption
            columns={COLUMNS}
            rows={certificates}
            rowKey={({ no }) => no}
          />
        )}
      </Card>
    </InstitutionPage>
  );
}

function Issued({ certificate }: { certificate: Certificate }) {
  return (
    <Confirmation title="已开具">
      <p>
        证明编号 {groupNumber(certificate.no)}：{titleOf(certificate)}
      </p>
      <Actions>
        <ButtonLink kind="primary" icon="print" href={`${HOME}/${certificate.no}/slip`} opensNewTab>
          打印已交清证明
        </ButtonLink>
      </Actions>
    </Confirmation>
  );
}

function IssueCard(props: CertificatesPageProps) {
  const { estates, estate, buildings, typed, errors } = props;
  if (estate === null) {
    return (
      <Card title="开具" id="issue">
        <NoEstates person={props.person} then="批准以后，可以为交清的房屋开具证明。" />
      </Card>
    );
  }
  const action = `${HOME}/issue/${estate.code}`;
  return (
    <Card title="开具" id="issue">
      <div class="card-parts">
        <p>
          首次交款全部交清的一幢或一套房屋，可以开具证明（《住宅专项维修资金管理办法》第十三条）。
        </p>
        <LinkTabs
          label="选小区"
          tabs={estates.map(({ code, name }) => ({
            href: `${HOME}?estate=${code}`,
            title: name,
            isCurrent: code === estate.code,
          }))}
        />
        <Form action={action} label="为一幢开具">
          <SelectField
            name="building"
            label="整幢"
            prompt="请选一幢"
            options={buildings.map(({ key, label, owingCount }) => ({
              value: key,
              label: owingCount === 0 ? label : `${label}（还有 ${owingCount} 户没交清）`,
            }))}
            value={typed.building}
            error={errors["building"]}
          />
          <Actions>
            <Button kind="primary" name="for" value="building">
              为整幢开具
            </Button>
          </Actions>
        </Form>
        <Form action={action} label="为一套开具">
          <TextField
            name="house"
            label="单套房屋"
            hint={`房屋编号，例如 ${estate.code}-12-3-0501`}
            width="medium"
            value={typed.house}
            error={errors["house"]}
          />
          <Actions>
            <Button name="for" value="house">
              为这一套开具
            </Button>
          </Actions>
        </Form>
      </div>
    </Card>
  );
}

function titleOf({ estateName, subject, isBuilding, houseCount }: Certificate): string {
  return isBuilding ? `${estateName} ${subject}，${houseCount} 户` : subject;
}

const COLUMNS: readonly Column<Certificate>[] = [
  {
    title: "证明编号",
    isRowHeader: true,
    cell: ({ no }) => (
      <a href={`${HOME}/${no}/slip`} target="_blank" rel="noreferrer">
        {groupNumber(no)}
      </a>
    ),
  },
  { title: "范围", cell: titleOf },
  {
    title: "建筑面积（㎡）",
    isMoney: true,
    cell: ({ areaHundredths }) => formatArea(areaHundredths),
  },
  { title: "首次交款（元）", isMoney: true, cell: ({ depositedFen }) => formatYuan(depositedFen) },
  { title: "开具时间", isWhole: true, cell: ({ issuedAt }) => formatShanghaiTime(issuedAt) },
];
