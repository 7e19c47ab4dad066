import { Card } from "#src/ui/box/card.tsx";
import { DeskPage } from "#src/ui/desk-page.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

export interface SignInPageProps {
  shell: PageShell;
  username: string;
  errors: FormErrors;
}

/** The door of the desk. */
export function SignInPage({ shell, username, errors }: SignInPageProps) {
  return (
    <DeskPage
      shell={shell}
      title="银行柜面登录"
      hasErrors={Object.keys(errors).length > 0}
      isNarrow
    >
      <h1>银行柜面登录</h1>
      <ErrorSummary errors={errors} />
      <Form action="/bank/sign-in">
        <Card>
          <TextField
            name="username"
            label="用户名"
            autocomplete="username"
            width="medium"
            value={username}
            error={errors["username"]}
            hasFocus={Object.keys(errors).length === 0}
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
            <Button kind="primary">登录</Button>
          </Actions>
        </Card>
      </Form>
    </DeskPage>
  );
}
