import { type Fen, formatYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { CitySettings } from "#src/register/city-settings.ts";
import { AREA_DECIMALS, roundedAreaSentence } from "#src/register/house-fields.ts";
import { HOUSE_USE_WORDS } from "#src/register/house-words.ts";
import { LawWords } from "#src/register/law/law-words.tsx";
import type { Law } from "#src/register/law/laws.ts";
import {
  firstDepositArithmetic,
  WHICH_EDITION,
} from "#src/register/standards/judge-first-deposit.ts";
import type { RegisterStandard } from "#src/register/standards/list-standards.ts";
import { standardText } from "#src/register/standards/standard-text.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Explanation } from "#src/ui/box/explanation.tsx";
import { Actions, Button, ButtonLink, PrintButton } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Columns, Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { keepWhole } from "#src/ui/list/keep-whole.tsx";
import { AmountPanel } from "#src/ui/money/amount-panel.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { Calculation } from "./rules.ts";
import type { CalculatorForm, TypedQuestion } from "./schema.ts";

type Answer = Extract<Calculation, { ok: true }> & { form: CalculatorForm };

export interface CalculatorPageProps {
  shell: PageShell;
  typed: TypedQuestion;
  errors: FormErrors;
  /** Null until something was asked that can be answered. */
  answer: Answer | null;
  asksFloors: boolean;
  asksPrice: boolean;
  settings: CitySettings;
  laws: readonly Law[];
}

const TITLE = "计算器";

/** The calculator: what is asked, and the amount with standard, arithmetic and law. */
export function CalculatorPage(props: CalculatorPageProps) {
  const { shell, errors, answer } = props;
  const form = <QuestionForm {...props} />;
  return (
    <Page
      shell={shell}
      title={TITLE}
      description="按面积、房屋用途、有没有电梯和合同日期算首次要交的维修资金，写明用的标准和依据，不用登录。"
      current="guides"
      crumbs={[{ title: "办事指南", href: "/guides" }, { title: TITLE }]}
      hasErrors={Object.keys(errors).length > 0}
    >
      <PageHead title={TITLE}>算一算首次要交多少维修资金。不登录，不留下任何信息。</PageHead>
      <ErrorSummary errors={errors} />
      {answer ? (
        <Columns side={<AnswerPanel {...props} answer={answer} />} isSideFirst>
          {form}
          <Below answer={answer} settings={props.settings} laws={props.laws} />
        </Columns>
      ) : (
        <>
          {form}
          <HowItWorks settings={props.settings} laws={props.laws} />
        </>
      )}
    </Page>
  );
}

function QuestionForm({ typed, errors, asksFloors, asksPrice, answer }: CalculatorPageProps) {
  const at = (name: keyof TypedQuestion) => ({ name, value: typed[name], error: errors[name] });
  return (
    <Card>
      <Form action="/calculator" method="get" label="算一算要交多少">
        <TextField
          {...at("area")}
          label="建筑面积"
          hint={`照购房合同填写，${AREA_DECIMALS}`}
          inputMode="decimal"
          width="short"
          suffix="㎡"
        />
        <Choices
          {...at("houseUse")}
          label="房屋用途"
          columns={3}
          options={Object.entries(HOUSE_USE_WORDS).map(([value, label]) => ({ value, label }))}
        />
        <Choices
          {...at("lift")}
          label="有无电梯"
          hint="这一幢楼有没有电梯；住宅要选"
          options={[
            { value: "yes", label: "有" },
            { value: "no", label: "无" },
          ]}
        />
        {asksFloors && (
          <TextField
            {...at("floors")}
            label="总层数"
            hint="这一幢楼地上一共几层"
            isOptional
            inputMode="numeric"
            width="short"
            suffix="层"
          />
        )}
        {asksPrice && (
          <TextField
            {...at("price")}
            label="购房总价"
            hint="标准按购房总价计算的要填"
            isOptional
            inputMode="decimal"
            width="medium"
            suffix="元"
          />
        )}
        <DateField
          {...at("contractDate")}
          label="合同签订日"
          hint="决定用哪一版标准；没有合同的不填，当作今天登记的房屋来算"
          isOptional
        />
        <Actions>
          <Button kind={answer ? "plain" : "primary"} isLarge={answer === null}>
            {answer ? "重新计算" : "计算"}
          </Button>
          {answer && <a href="/calculator">全部清空</a>}
        </Actions>
      </Form>
    </Card>
  );
}

function AnswerPanel({ answer, laws, typed }: CalculatorPageProps & { answer: Answer }) {
  const { form, standard, dueFen } = answer;
  const rounded = roundedAreaSentence(typed.area);
  const measure = { areaHundredths: form.area, priceFen: form.price };
  return (
    <>
      <AmountPanel label="首次应交" fen={dueFen} capitals={rmbInCapitals(dueFen)}>
        <p>{keepWhole(firstDepositArithmetic(measure, standard, dueFen))}</p>
        {rounded && <p>{rounded}。</p>}
        <p>
          标准：{standard.name}，{keepWhole(`${standardText(standard)}（${periodOf(standard)}）`)}
        </p>
        <p>
          依据：
          <LawWords basis={standard.legalBasis} laws={laws} />
        </p>
        <p>{ROUNDING_WORDS[standard.roundTo]}</p>
      </AmountPanel>
      <Actions>
        <ButtonLink href="/owner-service" kind="primary" isLarge>
          去业主自主办理区交款
        </ButtonLink>
        <PrintButton />
      </Actions>
    </>
  );
}

const ROUNDING_WORDS: Readonly<Record<RegisterStandard["roundTo"], string>> = {
  FEN: "四舍五入到分。已经交过的，从里面减去。",
  JIAO: "四舍五入到角。已经交过的，从里面减去。",
  YUAN: "四舍五入到元。已经交过的，从里面减去。",
};

function periodOf({ effectiveFrom, effectiveTo }: RegisterStandard): string {
  return effectiveTo === null
    ? `合同签订日在 ${effectiveFrom} 及以后`
    : `合同签订日在 ${effectiveFrom} 到 ${effectiveTo}`;
}

interface BelowProps {
  answer: Answer;
  settings: CitySettings;
  laws: readonly Law[];
}

/** What art. 17 makes of this very amount. */
function Below({ answer, settings, laws }: BelowProps) {
  const yuan = (amount: Fen) => `${formatYuan(amount)} 元`;
  const trigger = settings["top-up-trigger-percent"];
  const target = settings["top-up-target-percent"];
  return (
    <Card title="以后什么时候要续交" id="top-up">
      <Facts
        facts={[
          {
            label: "要续交",
            value: keepWhole(`余额低于 ${yuan(answer.triggerFen)}（首次交款的 ${trigger}%）的时候`),
          },
          {
            label: "续交到",
            value: keepWhole(`${yuan(answer.targetFen)}（首次交款的 ${target}%）`),
          },
        ]}
      />
      <TopUpBasis laws={laws} />
    </Card>
  );
}

function TopUpBasis({ laws }: { laws: readonly Law[] }) {
  return (
    <p class="after-lines quiet">
      余额是本金和利息的合计。成立了业主大会的，续交方案由业主大会决定（
      <LawWords basis="《住宅专项维修资金管理办法》第十七条" laws={laws} />
      ）。怎么办，看<a href="/guides/top-up">续交指南</a>。
    </p>
  );
}

function HowItWorks({ settings, laws }: Omit<BelowProps, "answer">) {
  return (
    <Card title="怎么算的" id="how">
      <Explanation>
        <p>首次交款 = 建筑面积 × 交存标准</p>
      </Explanation>
      <p class="after-lines">
        交存标准全市统一，按房屋用途、有没有电梯分档。{WHICH_EDITION}。每一版都在
        <a href="/policies/deposit-standards">首期交存标准</a>。
      </p>
      <p class="after-lines">
        以后余额低于首次交款的 {settings["top-up-trigger-percent"]}% 时要续交，补到{" "}
        {settings["top-up-target-percent"]}%。
      </p>
      <TopUpBasis laws={laws} />
    </Card>
  );
}
