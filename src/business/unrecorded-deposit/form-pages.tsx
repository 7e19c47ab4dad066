import type { Estate } from "#src/register/find-estate.ts";
import { FoldCard } from "#src/ui/box/fold-card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { Steps } from "#src/ui/progress/steps.tsx";
import { STEPS, TITLE } from "./estate-pages.tsx";
import { DocumentsCard, FormCards, HouseCard } from "./form-cards.tsx";
import type { FormState } from "./form-field.ts";
import { OwnersCard, PayerCard } from "./person-cards.tsx";
import type { TwinAdvice } from "./rules.ts";

export interface UnrecordedFormPageProps extends FormState {
  shell: PageShell;
  estate: Estate;
}

/** Step 5 of the manual: the estate to check, house, owners, payer and documents. */
export function UnrecordedFormPage(props: UnrecordedFormPageProps) {
  const { shell, estate, errors } = props;
  return (
    <Page
      shell={shell}
      title={TITLE}
      crumbs={[
        { title: TITLE, href: `/unrecorded-deposit?estate=${encodeURIComponent(estate.name)}` },
        { title: "填写房屋和业主" },
      ]}
      hasErrors={Object.keys(errors).length > 0}
      isPrivate
    >
      <Steps steps={STEPS} current={2} />
      <PageHead title={TITLE}>先核对小区，再填房屋和业主，照购房合同填写。</PageHead>
      <ErrorSummary errors={errors} />
      {props.twin && <TwinNotice twin={props.twin} />}
      <EstateCard estate={estate} />
      <Form action={`/unrecorded-deposit/${estate.code}`} hasFiles>
        <FirstButton />
        <FormCards {...props} />
        <DocumentsCard {...props} />
        <Actions>
          <Button kind="primary" isLarge>
            提交
          </Button>
          <a href="/unrecorded-deposit">重新选小区</a>
        </Actions>
      </Form>
    </Page>
  );
}

export interface CorrectionPageProps extends FormState {
  shell: PageShell;
  number: string;
  address: string;
  /** What the fund centre wants to be put right. */
  wishes: readonly string[];
  /** Documents that were handed in before and are ticked to be taken out. */
  takenOut: readonly string[];
}

/** 补正: the same form under the same number; the address is what was paid for and stays. */
export function CorrectionPage(props: CorrectionPageProps) {
  const { shell, number, errors } = props;
  return (
    <Page
      shell={shell}
      title="补正材料"
      crumbs={[{ title: "业务单", href: `/applications/${number}` }, { title: "补正材料" }]}
      hasErrors={Object.keys(errors).length > 0}
      isPrivate
    >
      <PageHead title="补正材料">{props.address}</PageHead>
      <ErrorSummary errors={errors} />
      {props.twin && <TwinNotice twin={props.twin} />}
      <Notice title="请补正下面的内容" tone="wait">
        {props.wishes.map((wish) => (
          <p key={wish}>{wish}</p>
        ))}
        <p>房屋地址不能改：钱是为这套房屋交的。地址错了的，请打 12345 说明。</p>
      </Notice>
      <Form action={`/unrecorded-deposit/corrections/${number}`} hasFiles>
        <FirstButton />
        <HouseCard {...props} />
        <OwnersCard {...props} />
        <PayerCard {...props} />
        <DocumentsCard {...props} />
        <Actions>
          <Button kind="primary" isLarge>
            提交
          </Button>
          <a href={`/applications/${number}`}>返回业务单</a>
        </Actions>
      </Form>
    </Page>
  );
}

/** Enter in a text field presses a form's first button: it must be this one. */
function FirstButton() {
  return (
    <button type="submit" class="heard" tabIndex={-1} aria-hidden="true">
      提交
    </button>
  );
}

function TwinNotice({ twin }: { twin: TwinAdvice }) {
  return (
    <Notice title={twin.title} tone="wait">
      <p>{twin.text}。</p>
      {twin.link && (
        <Actions>
          <ButtonLink href={twin.link.href} kind="primary">
            {twin.link.words}
          </ButtonLink>
        </Actions>
      )}
    </Notice>
  );
}

function EstateCard({ estate }: { estate: Estate }) {
  const known = (text: string) => (text === "" ? "没有登记" : text);
  return (
    <FoldCard title="核对物业区域" summary={`${estate.name}（${estate.code}）`}>
      <Facts
        columns={2}
        facts={[
          { label: "物业区域编号", value: estate.code },
          { label: "名称", value: estate.name },
          { label: "坐落", value: known(`${estate.districtName} ${estate.address}`.trim()) },
          { label: "开发单位", value: known(estate.developerName) },
          { label: "物业企业", value: known(estate.propertyCompanyName) },
          { label: "建成年代", value: estate.completedYear ?? "没有登记" },
          { label: "幢数", value: `${estate.buildingCount} 幢` },
          { label: "交款银行", value: `${estate.bankName}任一网点` },
        ]}
      />
    </FoldCard>
  );
}
