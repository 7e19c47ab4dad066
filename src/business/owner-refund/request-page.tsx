import type { DocumentRule } from "#src/applications/descriptor.ts";
import { DocumentFields } from "#src/applications/documents/document-fields.tsx";
import type { StoredDocument } from "#src/applications/documents/stored-document.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatYuan, plainYuan, ZERO_FEN } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { House } from "#src/register/find-house.ts";
import { roundedAreaSentence } from "#src/register/house-fields.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Explanation } from "#src/ui/box/explanation.tsx";
import { FoldCard } from "#src/ui/box/fold-card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { CheckField } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { Columns, Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { AmountPanel } from "#src/ui/money/amount-panel.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { Steps } from "#src/ui/progress/steps.tsx";
import { basisControl } from "./basis-control.tsx";
import { REFUND_STEPS, refundCrumbs, refundHouseFacts, refundHouseLine } from "./pages.tsx";
import { PayeeCard } from "./payee-card.tsx";
import type { RefundReason } from "./reasons.ts";
import type { RefundFacts, RefundOffer } from "./rules.ts";
import { basisField, type TypedBasis } from "./schema.ts";
import type { TypedRefund } from "./typed-refund.ts";

export interface RequestPageProps {
  shell: PageShell;
  house: House;
  facts: RefundFacts;
  reason: RefundReason;
  /** Where the form goes: a new refund, or the correction of one. */
  action: string;
  basis: TypedBasis;
  /** The computed refund; null while what it depends on has not been typed. */
  offer: RefundOffer | null;
  arithmetic: string;
  /** Why the typed basis gives nothing back. */
  refusal: string | null;
  typed: TypedRefund;
  errors: FormErrors;
  submissionKey: string;
  rules: readonly DocumentRule[];
  documents: readonly StoredDocument[];
  takenOut: readonly string[];
  asksAccountCheck: boolean;
  /** The form was sent: what was typed stays, and the amount's own field becomes a part of it while it is wrong. */
  isHandedIn: boolean;
  /** What the fund centre wants to be put right; null for a new refund. */
  correction: string | null;
  /** The application that is corrected, to go back to. */
  applicationHref?: string;
}

/** 房屋退款, the form: what goes back, to which account, with which papers. */
export function RequestPage(props: RequestPageProps) {
  const { shell, house, reason, errors, offer, correction } = props;
  const isMended = offer === null && props.isHandedIn && basisControl(props) !== null;
  const title = correction === null ? "补充退款信息" : "补正退款申请";
  const form = (
    <>
      <FoldCard title="看房屋、余额和依据" summary={refundHouseLine(house)} isAlwaysFolded>
        <Facts columns={2} facts={houseFacts(props)} />
      </FoldCard>
      {isMended ? null : <BasisForm {...props} />}
      {offer || isMended ? <RefundForm {...props} /> : <OtherReason {...props} />}
    </>
  );
  return (
    <Page
      shell={shell}
      title={title}
      crumbs={refundCrumbs(house)}
      hasErrors={Object.keys(errors).length > 0}
      isPrivate
    >
      <Steps steps={REFUND_STEPS} current={3} />
      <PageHead title={title}>{`退款原因：${reason.title}`}</PageHead>
      <ErrorSummary errors={errors} />
      {correction !== null && (
        <Notice title="请这样补正" tone="wait">
          <p>{correction}</p>
        </Notice>
      )}
      {offer ? (
        <Columns side={<Amount {...props} offer={offer} />} isSideFirst>
          {form}
        </Columns>
      ) : (
        form
      )}
    </Page>
  );
}

/** The way back while there is nothing to hand in. */
function OtherReason({ house, correction }: RequestPageProps) {
  if (correction !== null) return null;
  return (
    <Actions>
      <a href={`/refund/${house.code}/reason`}>重新选择原因</a>
    </Actions>
  );
}

function houseFacts({ house, facts, reason }: RequestPageProps) {
  const { principalFen, interestFen, firstPaidFen } = facts.balance;
  return [
    ...refundHouseFacts(house),
    { label: "已交（首次交存）", value: `${formatYuan(firstPaidFen)} 元` },
    {
      label: "余额",
      value: `本金 ${formatYuan(principalFen)} 元，利息 ${formatYuan(interestFen)} 元`,
    },
    { label: "金额规则", value: reason.amountRule },
    { label: "依据", value: reason.legalBasis },
  ];
}

/** Reasons whose arithmetic names principal and interest itself. */
const SPLIT_IN_ARITHMETIC: ReadonlySet<string> = new Set(["R01", "R06", "R07"]);

function Amount(props: RequestPageProps & { offer: RefundOffer }) {
  const { offer, arithmetic } = props;
  const rounded = roundedAreaSentence(props.basis.newArea);
  return (
    <AmountPanel label="应退金额" fen={offer.amountFen} capitals={rmbInCapitals(offer.amountFen)}>
      <p>{arithmetic}</p>
      {rounded && <p>{rounded}。</p>}
      {!SPLIT_IN_ARITHMETIC.has(props.reason.code) && (
        <p>
          本金 {formatYuan(offer.principalFen)} 元，利息 {formatYuan(offer.interestFen)} 元
        </p>
      )}
      {offer.originalNoticeNo && <p>原交款通知单 {groupNumber(offer.originalNoticeNo)}</p>}
      <p>金额由系统算出，不能改。批准以后才冻结这笔钱。</p>
    </AmountPanel>
  );
}

/** What the amount depends on, as a form of its own: its answer is the same page with the amount. */
function BasisForm(props: RequestPageProps) {
  const { reason, action, offer, refusal } = props;
  const control = basisControl(props);
  if (control === null) return refusal === null ? null : <Refusal text={refusal} />;
  return (
    <Form action={action} method="get" label="计算应退金额">
      <Card title="计算应退金额">
        <HiddenField name="reason" value={reason.code} />
        <HiddenField name="compute" value="yes" />
        {refusal !== null && <Refusal text={refusal} />}
        {control}
        <Actions>
          <Button kind={offer ? "plain" : "primary"}>{offer ? "重新计算" : "计算应退金额"}</Button>
        </Actions>
      </Card>
    </Form>
  );
}

function Refusal({ text }: { text: string }) {
  return (
    <Explanation>
      <p>{text}。</p>
    </Explanation>
  );
}

/** Everything that is handed in. Without an amount, what it depends on is asked for here. */
function RefundForm(props: RequestPageProps) {
  const { action, reason, basis, offer, correction } = props;
  const mended = offer === null ? basisField(reason.code) : null;
  return (
    <Form action={action} hasFiles label="退款申请">
      <HiddenField name="reason" value={reason.code} />
      {mended !== "newArea" && <HiddenField name="newArea" value={basis.newArea} />}
      {mended !== "payment" && <HiddenField name="payment" value={basis.payment} />}
      {mended !== "asked" && <HiddenField name="asked" value={basis.asked} />}
      <HiddenField name="amountSeen" value={plainYuan(offer?.amountFen ?? ZERO_FEN)} />
      {mended !== null && <Card title="计算应退金额">{basisControl(props)}</Card>}
      <PayeeCard {...props} />
      <Card title="退款要件">
        <DocumentFields
          rules={props.rules}
          documents={props.documents}
          errors={props.errors}
          submissionKey={props.submissionKey}
          takenOut={props.takenOut}
        />
      </Card>
      <Card>
        <CheckField
          name="isTrue"
          label="我确认填写的内容和上传的要件属实，退款只退到本人名下的账户"
          isChecked={props.typed.isTrue === "yes"}
          error={props.errors["isTrue"]}
        />
      </Card>
      <Actions>
        <Button kind="primary" isLarge>
          提交
        </Button>
        {correction === null && <a href={`/refund/${props.house.code}/reason`}>重新选择原因</a>}
        {props.applicationHref && <a href={props.applicationHref}>返回业务单</a>}
      </Actions>
    </Form>
  );
}
