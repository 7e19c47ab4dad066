import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import { BATCH_HOUSES_MAX } from "#src/bank/issue-batch-notice.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { SPREADSHEETS, UploadField } from "#src/ui/form/upload-field.tsx";
import { InstitutionPage } from "#src/ui/institution-page.tsx";
import { LinkTabs } from "#src/ui/list/link-tabs.tsx";
import { Steps } from "#src/ui/progress/steps.tsx";
import { BuildingCard, type ChoosePageProps, countOf, HouseCard } from "./choose-cards.tsx";
import { BATCH_KINDS, type BatchKind } from "./rules.ts";
import { hrefOf, STEPS } from "./way.ts";

const KIND_TABS: Record<BatchKind, string> = { "00": "未交", "04": "未交清" };

/** Choosing the houses of a batch: first the buildings, then their houses, ticked or not; or a list. */
export function ChoosePage(props: ChoosePageProps) {
  const { estate, kind, errors, offering } = props;
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
          title: `${KIND_TABS[one]}（${DEPOSIT_KIND_WORDS[one]}）${countOf(offering[one], one)} 套`,
          isCurrent: one === kind,
        }))}
      />
      <BuildingCard {...props} />
      {props.houses.length > 0 && <HouseCard {...props} />}
      <ListCard {...props} />
    </InstitutionPage>
  );
}

function ListCard({ estate, errors }: ChoosePageProps) {
  return (
    <Card title="或者上传名单" id="upload-list">
      <Form action={`/workbench/batch-deposits/list/${estate.code}`} label="上传名单" hasFiles>
        <UploadField
          name="list"
          label="房屋编号名单"
          hint={`xlsx 或 CSV，“房屋编号”一列一行一个，最多 ${BATCH_HOUSES_MAX} 套。名单里重复的、已经交过的会标出来`}
          error={errors["list"]}
          accept={SPREADSHEETS}
        />
        <Actions>
          <Button icon="file">上传并核对</Button>
        </Actions>
      </Form>
    </Card>
  );
}
