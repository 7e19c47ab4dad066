import { DEPOSIT_KIND_WORDS } from "#src/bank/deposit-kinds.ts";
import { type DepositOffer, OFFERED_KINDS } from "#src/bank/deposit-offer.ts";
import { formatArea } from "#src/kernel/area.ts";
import { formatYuan, plainYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { HouseBalance } from "#src/ledger/house-balances.ts";
import type { House } from "#src/register/find-house.ts";
import { AREA_KIND_WORDS, HOUSE_USE_WORDS } from "#src/register/house-words.ts";
import { standardText } from "#src/register/standards/standard-text.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Explanation } from "#src/ui/box/explanation.tsx";
import { FoldCard } from "#src/ui/box/fold-card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Columns, Page, PageHead } from "#src/ui/layout.tsx";
import { type Fact, Facts } from "#src/ui/list/facts.tsx";
import { AmountPanel } from "#src/ui/money/amount-panel.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { Steps } from "#src/ui/progress/steps.tsx";
import { noDepositWords } from "./rules.ts";

const STEPS = ["找到房屋", "填写交款信息", "提交并打印", "到银行交款"];

/** What the payer typed, as it was typed. */
export interface TypedDeposit {
  depositKind: string;
  payer: string;
  phone: string;
}

export interface DepositPageProps {
  shell: PageShell;
  house: House;
  balance: HouseBalance;
  offer: Extract<DepositOffer, { ok: true }>;
  submissionKey: string;
  typed: TypedDeposit;
  errors: FormErrors;
  /** How many other notices of this house wait for their money. */
  openNoticeCount: number;
  /** Whether what was paid may be told; without it the page shows what stands on the notice, no more. */
  isMoneyTold: boolean;
}

/** 购房人交款: the house to check, the computed amount, and who pays. */
export function DepositPage(props: DepositPageProps) {
  const { shell, house, offer, errors, typed } = props;
  return (
    <Page
      shell={shell}
      title="购房人交款"
      crumbs={crumbs(house)}
      hasErrors={Object.keys(errors).length > 0}
      isPrivate
    >
      <Steps steps={STEPS} current={2} />
      <PageHead title="购房人交款" />
      <ErrorSummary errors={errors} />
      <Columns side={<Amount {...props} />} isSideFirst>
        <HouseCard {...props} />
        {props.isMoneyTold && props.openNoticeCount > 0 && (
          <OpenNotices count={props.openNoticeCount} />
        )}
        <Form action={`/deposit/${house.code}`}>
          <HiddenField name="submissionKey" value={props.submissionKey} />
          <HiddenField name="amountSeen" value={plainYuan(offer.amountFen)} />
          <Card title="交款信息">
            <Choices
              name="depositKind"
              label="交款类别"
              columns={3}
              options={OFFERED_KINDS.map((kind) => ({
                value: kind,
                label: DEPOSIT_KIND_WORDS[kind],
              }))}
              value={typed.depositKind}
              error={errors["depositKind"]}
            />
            <TextField
              name="payer"
              label="交款人"
              hint="照身份证或营业执照填写。可以替业主交款，钱记在这套房屋名下"
              autocomplete="name"
              width="medium"
              value={typed.payer}
              error={errors["payer"]}
            />
            <TextField
              name="phone"
              label="手机号码"
              hint="这笔交款有问题时，我们用它联系您"
              type="tel"
              inputMode="tel"
              autocomplete="tel"
              width="short"
              value={typed.phone}
              error={errors["phone"]}
            />
          </Card>
          <Actions>
            <Button kind="primary" isLarge>
              提交
            </Button>
            <a href={searchHref(house)}>返回业主自主办理区</a>
          </Actions>
        </Form>
      </Columns>
    </Page>
  );
}

function HouseCard({ house, isMoneyTold }: DepositPageProps) {
  return (
    <FoldCard
      title="核对房屋"
      summary={`${house.address} · ${formatArea(house.areaHundredths)} ㎡`}
    >
      <Facts
        columns={2}
        facts={[
          ...houseFacts(house),
          { label: "交款银行", value: `${house.custody.bankName}任一网点` },
        ]}
      />
      {!isMoneyTold && (
        <p class="quiet">
          已交和余额不在这里显示，请点<a href={`/fund/${house.code}`}>查看明细</a>。不看也可以交款。
        </p>
      )}
    </FoldCard>
  );
}

function moneyFacts({ house, balance, offer }: DepositPageProps): Fact[] {
  const { dueFen } = house;
  const isTopUp = offer.depositKind === "02";
  return [
    { label: "应交", value: dueFen === null ? "未核定" : `${formatYuan(dueFen)} 元` },
    { label: "已交", value: `${formatYuan(balance.firstPaidFen)} 元` },
    { label: isTopUp ? "应续交" : "欠交", value: `${formatYuan(offer.amountFen)} 元` },
  ];
}

function houseFacts(house: House): Fact[] {
  const { standard } = house;
  return [
    { label: "坐落", value: house.address },
    { label: "房屋编号", value: house.code },
    {
      label: "建筑面积",
      value: `${formatArea(house.areaHundredths)} ㎡（${AREA_KIND_WORDS[house.areaKind]}）`,
    },
    { label: "房屋用途", value: HOUSE_USE_WORDS[house.houseUse] },
    {
      label: "交存标准",
      value: standard === null ? "未核定" : `${standardText(standard)}（${standard.name}）`,
    },
  ];
}

function Amount(props: DepositPageProps) {
  const { house, balance, offer, isMoneyTold } = props;
  const { standard } = house;
  return (
    <AmountPanel label="应交金额" fen={offer.amountFen} capitals={rmbInCapitals(offer.amountFen)}>
      {standard && (
        <>
          {isMoneyTold && <p>{arithmetic(house, balance, offer)}</p>}
          <Disclosure summary="怎么算的？">
            {isMoneyTold && <Facts facts={moneyFacts(props)} />}
            <p>
              标准依据：{standard.legalBasis}，{standard.effectiveFrom} 起执行
            </p>
            <p>
              首次交款 = 建筑面积 × 交存标准，四舍五入到分。已经交过的从里面减去。余额低于首次交款的
              30% 时要续交。金额由系统按登记的面积和标准算出，不能改。
            </p>
          </Disclosure>
        </>
      )}
    </AmountPanel>
  );
}

function arithmetic(
  house: House,
  balance: HouseBalance,
  offer: Extract<DepositOffer, { ok: true }>,
): string {
  if (offer.depositKind === "02") {
    return `首次交款 ${formatYuan(balance.firstPaidFen)} 元，余额偏低，续交到规定的比例`;
  }
  const { standard } = house;
  if (standard === null) return "";
  const paid = formatYuan(balance.firstPaidFen);
  return standard.basis === "PRICE"
    ? `${standardText(standard)} − 已交 ${paid}`
    : `${formatArea(house.areaHundredths)} ㎡ × ${standardText(standard)} − 已交 ${paid}`;
}

function OpenNotices({ count }: { count: number }) {
  return (
    <Explanation>
      <p>
        这套房屋已有 {count}{" "}
        张还没交款的通知单。您可以再提交一张；交了其中一张，其余的自动作废，不会重复入账。
      </p>
    </Explanation>
  );
}

export interface NoDepositPageProps {
  shell: PageShell;
  house: House;
  offer: Extract<DepositOffer, { ok: false }>;
  isMoneyTold: boolean;
}

/** The same page for a house that has nothing to pay: why, and what one can do instead. */
export function NoDepositPage({ shell, house, offer, isMoneyTold }: NoDepositPageProps) {
  const words = noDepositWords(offer.reason, isMoneyTold);
  return (
    <Page shell={shell} title="购房人交款" crumbs={crumbs(house)} isPrivate>
      <PageHead title="购房人交款">{house.address}</PageHead>
      <Notice title={words.title} icon="check">
        <p>
          {words.text}
          {house.exemptReason === null || !isMoneyTold ? "" : `：${house.exemptReason}`}。
        </p>
        <Actions>
          <ButtonLink href={`/fund/${house.code}`} kind="primary">
            查看明细
          </ButtonLink>
          <a href={searchHref(house)}>返回业主自主办理区</a>
        </Actions>
      </Notice>
    </Page>
  );
}

function searchHref(house: House): string {
  return `/owner-service?q=${encodeURIComponent(house.address)}`;
}

function crumbs(house: House) {
  return [{ title: "业主自主办理区", href: searchHref(house) }, { title: "购房人交款" }];
}
