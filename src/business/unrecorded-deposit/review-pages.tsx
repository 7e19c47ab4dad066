import type { StoredDocument } from "#src/applications/documents/stored-document.ts";
import { formatArea } from "#src/kernel/area.ts";
import { maskDocument, maskPhone } from "#src/kernel/masking.ts";
import { type Fen, plainYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { Estate } from "#src/register/find-estate.ts";
import { houseAddress } from "#src/register/house-address.ts";
import { roundedAreaSentence } from "#src/register/house-fields.ts";
import { DOCUMENT_KIND_WORDS } from "#src/register/house-words.ts";
import {
  firstDepositArithmetic,
  WHICH_EDITION,
} from "#src/register/standards/judge-first-deposit.ts";
import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { Columns, Page, PageHead } from "#src/ui/layout.tsx";
import { type Fact, Facts } from "#src/ui/list/facts.tsx";
import { AmountPanel } from "#src/ui/money/amount-panel.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { Steps } from "#src/ui/progress/steps.tsx";
import type { Typed } from "./drafts.ts";
import { STEPS, TITLE } from "./estate-pages.tsx";
import type { UnrecordedForm } from "./schema.ts";
import { shownForm } from "./shown-form.ts";

export interface ReviewPageProps {
  shell: PageShell;
  estate: Estate;
  submissionKey: string;
  typed: Typed;
  form: UnrecordedForm;
  standard: RegisterStandard;
  dueFen: Fen;
  documents: readonly (readonly [title: string, files: readonly StoredDocument[]])[];
  errors: FormErrors;
}

/** 确认交款信息: everything shown again, the computed amount with its arithmetic; nothing can be edited here. */
export function ReviewPage(props: ReviewPageProps) {
  const { shell, estate, submissionKey, errors } = props;
  const formHref = `/unrecorded-deposit/${estate.code}?form=${submissionKey}`;
  return (
    <Page
      shell={shell}
      title="确认交款信息"
      crumbs={[{ title: TITLE, href: formHref }, { title: "确认交款信息" }]}
      hasErrors={Object.keys(errors).length > 0}
      isPrivate
    >
      <Steps steps={STEPS} current={3} />
      <PageHead title="确认交款信息">
        请核对下面的内容和金额。没有错的，点“确认并提交”，领交款通知单。
      </PageHead>
      <ErrorSummary errors={errors} />
      <Columns side={<Amount {...props} />} isSideFirst>
        <HouseFacts {...props} />
        <OwnerFacts {...props} />
        <DocumentFacts {...props} />
        <Form action={`/unrecorded-deposit/review/${submissionKey}`}>
          <HiddenField name="amountSeen" value={plainYuan(props.dueFen)} />
          <Actions>
            <Button kind="primary" isLarge>
              确认并提交
            </Button>
            <a href={formHref}>返回修改</a>
          </Actions>
        </Form>
      </Columns>
    </Page>
  );
}

function Amount({ form, typed, standard, dueFen, estate }: ReviewPageProps) {
  const rounded = roundedAreaSentence(typed["area"] ?? "");
  const measure = { areaHundredths: form.area, priceFen: form.price };
  return (
    <AmountPanel label="应交金额" fen={dueFen} capitals={rmbInCapitals(dueFen)}>
      <p>{firstDepositArithmetic(measure, standard, dueFen)}</p>
      {rounded && <p>{rounded}。</p>}
      <p>
        标准：{standard.name}，{standard.legalBasis}，{standard.effectiveFrom} 起执行
      </p>
      <p>交款银行：{estate.bankName}任一网点</p>
      <Disclosure summary="怎么算的？">
        <p>
          首次交款 = 建筑面积 × 交存标准，四舍五入到分。{WHICH_EDITION}
          。金额由系统算出，不能改；面积填错了的，请返回修改。
        </p>
      </Disclosure>
    </AmountPanel>
  );
}

function HouseFacts({ estate, form, typed }: ReviewPageProps) {
  const address = houseAddress({ estateName: estate.name, ...form });
  const shown = shownForm(typed).filter(([label]) => !["幢号", "单元", "房号"].includes(label));
  return (
    <Card title="房屋">
      <Facts
        columns={2}
        facts={[
          { label: "坐落", value: address },
          ...shown.map(([label, value]) => ({ label, value })),
        ]}
      />
    </Card>
  );
}

function OwnerFacts({ form }: ReviewPageProps) {
  const owners = form.owners.map((owner, at): Fact => {
    const share =
      owner.shareHundredths === null ? "" : `，份额 ${formatArea(owner.shareHundredths)}%`;
    return {
      label: form.owners.length === 1 ? "业主" : `业主 ${at + 1}`,
      value: `${owner.name}，${DOCUMENT_KIND_WORDS[owner.documentKind]} ${maskDocument(owner.documentNo)}，手机 ${maskPhone(owner.phone)}${share}`,
    };
  });
  const payer: Fact = {
    label: "交款人",
    value:
      form.payer === null
        ? "业主本人"
        : `${form.payer.name}（${form.payer.relation}），手机 ${maskPhone(form.payer.phone)}`,
  };
  return (
    <Card title="业主和交款人">
      <Facts facts={[...owners, payer]} />
    </Card>
  );
}

function DocumentFacts({ documents }: ReviewPageProps) {
  return (
    <Card title="要件">
      <Facts
        facts={documents.map(([title, files]) => ({
          label: title,
          value: files.map(({ name }) => name).join("、"),
        }))}
      />
    </Card>
  );
}

/** A form that this browser does not have (any more): handed in, swept, or somebody else's. */
export function NoDraftPage({ shell }: { shell: PageShell }) {
  return (
    <Page
      shell={shell}
      title="确认交款信息"
      crumbs={[{ title: TITLE, href: "/unrecorded-deposit" }, { title: "确认交款信息" }]}
      layout="narrow"
    >
      <PageHead title="找不到这张表单" />
      <Notice title="这张表单不在这台设备上" tone="wait">
        <p>
          填好的表单只在填写的那个浏览器里保留一天。请重新填写；已经提交过的，请凭业务单编号查进度。
        </p>
        <Actions>
          <ButtonLink href="/unrecorded-deposit" kind="primary">
            重新填写
          </ButtonLink>
          <a href="/status">业务受理状态查询</a>
        </Actions>
      </Notice>
    </Page>
  );
}
