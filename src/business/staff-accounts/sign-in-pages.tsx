import { Card } from "#src/ui/box/card.tsx";
import { DeskPage } from "#src/ui/desk-page.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

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
