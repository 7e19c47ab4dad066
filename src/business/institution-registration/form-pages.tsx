import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { CheckField } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { Steps } from "#src/ui/progress/steps.tsx";
import type { Agreement } from "./agreement.ts";
import { AgreementText } from "./agreement-page.tsx";
import { ContactCard, type ContactCardProps } from "./contact-card.tsx";
import type { ListedDraft } from "./drafts.ts";
import { EstatesCard } from "./estates-card.tsx";
import {
  AccountCard,
  DocumentsCard,
  FirstButton,
  InstitutionCard,
  SignInCard,
} from "./form-cards.tsx";

export const STEPS = ["选择机构类型", "填写并提交", "等待审核", "登录办理"];

/** The button that keeps a half-filled form. */
export const SAVE_BUTTON = "save-draft";

export interface RegistrationFormPageProps extends ContactCardProps {
  shell: PageShell;
  agreement: Agreement;
  /** The form was just saved to be continued. */
  isSaved: boolean;
  /** Passwords were typed or saved before: they are asked again. */
  mustRetype: boolean;
  /** What the deployment asks of passwords. */
  passwordWords: string;
  /** What this browser began earlier, of this kind. */
  earlier: ListedDraft | null;
}

/** Steps three and four of the manual: institution, estates, papers, agreement, 提交. */
export function RegistrationFormPage(props: RegistrationFormPageProps) {
  const { shell, registration, errors } = props;
  return (
    <Page
      shell={shell}
      title={registration.title}
      current="register"
      crumbs={[{ title: "注册", href: "/register" }, { title: registration.title }]}
      hasErrors={Object.keys(errors).length > 0}
      isPrivate
    >
      <Steps steps={STEPS} current={2} />
      <PageHead title={registration.title}>
        照证件填写。填到一半可以保存，{"30 天内接着填。"}
      </PageHead>
      <ErrorSummary errors={errors} />
      {props.isSaved && (
        <Saved
          hasPhone={(props.typed["contactPhone"] ?? "") !== ""}
          isSmsAvailable={props.contact.kind !== "no-sms"}
        />
      )}
      {props.earlier !== null && <Earlier draft={props.earlier} path={registration.path} />}
      <Form action={registration.path} hasFiles>
        <FirstButton />
        <InstitutionCard {...props} />
        <ContactCard {...props} />
        <AccountCard {...props} />
        <EstatesCard {...props} />
        <DocumentsCard {...props} />
        <SignInCard {...props} />
        <AgreementCard {...props} />
        <Actions>
          <Button kind="primary" isLarge>
            提交
          </Button>
          <Button name={SAVE_BUTTON} value="yes">
            保存，以后再填
          </Button>
          <a href="/register">返回</a>
        </Actions>
      </Form>
    </Page>
  );
}

function Saved({ hasPhone, isSmsAvailable }: { hasPhone: boolean; isSmsAvailable: boolean }) {
  return (
    <Notice title="已经保存，30 天内可以接着填" icon="check">
      <p>
        在这台设备上，打开“注册”就能继续。密码没有保存，提交前再输入。
        <OtherDevice {...{ hasPhone, isSmsAvailable }} />
      </p>
    </Notice>
  );
}

function OtherDevice({ hasPhone, isSmsAvailable }: { hasPhone: boolean; isSmsAvailable: boolean }) {
  if (!isSmsAvailable) return <>本站没有接通短信，换了手机或电脑的不能接着填。</>;
  if (!hasPhone) return <>要换手机或电脑接着填的，请先填好联系人手机，再保存一次。</>;
  return (
    <>
      换手机或电脑的，打开 <a href="/register/continue">继续填写</a>，用联系人手机验证。
    </>
  );
}

function Earlier({ draft, path }: { draft: ListedDraft; path: string }) {
  const whose = draft.name === "" ? "" : `“${draft.name}”的`;
  return (
    <Notice title="您有一份没有提交的表单" icon="doc">
      <p>
        {whose}表单还没有提交。<a href={`${path}?form=${draft.submissionKey}`}>接着填写</a>
        ，或在下面填一份新的。
      </p>
    </Notice>
  );
}

function AgreementCard({ agreement, typed, errors }: RegistrationFormPageProps) {
  return (
    <Card title="机构注册协议">
      <div class="fields">
        <HiddenField name="agreementVersion" value={agreement.version} />
        <Disclosure summary="阅读《机构注册协议》全文" isOpen={errors["isAgreed"] !== undefined}>
          <AgreementText agreement={agreement} />
        </Disclosure>
        <p class="quiet">
          也可以<a href="/register/agreement">单独打开协议</a>，打印或保存。
        </p>
        <CheckField
          name="isAgreed"
          label="我已阅读并同意《机构注册协议》"
          isChecked={typed["isAgreed"] === "yes"}
          error={errors["isAgreed"]}
        />
      </div>
    </Card>
  );
}
