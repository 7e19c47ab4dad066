import { DOCUMENT_KIND_WORDS } from "#src/register/house-words.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { choicesOf, type Field, type FormState, fieldOf } from "./form-field.ts";
import { CO_OWNERSHIP_WORDS, OWNERS_MAX, ownerField } from "./schema.ts";

/** Who owns it: one owner, and more where they own it together. */
export function OwnersCard(props: FormState) {
  const others = Array.from({ length: OWNERS_MAX - 1 }, (_, index) => index + 2);
  return (
    <Card title="业主信息">
      <div class="fields">
        <Choices
          {...fieldOf(props, "coOwnership")}
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
        {...fieldOf(props, ownerField(n, "Name"))}
        label={`业主姓名${who}`}
        hint={n === 1 ? "照身份证填写；单位填营业执照上的名称" : undefined}
        width="medium"
      />
      <SelectField
        {...fieldOf(props, ownerField(n, "DocumentKind"))}
        value={props.typed[ownerField(n, "DocumentKind")] || "resident-id"}
        label={`证件类型${who}`}
        options={choicesOf(DOCUMENT_KIND_WORDS)}
      />
      <TextField
        {...fieldOf(props, ownerField(n, "DocumentNo"))}
        label={`证件号码${who}`}
        width="medium"
      />
      <TextField
        {...fieldOf(props, ownerField(n, "Phone"))}
        label={`手机号码${who}`}
        type="tel"
        inputMode="tel"
        width="short"
      />
      <TextField
        {...fieldOf(props, ownerField(n, "Share"))}
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

/** Who pays, where it is not an owner. */
export function PayerCard(props: FormState) {
  return (
    <Card title="交款人">
      <Disclosure summary="交款人不是业主本人的，点这里填写" isOpen={isTouched(props, "payer")}>
        <div class="fields">
          <TextField
            {...fieldOf(props, "payerName")}
            label="交款人姓名"
            hint="业主本人交款的不填"
            isOptional
            width="medium"
          />
          <TextField
            {...fieldOf(props, "payerPhone")}
            label="交款人手机号码"
            type="tel"
            inputMode="tel"
            isOptional
            width="short"
          />
          <TextField
            {...fieldOf(props, "payerRelation")}
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
