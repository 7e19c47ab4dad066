import { Card } from "#src/ui/box/card.tsx";
import { DeskPage } from "#src/ui/desk-page.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { QrBox } from "#src/ui/progress/qr-box.tsx";

interface PasswordPageProps {
  shell: PageShell;
  username: string;
  errors: FormErrors;
}

/** The door of the fund centre's workbench: user name and password. */
export function PasswordPage({ shell, username, errors }: PasswordPageProps) {
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <DeskPage shell={shell} title="管理中心登录" desk="fund-centre" hasErrors={hasErrors} isNarrow>
      <h1>管理中心登录</h1>
      <ErrorSummary errors={errors} />
      <Form action="/review/sign-in">
        <Card>
          <TextField
            name="username"
            label="用户名"
            autocomplete="username"
            width="medium"
            value={username}
            error={errors["username"]}
            hasFocus={!hasErrors}
          />
          <TextField
            name="password"
            label="密码"
            type="password"
            autocomplete="current-password"
            width="medium"
            error={errors["password"]}
          />
          <Actions>
            <Button kind="primary">下一步</Button>
          </Actions>
        </Card>
      </Form>
    </DeskPage>
  );
}

/** What somebody without an authenticator has to set up. */
export interface Enrolment {
  /** Of our own bar-code writer. */
  qrSvg: string;
  secret: string;
}

interface CodePageProps {
  shell: PageShell;
  enrolment: Enrolment | null;
  /** The password was somebody else's choice and has to be replaced. */
  needsPassword: boolean;
  errors: FormErrors;
}

/** The second step: the code of the authenticator, and on the first sign-in its setting up. */
export function CodePage({ shell, enrolment, needsPassword, errors }: CodePageProps) {
  const title = enrolment ? "设置动态口令" : "动态口令";
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <DeskPage shell={shell} title={title} desk="fund-centre" hasErrors={hasErrors} isNarrow>
      <h1>{title}</h1>
      <ErrorSummary errors={errors} />
      {enrolment && <EnrolmentCard {...enrolment} />}
      <Form action="/review/sign-in/code">
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
          {needsPassword && <NewPassword errors={errors} />}
          <Actions>
            <Button kind="primary">登录</Button>
            <ButtonLink href="/review/sign-in" kind="text">
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

function NewPassword({ errors }: { errors: FormErrors }) {
  return (
    <>
      <TextField
        name="newPassword"
        label="新密码"
        hint="您现在用的是别人给的初始密码，请另设一个，至少 10 位"
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
