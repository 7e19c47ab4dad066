import type { KeptEstate } from "#src/accounts/institutions/bound-estates.ts";
import { INSTITUTION_REGISTRATION as REGISTRATION } from "#src/accounts/institutions/institution-session.ts";
import { DocumentFields } from "#src/applications/documents/document-fields.tsx";
import type { StoredDocument } from "#src/applications/documents/stored-document.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { maskAccount, maskName } from "#src/kernel/masking.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { CHANGE_DOCUMENTS, CHANGE_PATH, CORRECTION_PATH, PROFILE } from "./descriptor.ts";
import type { RegisteredInstitution } from "./queries.ts";
import { estateFields } from "./schema.ts";

export interface ChangePageProps {
  shell: PageShell;
  person: InstitutionPerson;
  /** What was typed; the first time what the estates are bound with. */
  typed: SentForm;
  errors: FormErrors;
  institution: RegisteredInstitution;
  bound: readonly KeptEstate[];
  submissionKey: string;
  documents: readonly StoredDocument[];
  fileNotes: FormErrors;
  /** The password was asked for in between, and what was typed is still there. */
  isKept: boolean;
  /** Of a change that was sent back; null for a new one. */
  correction: { number: string; wishes: readonly string[]; takenOut: readonly string[] } | null;
}

/** 申请变更, and 补正 of one that was sent back: what is left empty stays as it is. */
export function ChangePage(props: ChangePageProps) {
  const { shell, person, institution, bound, typed, errors, correction } = props;
  const isExpired = institution.state === "expired";
  const title = correction === null ? "申请变更单位资料" : "补正变更申请";
  const back = isExpired ? REGISTRATION : PROFILE;
  const { profile } = institution;
  const text = (name: string) => ({ name, value: typed[name] ?? "", error: errors[name] });
  return (
    <InstitutionPage
      shell={shell}
      person={person}
      title={title}
      current={back}
      hasErrors={Object.keys(errors).length > 0}
      isRestricted={isExpired}
    >
      <h1>{title}</h1>
      <ErrorSummary errors={errors} />
      {props.isKept && (
        <Notice title="已确认是您本人" icon="check">
          <p>填的内容和上传的文件都在，请核对，再点“提交”。</p>
        </Notice>
      )}
      {correction !== null && <Wishes {...correction} />}
      <p>
        不改的就留空。管理中心批准以前，原来登记的内容不变。
        {isExpired && "绑定的物业区域已到期：请填新合同或新任期的日期，批准以后恢复使用。"}
      </p>
      <Form action={correction === null ? CHANGE_PATH : CORRECTION_PATH} label={title} hasFiles>
        <Card title="单位" id="institution">
          <TextField
            {...text("institutionName")}
            label="新的机构名称"
            hint={`现在是 ${institution.name}`}
            isOptional
          />
          <TextField
            {...text("legalPerson")}
            label="新的法定代表人或负责人"
            hint={`现在是 ${maskName(profile.legalPerson) || "没有登记"}`}
            isOptional
          />
        </Card>
        <Card title="银行账户" id="account">
          <p class="quiet">
            {profile.accountNo === ""
              ? "现在没有登记账号。"
              : `现在是 ${profile.accountBank} ${maskAccount(profile.accountNo)}。`}
            要改就三项都填，提交时再输一次密码。
          </p>
          <TextField {...text("accountName")} label="新的户名" isOptional />
          <TextField {...text("accountBank")} label="新的开户银行" isOptional />
          <TextField {...text("accountNo")} label="新的账号" inputMode="numeric" isOptional />
        </Card>
        {bound.map((estate) => (
          <EstateCard key={estate.code} {...props} estate={estate} />
        ))}
        <NewEstateCard {...props} />
        <Card title="要件" id="documents">
          <DocumentFields
            rules={CHANGE_DOCUMENTS}
            documents={props.documents}
            errors={errors}
            notes={props.fileNotes}
            submissionKey={props.submissionKey}
            takenOut={correction?.takenOut ?? []}
          />
        </Card>
        <Actions>
          <Button kind="primary" isLarge>
            提交
          </Button>
          <a href={back}>{isExpired ? "返回机构注册" : "返回单位资料"}</a>
        </Actions>
      </Form>
    </InstitutionPage>
  );
}

function Wishes({ number, wishes }: NonNullable<ChangePageProps["correction"]>) {
  return (
    <Notice title="请补正下面的内容" tone="wait">
      {wishes.map((wish) => (
        <p key={wish}>{wish}</p>
      ))}
      <p>
        业务单编号不变，是 <a href={`/applications/${number}`}>{groupNumber(number)}</a>。
      </p>
    </Notice>
  );
}

function TermFields({ code, typed, errors, person }: ChangePageProps & { code: string }) {
  const fields = estateFields(code);
  const text = (name: string) => ({ name, value: typed[name] ?? "", error: errors[name] });
  const what = person.kind === "committee" ? "任期" : "合同";
  return (
    <>
      {person.kind === "property-company" && (
        <TextField {...text(fields.contractNo)} label="合同编号" width="medium" isOptional />
      )}
      {person.kind !== "developer" && (
        <>
          <DateField {...text(fields.startsOn)} label={`${what}起始日期`} />
          <DateField {...text(fields.endsOn)} label={`${what}到期日期`} />
        </>
      )}
    </>
  );
}

function EstateCard(props: ChangePageProps & { estate: KeptEstate }) {
  const { estate, typed, errors } = props;
  const { isEnded } = estateFields(estate.code);
  return (
    <Card
      title={`${estate.name}（${estate.code}）`}
      id={`estate-${estate.code}`}
      aside={estate.isOver && <Tag tone="bad">已到期</Tag>}
    >
      <TermFields {...props} code={estate.code} />
      <Choices
        name={isEnded}
        label="绑定"
        value={typed[isEnded] ?? ""}
        error={errors[isEnded]}
        options={[
          { value: "", label: "继续绑定" },
          { value: "yes", label: "解除绑定" },
        ]}
      />
    </Card>
  );
}

function NewEstateCard(props: ChangePageProps) {
  const { typed, errors } = props;
  return (
    <Card title="添加物业区域" id="new-estate">
      <TextField
        name="newEstate"
        label="物业区域编号"
        hint="例如 SL0126，可以在“进入我的小区”里查到；不添加就留空"
        width="short"
        value={typed["newEstate"] ?? ""}
        error={errors["newEstate"]}
        isOptional
      />
      <TermFields {...props} code="new" />
    </Card>
  );
}
