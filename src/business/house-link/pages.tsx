import { HomeFrame } from "#src/accounts/owners/home-frame.tsx";
import { DocumentFields } from "#src/applications/documents/document-fields.tsx";
import type { StoredDocument } from "#src/applications/documents/stored-document.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import type { House } from "#src/register/find-house.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextArea, TextField } from "#src/ui/form/text-field.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { Steps } from "#src/ui/progress/steps.tsx";
import { LINK_DOCUMENTS } from "./descriptor.ts";

export interface LinkFormProps {
  shell: PageShell;
  house: House;
  action: string;
  typed: SentForm;
  errors: FormErrors;
  fileNotes: FormErrors;
  documents: readonly StoredDocument[];
  submissionKey: string;
  /** Whether text messages leave the house: else none is promised. */
  isSmsAvailable: boolean;
  /** When it is put right: what the fund centre said, the number as it is kept, masked, and what was taken out. */
  correction?: {
    opinion: string;
    maskedDocument: string;
    takenOut: readonly string[];
    back: string;
  };
}

/** 凭要件申请关联: who he is, and his papers. Nothing is told of the house but where it is. */
export function LinkFormPage(props: LinkFormProps) {
  const { shell, house, errors, correction } = props;
  return (
    <HomeFrame
      shell={shell}
      title={correction ? "补正关联申请" : "凭要件申请关联"}
      lead={`${house.address}　房屋编号 ${house.code}`}
      current="/me/link"
      isBelow
      hasErrors={Object.keys(errors).length > 0}
    >
      <Steps
        steps={[
          "填写并上传",
          "审核（3 个工作日）",
          props.isSmsAvailable ? "短信告诉您结果" : "登录后看结果",
        ]}
        current={1}
      />
      <ErrorSummary errors={errors} />
      {correction && (
        <Notice title="需要补正" tone="bad">
          <p>{correction.opinion}</p>
        </Notice>
      )}
      <Form action={props.action} label="凭要件申请关联" hasFiles>
        <PersonCard {...props} />
        <Card title="要件" id="documents">
          <DocumentFields
            rules={LINK_DOCUMENTS}
            documents={props.documents}
            errors={errors}
            notes={props.fileNotes}
            submissionKey={props.submissionKey}
            takenOut={correction?.takenOut ?? []}
          />
        </Card>
        <p class="quiet">
          审核通过以前，这套房屋的钱和业主都看不到。通过以后只是关联到您的账户，登记的业主不改；买卖、继承要改登记的，请先办过户。
        </p>
        <Actions>
          <Button kind="primary" isLarge>
            提交
          </Button>
          <a href={correction?.back ?? `/me/link/${house.code}`}>返回</a>
        </Actions>
      </Form>
    </HomeFrame>
  );
}

function PersonCard({ typed, errors, correction }: LinkFormProps) {
  return (
    <Card title="业主">
      <TextField
        name="realName"
        label="业主姓名"
        hint="照身份证填写"
        autocomplete="name"
        width="medium"
        value={typed["realName"]}
        error={errors["realName"]}
      />
      <TextField
        name="documentNo"
        label="身份证号"
        hint={
          correction
            ? `已填 ${correction.maskedDocument}，不改就留空`
            : "没有身份证的，填护照或通行证号码"
        }
        isOptional={correction !== undefined}
        autocomplete="off"
        width="medium"
        value={typed["documentNo"]}
        error={errors["documentNo"]}
      />
      <TextArea
        name="note"
        label="说明"
        hint="登记的姓名、证件号码或手机和现在不一样的，写明为什么，最多 200 个字"
        isOptional
        value={typed["note"]}
        error={errors["note"]}
      />
    </Card>
  );
}

/** Told in place of the form when the house cannot be asked for now. */
export function CannotAskPage(props: {
  shell: PageShell;
  house: House;
  sentence: string;
  /** The page that helps instead: the application that waits, or the house that is linked. */
  link: { href: string; words: string };
}) {
  const { shell, house, sentence, link } = props;
  return (
    <HomeFrame
      shell={shell}
      title="凭要件申请关联"
      lead={`${house.address}　房屋编号 ${house.code}`}
      current="/me/link"
      isBelow
    >
      <Notice title={sentence}>
        <Actions>
          <ButtonLink href={link.href} kind="primary">
            {link.words}
          </ButtonLink>
        </Actions>
      </Notice>
    </HomeFrame>
  );
}
