import { DocumentFields } from "#src/applications/documents/document-fields.tsx";
import type { StoredDocument } from "#src/applications/documents/stored-document.ts";
import type { EstateHit } from "#src/register/search/search-houses.ts";
import { Card } from "#src/ui/box/card.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import type { Registration } from "./descriptor.ts";
import { type FormEstate, OTHER_DISTRICT } from "./read-form.ts";
import type { Typed } from "./schema.ts";

/** The form as it stands: what was typed, uploaded, found; what is wrong. */
export interface FormState {
  registration: Registration;
  submissionKey: string;
  typed: Typed;
  errors: FormErrors;
  documents: readonly StoredDocument[];
  /** UploadForm.fileNotes. */
  fileNotes?: FormErrors;
  districts: readonly string[];
  /** The estates that were added, as the register has them. */
  estates: readonly FormEstate[];
  /** What the search for an estate found; null where nothing was looked for. */
  found: readonly EstateHit[] | null;
  /** Who already works for the estates, in sentences. */
  conflicts: readonly string[];
  /** When correcting: which handed-in documents are ticked to be taken out. */
  takenOut?: readonly string[];
}

type Field = Pick<FormState, "typed" | "errors">;

/** What every field of the form has: its name, what was typed in it, what is wrong with it. */
export function at({ typed, errors }: Field, name: string) {
  return { name, value: typed[name] ?? "", error: errors[name] };
}

/** Enter in a text field presses a form's first button: it must be 提交. */
export function FirstButton() {
  return (
    <button type="submit" class="heard" tabIndex={-1} aria-hidden="true">
      提交
    </button>
  );
}

/** Name, code, who stands for it, address. */
export function InstitutionCard(props: FormState) {
  const { registration } = props;
  const isCommittee = registration.institution === "committee";
  return (
    <Card title="机构信息">
      <div class="fields">
        <TextField
          {...at(props, "institutionName")}
          label="机构名称"
          hint={isCommittee ? "和备案证明上的一样" : "和营业执照上的一样，写全称"}
          autocomplete="organization"
        />
        <TextField
          {...at(props, "creditCode")}
          label="统一社会信用代码"
          hint={
            isCommittee
              ? "18 位。没有的不填，在下一格填备案号"
              : "18 位，在营业执照上，字母不分大小写"
          }
          isOptional={isCommittee}
          width="long"
        />
        {isCommittee && (
          <TextField
            {...at(props, "recordNo")}
            label="备案号"
            hint="业主委员会备案证明上的编号。填了统一社会信用代码的可以不填"
            isOptional
            width="long"
          />
        )}
        <TextField
          {...at(props, "legalPerson")}
          label={registration.legalPersonTitle}
          width="medium"
        />
        <TextField
          {...at(props, "legalPersonDocumentNo")}
          label={`${registration.legalPersonTitle}身份证号`}
          hint="18 位，最后一位可以是 X"
          isOptional
          width="medium"
        />
        {!isCommittee && (
          <DateField
            {...at(props, "licenceUntil")}
            label="营业执照有效期"
            hint="填截止日期；长期有效的不填"
            isOptional
          />
        )}
        <SelectField
          {...at(props, "district")}
          label="所在区划"
          prompt="请选择"
          options={[
            ...props.districts.map((name) => ({ value: name, label: name })),
            { value: OTHER_DISTRICT, label: "其他地区（在详细地址里写清省、市、区）" },
          ]}
          width="long"
        />
        <TextField
          {...at(props, "address")}
          label="详细地址"
          hint="注册或办公地址，例如 示例路 8 号 3 楼"
          autocomplete="address-line1"
        />
      </div>
    </Card>
  );
}

/** Whom the fund centre calls, and who is told by text message. */
export function ContactCard(props: FormState) {
  return (
    <Card title="联系人">
      <div class="fields">
        <TextField {...at(props, "contactName")} label="联系人" width="medium" />
        <TextField
          {...at(props, "contactPhone")}
          label="联系人手机"
          hint="审核结果用短信发到这个号码；没填完的表单也凭它继续填"
          type="tel"
          inputMode="tel"
          autocomplete="tel"
          width="medium"
        />
        <TextField
          {...at(props, "landline")}
          label="联系电话"
          hint="固定电话连区号一起填，例如 010-88886666"
          isOptional
          type="tel"
          inputMode="tel"
          width="medium"
        />
        <TextField
          {...at(props, "email")}
          label="邮箱"
          isOptional
          autocomplete="email"
          width="long"
        />
      </div>
    </Card>
  );
}

/** The account that money goes back to; asked of developers alone. */
export function AccountCard(props: FormState) {
  if (props.registration.institution !== "developer") return null;
  return (
    <Card title="退款账户">
      <div class="fields">
        <TextField
          {...at(props, "accountName")}
          label="户名"
          hint="和机构名称一样：代业主交的款要退时，只退到单位自己的账户"
        />
        <TextField
          {...at(props, "accountBank")}
          label="开户行"
          hint="写到支行，例如 示例银行民生支行"
          width="long"
        />
        <TextField {...at(props, "accountNo")} label="账号" inputMode="numeric" width="long" />
      </div>
    </Card>
  );
}

/** The papers; without script 上传 and 删除 post the form and come back to it. */
export function DocumentsCard(props: FormState) {
  return (
    <Card title="要件" id="documents">
      <DocumentFields
        rules={props.registration.documents}
        documents={props.documents}
        errors={props.errors}
        notes={props.fileNotes ?? {}}
        submissionKey={props.submissionKey}
        takenOut={props.takenOut ?? []}
      />
    </Card>
  );
}

/** User name and password of the institution's first user, its administrator. */
export function SignInCard(props: FormState & { mustRetype: boolean; passwordWords: string }) {
  const again = props.mustRetype ? "为了安全，密码没有保存，请重新输入。" : "";
  return (
    <Card title="登录账号">
      <div class="fields">
        <TextField
          {...at(props, "username")}
          label="登录用户名"
          hint="4 到 20 位字母和数字，以字母开头，例如 shiliwuye。不能用中文"
          autocomplete="username"
          width="medium"
        />
        <TextField
          name="password"
          label="密码"
          hint={`${again}${props.passwordWords}`}
          type="password"
          autocomplete="new-password"
          width="medium"
          error={props.errors["password"]}
        />
        <TextField
          name="passwordAgain"
          label="再输入一次密码"
          type="password"
          autocomplete="new-password"
          width="medium"
          error={props.errors["passwordAgain"]}
        />
      </div>
    </Card>
  );
}
