import { groupNumber } from "#src/kernel/application-number.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { IssuedSlip, SlipKind } from "#src/platform/issued-slips/slip-kind.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Confirmation } from "#src/ui/box/confirmation.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { type Fact, Facts } from "#src/ui/list/facts.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { CheckedSlip } from "./check-slip.ts";

const TITLE = "验真";

interface Typed {
  number: string;
  code: string;
}

export interface AskPageProps {
  shell: PageShell;
  typed: Typed;
  errors: FormErrors;
}

/** 验真: asks for number and code, and says where on the paper they are. */
export function AskPage({ shell, typed, errors }: AskPageProps) {
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <Page
      shell={shell}
      title={TITLE}
      description="核对维修资金的通知单、支款单、证明和对账单是不是真的、现在还有没有用，扫二维码或者输编号。"
      crumbs={[{ title: TITLE }]}
      hasErrors={hasErrors}
      layout="narrow"
    >
      <PageHead title={TITLE}>
        手里的通知单、支款单、证明是不是真的，现在还有没有用，在这里查。
      </PageHead>
      <ErrorSummary errors={errors} />
      <AskForm typed={typed} errors={errors} />
      <Card title="编号和防伪码在哪里？">
        <p>编号是单据上的单号、支款单号或证明编号，18 位数字。</p>
        <p>防伪码印在二维码旁边，12 位数字和字母，四位一组。大写小写都可以，空格和短横不用输。</p>
        <p>单据上有“扫码验真”的，用手机扫一下就不用输入。</p>
      </Card>
    </Page>
  );
}

function AskForm({ typed, errors }: { typed: Typed; errors: FormErrors }) {
  return (
    <Form action="/verify" method="get">
      <TextField
        name="number"
        label="编号"
        hint="18 位数字"
        value={typed.number}
        error={errors["number"]}
        inputMode="numeric"
        width="medium"
      />
      <TextField
        name="code"
        label="防伪码"
        hint="12 位，例如 7K3M-9QXA-2VTB"
        value={typed.code}
        error={errors["code"]}
        width="medium"
      />
      <Actions>
        <Button kind="primary" isLarge>
          查验
        </Button>
      </Actions>
    </Form>
  );
}

/** Number and code do not belong together; which of them is wrong is not said. */
export function UnknownSlipPage({ shell, typed }: { shell: PageShell; typed: Typed }) {
  return (
    <Page shell={shell} title={TITLE} crumbs={[{ title: TITLE }]} layout="narrow" isPrivate>
      <PageHead title={TITLE} />
      <Notice title="没有查到这张单据" tone="bad">
        <p>
          我们没有打印过编号和防伪码都是这样的单据。请对照单据再输入一次，数字 0 和字母 O、数字 1
          和字母 I 不用分。
        </p>
        <p>
          <strong>再输还是查不到的，不要凭它交钱或付钱</strong>，打 <a href="tel:12345">12345</a>{" "}
          核实。
        </p>
      </Notice>
      <AskForm typed={typed} errors={{}} />
    </Page>
  );
}

export interface CheckedPageProps {
  shell: PageShell;
  checked: CheckedSlip;
  now: Date;
}

/** A slip that we printed: what it is worth now, what stands on it, and where its holder goes on. */
export function CheckedPage({ shell, checked, now }: CheckedPageProps) {
  const { slip, kind, standing } = checked;
  const { onward } = standing;
  return (
    <Page
      shell={shell}
      title={`${TITLE} ${standing.label}`}
      crumbs={[{ title: TITLE, href: "/verify" }, { title: kind.title }]}
      layout="narrow"
      isPrivate
    >
      <Verdict checked={checked} />
      {onward && (
        <Actions>
          <ButtonLink href={onward.href} kind="primary" isLarge>
            {onward.words}
          </ButtonLink>
        </Actions>
      )}
      <Card
        title="和手里的单据对一对"
        aside={
          <Tag tone={standing.isValid ? "ok" : "wait"} mark={standing.isValid ? "full" : "half"}>
            {standing.label}
          </Tag>
        }
      >
        <Facts facts={factsOf(slip, kind)} />
        <p class="quiet">
          有一处和单据上不一样，单据就被改过，不要相信。姓名只显示姓，是为了保护个人信息。
        </p>
      </Card>
      <p class="quiet">
        查验时间：{formatShanghaiTime(now)}。<a href="/verify">再查一张</a>
      </p>
    </Page>
  );
}

function Verdict({ checked: { kind, standing } }: { checked: CheckedSlip }) {
  if (standing.isValid) {
    return (
      <Confirmation title="真的，现在有效">
        <p>
          这张{kind.title}是本平台打印的。{standing.meaning}
        </p>
      </Confirmation>
    );
  }
  return (
    <>
      <PageHead title={`真的，但${standing.label}`} />
      <Notice title={`这张${kind.title}不要再用了`} tone="wait">
        <p>{standing.meaning}</p>
      </Notice>
    </>
  );
}

function factsOf(slip: IssuedSlip, { title, words }: SlipKind): Fact[] {
  const amount: Fact[] =
    slip.amountFen === null
      ? []
      : [
          {
            label: words.amount,
            value: `${formatYuan(slip.amountFen)} 元（${rmbInCapitals(slip.amountFen)}）`,
          },
        ];
  const party: Fact[] = slip.party === "" ? [] : [{ label: words.party, value: slip.party }];
  return [
    { label: "单据", value: title },
    { label: "编号", value: groupNumber(slip.number) },
    { label: words.datedOn, value: slip.datedOn },
    ...amount,
    ...party,
    { label: "内容", value: slip.about },
  ];
}
