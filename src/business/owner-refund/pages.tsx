import { formatArea } from "#src/kernel/area.ts";
import type { House } from "#src/register/find-house.ts";
import { AREA_KIND_WORDS, HOUSE_USE_WORDS } from "#src/register/house-words.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Explanation } from "#src/ui/box/explanation.tsx";
import { FoldCard } from "#src/ui/box/fold-card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { type Fact, Facts } from "#src/ui/list/facts.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { Steps } from "#src/ui/progress/steps.tsx";
import { REFUND_REASONS } from "./reasons.ts";

export const REFUND_STEPS = ["找到房屋", "核对业主", "填写退款信息", "审核", "到银行领款"];

/** The choice that is explained and not accepted. */
export const SALE = "sale";

/** Where the way back leads, and what stands above the page. */
export function refundCrumbs(house: Pick<House, "address">) {
  return [{ title: "业主自主办理区", href: searchHref(house) }, { title: "房屋退款" }];
}

function searchHref(house: Pick<House, "address">): string {
  return `/owner-service?q=${encodeURIComponent(house.address)}`;
}

/** What the page says of a house before anybody has proven anything: no money, no owner. */
export function refundHouseFacts(house: House): Fact[] {
  return [
    { label: "坐落", value: house.address },
    { label: "房屋编号", value: house.code },
    {
      label: "建筑面积",
      value: `${formatArea(house.areaHundredths)} ㎡（${AREA_KIND_WORDS[house.areaKind]}）`,
    },
    { label: "房屋用途", value: HOUSE_USE_WORDS[house.houseUse] },
  ];
}

/** The same in one line, to fold the facts under. */
export function refundHouseLine(house: House): string {
  return `${house.address} · ${formatArea(house.areaHundredths)} ㎡`;
}

export interface OwnerPageProps {
  shell: PageShell;
  house: House;
  typedName: string;
  errors: FormErrors;
  /** A form that was filled in before the proof ran out, to be shown again after it. */
  carried: Readonly<Record<string, string>>;
}

/** 房屋退款, first step: the house to check, and who asks for its money. */
export function OwnerPage({ shell, house, typedName, errors, carried }: OwnerPageProps) {
  return (
    <Page
      shell={shell}
      title="房屋退款"
      crumbs={refundCrumbs(house)}
      hasErrors={Object.keys(errors).length > 0}
      isPrivate
      layout="narrow"
    >
      <Steps steps={REFUND_STEPS} current={2} />
      <PageHead title="房屋退款">先核对房屋，再核对您是登记的业主。</PageHead>
      <ErrorSummary errors={errors} />
      <FoldCard title="核对房屋" summary={refundHouseLine(house)}>
        <Facts columns={2} facts={refundHouseFacts(house)} />
      </FoldCard>
      <Explanation>
        <p>
          卖房不退维修资金，余额随房屋转给买方。可以退的是：退房、多交、面积差、重复交、错交，以及房屋灭失、拆迁或征收。
        </p>
        <p>
          登记的还是原业主的，请先办<a href="/guides/title-transfer">过户更名</a>。
        </p>
      </Explanation>
      <Form action={`/refund/${house.code}/owner`}>
        {Object.entries(carried).map(([name, value]) => (
          <HiddenField key={name} name={`carried-${name}`} value={value} />
        ))}
        <OwnerFields typedName={typedName} errors={errors} />
        <Actions>
          <Button kind="primary" isLarge>
            下一步
          </Button>
          <a href={searchHref(house)}>返回业主自主办理区</a>
        </Actions>
      </Form>
    </Page>
  );
}

/** Who asks for the money; the number is never shown again. */
export function OwnerFields({ typedName, errors }: Pick<OwnerPageProps, "typedName" | "errors">) {
  return (
    <Card title="核对业主">
      <TextField
        name="ownerName"
        label="业主姓名"
        hint="照登记填写；单位填写营业执照上的名称。几个人共有的，填写申请退款的一位"
        autocomplete="name"
        width="medium"
        value={typedName}
        error={errors["ownerName"]}
      />
      <TextField
        name="ownerDocumentNo"
        label="证件号码"
        hint="身份证 18 位，最后一位可以是 X；单位填写统一社会信用代码"
        width="medium"
        error={errors["ownerDocumentNo"]}
      />
    </Card>
  );
}

export interface ReasonPageProps {
  shell: PageShell;
  house: House;
  /** The reason that was chosen and refused. */
  chosen?: string;
  errors: FormErrors;
}

/** 房屋退款, second step: why the money goes back. Selling the house is offered, to be explained. */
export function ReasonPage({ shell, house, chosen, errors }: ReasonPageProps) {
  return (
    <Page
      shell={shell}
      title="选择退款原因"
      crumbs={refundCrumbs(house)}
      hasErrors={Object.keys(errors).length > 0}
      isPrivate
      layout="narrow"
    >
      <Steps steps={REFUND_STEPS} current={3} />
      <PageHead title="选择退款原因">{house.address}</PageHead>
      <ErrorSummary errors={errors} />
      <Form action={`/refund/${house.code}/request`} method="get">
        <Card>
          <Choices
            name="reason"
            label="退款原因"
            hint="原因决定退多少、要哪些要件"
            options={[
              ...REFUND_REASONS.map(({ code, title, hint }) => ({
                value: code,
                label: title,
                hint,
              })),
              { value: SALE, label: "卖房", hint: "看看卖房时维修资金怎么办" },
            ]}
            value={chosen}
            error={errors["reason"]}
          />
        </Card>
        <Actions>
          <Button kind="primary" isLarge>
            下一步
          </Button>
          <a href={searchHref(house)}>返回业主自主办理区</a>
        </Actions>
      </Form>
    </Page>
  );
}

/** Told to whoever sells his house: the balance goes with it (Decree 165 art. 28). */
export function SalePage({ shell, house }: { shell: PageShell; house: House }) {
  return (
    <Page
      shell={shell}
      title="卖房不退维修资金"
      crumbs={refundCrumbs(house)}
      isPrivate
      layout="narrow"
    >
      <PageHead title="卖房不退维修资金">{house.address}</PageHead>
      <Notice title="余额随房屋转给买方，可以和买方结算" icon="coin">
        <p>
          《住宅专项维修资金管理办法》第二十八条：房屋所有权转让时，结余的维修资金随房屋所有权同时过户，卖方不能申请退款。
        </p>
        <p>
          卖方：向买方说明交存和结余的金额并出示有效证明，可以在房价里和买方结算。查看明细可以打印余额。
        </p>
        <p>
          买方：带上转让协议、不动产权证、身份证，
          <a href="/guides/title-transfer">办理分户账更名（过户更名）</a>。
        </p>
        <Actions>
          <ButtonLink href={`/fund/${house.code}`} kind="primary">
            查看明细
          </ButtonLink>
          <a href={`/refund/${house.code}/reason`}>选择别的原因</a>
        </Actions>
      </Notice>
    </Page>
  );
}

export interface NoRefundPageProps {
  shell: PageShell;
  house: House;
  title: string;
  text: string;
  /** Where the visitor may choose again; left out when no reason would help. */
  hasOtherReasons: boolean;
}

/** The same page for a house that gives nothing back: why, and what one can do instead. */
export function NoRefundPage({ shell, house, title, text, hasOtherReasons }: NoRefundPageProps) {
  return (
    <Page shell={shell} title="不能退款" crumbs={refundCrumbs(house)} isPrivate layout="narrow">
      <PageHead title="房屋退款">{house.address}</PageHead>
      <Notice title={title} tone="wait">
        <p>{text}。</p>
        <Actions>
          {hasOtherReasons ? (
            <ButtonLink href={`/refund/${house.code}/reason`} kind="primary">
              选择别的原因
            </ButtonLink>
          ) : (
            <ButtonLink href={`/fund/${house.code}`} kind="primary">
              查看明细
            </ButtonLink>
          )}
          <a href={searchHref(house)}>返回业主自主办理区</a>
        </Actions>
      </Notice>
    </Page>
  );
}
