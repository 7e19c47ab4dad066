import { Card } from "./box/card.tsx";
import { DeskPage, type DeskPageProps } from "./desk-page.tsx";
import { Actions, Button, ButtonLink } from "./form/button.tsx";
import { ErrorSummary } from "./form/error-summary.tsx";
import { Form } from "./form/form.tsx";
import type { FormErrors } from "./form/form-errors.ts";
import { TextField } from "./form/text-field.tsx";
import type { PageShell } from "./page-shell.ts";
import { QrBox } from "./progress/qr-box.tsx";

/** What somebody without an authenticator has to set up. */
export interface Enrolment {
  /** Of our own bar-code writer. */
  qrSvg: string;
  secret: string;
}

export interface CodePageProps {
  shell: PageShell;
  desk?: DeskPageProps["desk"];
  /** Where the code is sent, and the first step. */
  action: string;
  backHref: string;
  enrolment: Enrolment | null;
  /** The password has to be replaced: why, and what the new one has to be. */
  newPasswordHint: string | null;
  errors: FormErrors;
}

/** The second step of a desk's door: the code of the authenticator, and on the first sign-in its setting up. */
export function CodePage(props: CodePageProps) {
  const { shell, desk, enrolment, newPasswordHint, errors } = props;
  const title = enrolment ? "设置动态口令" : "动态口令";
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <DeskPage shell={shell} title={title} desk={desk} hasErrors={hasErrors} isNarrow>
      <h1>{title}</h1>
      <ErrorSummary errors={errors} />
      {enrolment && <EnrolmentCard {...enrolment} />}
      <Form action={props.action}>
        <Card>
          <TextField
            name="code"
            label="动态口令"
            hint="验证器上现在显示的 6 位数字，每个只能用一次"
            inputMode="numeric"
            autocomplete="one-time-code"
            width="short"
            error={errors["code"]}
            hasFocus={!hasErrors}
          />
          {newPasswordHint !== null && <NewPassword hint={newPasswordHint} errors={errors} />}
          <Actions>
            <Button kind="primary">登录</Button>
            <ButtonLink href={props.backHref} kind="text">
              返回
            </ButtonLink>
          </Actions>
        </Card>
      </Form>
    </DeskPage>
  );
}

function EnrolmentCard({ qrSvg, secret }: Enrolment) {
  return (
    <Card title="第一次登录，请先添加验证器">
      <p>
        请用手机上的验证器（任何支持 TOTP
        的应用）扫描，或手工输入密钥。以后每次登录都要它显示的数字。
      </p>
      <QrBox svg={qrSvg} caption="用验证器扫描" />
      <p>
        密钥：<strong data-totp-secret>{secret.replace(/(.{4})(?=.)/g, "$1 ")}</strong>
      </p>
    </Card>
  );
}

function NewPassword({ hint, errors }: { hint: string; errors: FormErrors }) {
  return (
    <>
      <TextField
        name="newPassword"
        label="新密码"
        hint={hint}
        type="password"
        autocomplete="new-password"
        width="medium"
        error={errors["newPassword"]}
      />
      <TextField
        name="repeatedPassword"
        label="再填一次新密码"
        type="password"
        autocomplete="new-password"
        width="medium"
        error={errors["repeatedPassword"]}
      />
    </>
  );
}
