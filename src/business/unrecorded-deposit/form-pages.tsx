import type { DocumentRule } from "#src/applications/descriptor.ts";
import { DocumentFields } from "#src/applications/documents/document-fields.tsx";
import type { StoredDocument } from "#src/applications/documents/stored-document.ts";
import type { Estate } from "#src/register/find-estate.ts";
import {
  AREA_KIND_WORDS,
  DOCUMENT_KIND_WORDS,
  HOUSE_NATURE_WORDS,
  HOUSE_USE_WORDS,
} from "#src/register/house-words.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { type Choice, Choices } from "#src/ui/form/choices.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { Steps } from "#src/ui/progress/steps.tsx";
import type { Typed } from "./drafts.ts";
import { STEPS, TITLE } from "./estate-pages.tsx";
import type { TwinAdvice } from "./rules.ts";
import { CO_OWNERSHIP_WORDS, OWNERS_MAX, ownerField } from "./schema.ts";

/** The form as it stands: what was typed, what was uploaded, what is wrong. */
export interface FormState {
  submissionKey: string;
  typed: Typed;
  errors: FormErrors;
  rules: readonly DocumentRule[];
  documents: readonly StoredDocument[];
  /** The house is there already. */
  twin: TwinAdvice | null;
  /** Some standard of the city goes by the price, so the price is asked for. */
  hasPriceField: boolean;
}

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

/** Everything that is filled in: address, house, owners, payer. */
export function FormCards(props: FormState) {
  return (
    <>
      <PlaceCard {...props} />
      <HouseCard {...props} />
      <OwnersCard {...props} />
      <PayerCard {...props} />
    </>
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
    <Card title="核对物业区域">
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
    </Card>
  );
}

function choicesOf(words: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

type Field = { typed: Typed; errors: FormErrors };

/** What every field of the form has: its name, what was typed in it, what is wrong with it. */
function at({ typed, errors }: Field, name: string) {
  return { name, value: typed[name] ?? "", error: errors[name] };
}

function PlaceCard(props: FormState) {
  return (
    <Card title="房屋地址">
      <TextField
        {...at(props, "building")}
        label="幢号"
        hint="幢、栋、号楼都可以，例如 12幢"
        width="short"
      />
      <TextField
        {...at(props, "unit")}
        label="单元"
        hint="没有单元的不填，例如 3单元"
        isOptional
        width="short"
      />
      <TextField
        {...at(props, "room")}
        label="房号"
        hint="例如 502。车位、商铺也写在这里，例如 地下一层A103"
        width="short"
      />
      <TextField
        {...at(props, "floor")}
        label="所在层"
        hint="地下一层写 -1"
        width="short"
        suffix="层"
      />
    </Card>
  );
}

function HouseCard(props: FormState) {
  return (
    <Card title="房屋信息">
      <TextField
        {...at(props, "floors")}
        label="总层数"
        hint="这一幢楼地上一共几层"
        inputMode="numeric"
        width="short"
        suffix="层"
      />
      <Choices
        {...at(props, "houseUse")}
        label="房屋用途"
        columns={3}
        options={choicesOf(HOUSE_USE_WORDS)}
      />
      <Choices
        {...at(props, "houseNature")}
        label="房屋性质"
        columns={3}
        options={choicesOf(HOUSE_NATURE_WORDS)}
      />
      <Choices
        {...at(props, "lift")}
        label="有无电梯"
        options={choicesOf({ yes: "有", no: "无" })}
      />
      <Choices
        {...at(props, "areaKind")}
        label="面积类型"
        options={[
          { value: "forecast", label: AREA_KIND_WORDS.forecast, hint: "合同上的预测面积" },
          {
            value: "measured",
            label: AREA_KIND_WORDS.measured,
            hint: "实测报告或不动产权证上的面积",
          },
        ]}
      />
      <TextField
        {...at(props, "area")}
        label="建筑面积"
        hint="应交金额按它计算，最多两位小数，例如 98.76"
        inputMode="decimal"
        width="short"
        suffix="㎡"
      />
      <TextField
        {...at(props, "innerArea")}
        label="套内面积"
        isOptional
        inputMode="decimal"
        width="short"
        suffix="㎡"
      />
      <TextField
        {...at(props, "sharedArea")}
        label="公摊面积"
        isOptional
        inputMode="decimal"
        width="short"
        suffix="㎡"
      />
      {props.hasPriceField && (
        <TextField
          {...at(props, "price")}
          label="购房总价"
          hint="交存标准按购房总价计算的要填"
          isOptional
          inputMode="decimal"
          width="medium"
          suffix="元"
        />
      )}
      <TextField
        {...at(props, "contractNo")}
        label="合同编号"
        hint="购房合同的编号，或网签备案号"
        isOptional
        width="long"
      />
      <DateField
        {...at(props, "contractDate")}
        label="合同签订日"
        hint="决定用哪一版交存标准；不填按今天的标准"
        isOptional
      />
      <TextField
        {...at(props, "realEstateUnitNo")}
        label="不动产单元号"
        hint="28 位，在不动产权证上"
        isOptional
        width="long"
      />
    </Card>
  );
}

function OwnersCard(props: FormState) {
  const others = Array.from({ length: OWNERS_MAX - 1 }, (_, index) => index + 2);
  return (
    <Card title="业主信息">
      <div class="fields">
        <Choices
          {...at(props, "coOwnership")}
          label="共有方式"
          columns={3}
          options={choicesOf(CO_OWNERSHIP_WORDS)}
        />
        <OwnerFields {...props} n={1} />
        {others.map((n) => (
          <Disclosure
            key={n}
            summary={`第 ${n} 位业主（没有可不填）`}
            isOpen={isTouched(props, `owner${n}`)}
          >
            <OwnerFields {...props} n={n} />
          </Disclosure>
        ))}
        <p class="quiet">业主超过 {OWNERS_MAX} 位的，请带购房合同到维修资金管理中心窗口办理。</p>
      </div>
    </Card>
  );
}

function isTouched({ typed, errors }: Field, prefix: string): boolean {
  const isOwn = (name: string) => name.startsWith(prefix) && !name.endsWith("DocumentKind");
  return (
    Object.keys(errors).some((name) => name.startsWith(prefix)) ||
    Object.entries(typed).some(([name, value]) => isOwn(name) && value !== "")
  );
}

function OwnerFields(props: FormState & { n: number }) {
  const { n } = props;
  const who = n === 1 ? "" : `（第 ${n} 位业主）`;
  return (
    <div class="fields">
      <TextField
        {...at(props, ownerField(n, "Name"))}
        label={`业主姓名${who}`}
        hint={n === 1 ? "照身份证填写；单位填营业执照上的名称" : undefined}
        width="medium"
      />
      <SelectField
        {...at(props, ownerField(n, "DocumentKind"))}
        value={props.typed[ownerField(n, "DocumentKind")] || "resident-id"}
        label={`证件类型${who}`}
        options={choicesOf(DOCUMENT_KIND_WORDS)}
      />
      <TextField
        {...at(props, ownerField(n, "DocumentNo"))}
        label={`证件号码${who}`}
        width="medium"
      />
      <TextField
        {...at(props, ownerField(n, "Phone"))}
        label={`手机号码${who}`}
        type="tel"
        inputMode="tel"
        width="short"
      />
      <TextField
        {...at(props, ownerField(n, "Share"))}
        label={`份额${who}`}
        hint="按份共有的要填，例如 50"
        isOptional
        inputMode="decimal"
        width="short"
        suffix="%"
      />
    </div>
  );
}

function PayerCard(props: FormState) {
  return (
    <Card title="交款人">
      <Disclosure summary="交款人不是业主本人的，点这里填写" isOpen={isTouched(props, "payer")}>
        <div class="fields">
          <TextField
            {...at(props, "payerName")}
            label="交款人姓名"
            hint="业主本人交款的不填"
            isOptional
            width="medium"
          />
          <TextField
            {...at(props, "payerPhone")}
            label="交款人手机号码"
            type="tel"
            inputMode="tel"
            isOptional
            width="short"
          />
          <TextField
            {...at(props, "payerRelation")}
            label="与业主的关系"
            hint="例如 配偶、子女、受托人"
            isOptional
            width="short"
          />
        </div>
      </Disclosure>
    </Card>
  );
}

function DocumentsCard(props: FormState & { takenOut?: readonly string[] }) {
  return (
    <Card title="要件">
      <DocumentFields
        rules={props.rules}
        documents={props.documents}
        errors={props.errors}
        submissionKey={props.submissionKey}
        takenOut={props.takenOut ?? []}
      />
    </Card>
  );
}
