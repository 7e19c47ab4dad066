import type { EstateHit } from "#src/register/search/search-houses.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { HiddenField } from "#src/ui/form/form.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import type { Registration } from "./descriptor.ts";
import { type EstateRow, estateRows } from "./estate-rows.ts";
import { at, type FormState } from "./form-cards.tsx";
import { type EstatePart, estateField, SERVICE_KIND_WORDS } from "./schema.ts";

/** Names of the buttons that concern the list of estates alone: the form comes back with everything in it. */
export const FIND_BUTTON = "find-estates";
export const ADD_BUTTON = "add-estate";
export const REMOVE_ESTATE_BUTTON = "remove-estate";

const INTRODUCTIONS: Readonly<Record<Registration["estates"], string>> = {
  optional: "自己开发的项目，可以现在添加，也可以注册通过以后再添加。",
  several: "管理的每个小区都添加进来，一个小区一份合同。注册通过以后只能看到绑定的小区。",
  one: "添加业主委员会所在的小区。一个业主委员会只绑定一个物业区域。",
};

/** 添加物业区域: what was added, with contract or term, and the search for more. */
export function EstatesCard(props: FormState & { action: string }) {
  const { registration, typed, conflicts } = props;
  const rows = estateRows(typed);
  const isFull = registration.estates === "one" && rows.length > 0;
  return (
    <Card title="添加物业区域" id="estates">
      <div class="fields">
        <p class="quiet">{INTRODUCTIONS[registration.estates]}</p>
        {rows.map((row) => (
          <AddedEstate key={row.n} {...props} row={row} />
        ))}
        {conflicts.length > 0 && <Conflicts sentences={conflicts} />}
        {!isFull && <FindEstate {...props} />}
        {isFull && props.errors["estateSearch"] !== undefined && <FindEstate {...props} />}
      </div>
    </Card>
  );
}

function Conflicts({ sentences }: { sentences: readonly string[] }) {
  return (
    <Notice title="这个物业区域已经有人绑定" tone="wait">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}。</p>
      ))}
      <p>您可以照样提交；原来的合同或任期终止以后才能批准，请准备好终止的证明。</p>
    </Notice>
  );
}

function AddedEstate(props: FormState & { row: EstateRow; action: string }) {
  const { row, registration, estates } = props;
  const estate = estates.find(({ code }) => code === row.code);
  const name = estate?.name ?? row.code;
  const own = (part: EstatePart) => at(props, estateField(row.n, part));
  const isTerm = registration.estates === "one";
  const what = isTerm ? "任期" : "合同";
  return (
    <fieldset class="entry-fields">
      <legend>
        {name}
        <span class="quiet">
          {estate === undefined
            ? "没有这个物业区域"
            : [estate.code, estate.districtName, estate.address].filter(Boolean).join(" ")}
        </span>
      </legend>
      <HiddenField name={estateField(row.n, "Code")} value={row.code} />
      {registration.estates === "several" && (
        <TextField {...own("ContractNo")} label="合同编号" hint="物业服务合同的编号" width="long" />
      )}
      {registration.estates !== "optional" && (
        <>
          <DateField {...own("StartsOn")} label={`${what}开始日期`} />
          <DateField {...own("EndsOn")} label={`${what}截止日期`} />
        </>
      )}
      {registration.estates === "several" && (
        <Choices
          {...own("ServiceKind")}
          label="服务类型"
          options={Object.entries(SERVICE_KIND_WORDS).map(([value, label]) => ({ value, label }))}
        />
      )}
      <Button
        kind="text"
        name={REMOVE_ESTATE_BUTTON}
        value={String(row.n)}
        formAction={`${props.action}#estates`}
      >
        去掉 {name}
      </Button>
    </fieldset>
  );
}

function FindEstate(props: FormState & { action: string }) {
  const isOptional =
    estateRows(props.typed).length > 0 || props.registration.estates === "optional";
  return (
    <>
      <TextField
        {...at(props, "estateSearch")}
        label="小区名称"
        hint="可以写别名、拼音或首字母，例如 示例花园、slhy"
        isOptional={isOptional}
        width="long"
      />
      <Actions>
        <Button name={FIND_BUTTON} value="yes" icon="search" formAction={`${props.action}#estates`}>
          查询
        </Button>
      </Actions>
      {props.found !== null && <Found {...props} found={props.found} />}
    </>
  );
}

function Found({ found, action }: { found: readonly EstateHit[]; action: string }) {
  if (found.length === 0) {
    return (
      <p role="status">
        没有找到这个小区。请换一个写法再查，例如只写前几个字；改过名的可以写原来的名称。还没有登记的小区，请打{" "}
        <a href="tel:12345">12345</a>。
      </p>
    );
  }
  return (
    <>
      <p role="status">找到 {found.length} 个物业区域，请点“添加”。</p>
      <ul class="offer-list">
        {found.map((estate) => (
          <li key={estate.code}>
            <span>
              <strong>{estate.name}</strong>
              <span class="quiet">
                {[estate.code, estate.districtName, estate.address].filter(Boolean).join(" ")}
              </span>
            </span>
            <Button name={ADD_BUTTON} value={estate.code} formAction={`${action}#estates`}>
              添加<span class="heard"> {estate.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
