import { DocumentFields } from "#src/applications/documents/document-fields.tsx";
import { AREA_DECIMALS } from "#src/register/house-fields.ts";
import { AREA_KIND_WORDS, HOUSE_NATURE_WORDS, HOUSE_USE_WORDS } from "#src/register/house-words.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { choicesOf, type FormState, fieldOf } from "./form-field.ts";
import { OwnersCard, PayerCard } from "./person-cards.tsx";

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

function PlaceCard(props: FormState) {
  return (
    <Card title="房屋地址">
      <TextField
        {...fieldOf(props, "building")}
        label="幢号"
        hint="幢、栋、号楼都可以，例如 12幢"
        width="short"
      />
      <TextField
        {...fieldOf(props, "unit")}
        label="单元"
        hint="没有单元的不填，例如 3单元"
        isOptional
        width="short"
      />
      <TextField
        {...fieldOf(props, "room")}
        label="房号"
        hint="例如 502。车位、商铺也写在这里，例如 地下一层A103"
        width="short"
      />
      <TextField
        {...fieldOf(props, "floor")}
        label="所在层"
        hint="地下一层写 -1"
        width="short"
        suffix="层"
      />
    </Card>
  );
}

/** The house itself: floor, use, lift, area, contract. */
export function HouseCard(props: FormState) {
  return (
    <Card title="房屋信息">
      <TextField
        {...fieldOf(props, "floors")}
        label="总层数"
        hint="这一幢楼地上一共几层"
        inputMode="numeric"
        width="short"
        suffix="层"
      />
      <Choices
        {...fieldOf(props, "houseUse")}
        label="房屋用途"
        columns={3}
        options={choicesOf(HOUSE_USE_WORDS)}
      />
      <Choices
        {...fieldOf(props, "houseNature")}
        label="房屋性质"
        columns={3}
        options={choicesOf(HOUSE_NATURE_WORDS)}
      />
      <Choices
        {...fieldOf(props, "lift")}
        label="有无电梯"
        options={choicesOf({ yes: "有", no: "无" })}
      />
      <Choices
        {...fieldOf(props, "areaKind")}
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
        {...fieldOf(props, "area")}
        label="建筑面积"
        hint={`应交金额按它计算，${AREA_DECIMALS}`}
        inputMode="decimal"
        width="short"
        suffix="㎡"
      />
      <TextField
        {...fieldOf(props, "innerArea")}
        label="套内面积"
        isOptional
        inputMode="decimal"
        width="short"
        suffix="㎡"
      />
      <TextField
        {...fieldOf(props, "sharedArea")}
        label="公摊面积"
        isOptional
        inputMode="decimal"
        width="short"
        suffix="㎡"
      />
      {props.hasPriceField && (
        <TextField
          {...fieldOf(props, "price")}
          label="购房总价"
          hint="交存标准按购房总价计算的要填"
          isOptional
          inputMode="decimal"
          width="medium"
          suffix="元"
        />
      )}
      <TextField
        {...fieldOf(props, "contractNo")}
        label="合同编号"
        hint="购房合同的编号，或网签备案号"
        isOptional
        width="long"
      />
      <DateField
        {...fieldOf(props, "contractDate")}
        label="合同签订日"
        hint="决定用哪一版交存标准；不填按今天的标准"
        isOptional
      />
      <TextField
        {...fieldOf(props, "realEstateUnitNo")}
        label="不动产单元号"
        hint="28 位，在不动产权证上"
        isOptional
        width="long"
      />
    </Card>
  );
}

/** The papers that this house needs. */
export function DocumentsCard(props: FormState & { takenOut?: readonly string[] }) {
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
