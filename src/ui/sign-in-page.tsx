import { Card } from "./box/card.tsx";
import { DeskPage, type DeskPageProps } from "./desk-page.tsx";
import { Actions, Button } from "./form/button.tsx";
import { ErrorSummary } from "./form/error-summary.tsx";
import { Form } from "./form/form.tsx";
import type { FormErrors } from "./form/form-errors.ts";
import { TextField } from "./form/text-field.tsx";
import type { PageShell } from "./page-shell.ts";

export interface SignInPageProps {
  shell: PageShell;
  desk: DeskPageProps["desk"];
  title: string;
  /** Where user name and password are sent. */
  action: string;
  buttonLabel: string;
  /** As it was typed, when the page comes back. */
  username: string;
  errors: FormErrors;
}

/** A desk's door: user name and password. */
export function SignInPage(props: SignInPageProps) {
  const { shell, desk, title, errors } = props;
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <DeskPage shell={shell} title={title} desk={desk} hasErrors={hasErrors} isNarrow>
      <h1>{title}</h1>
      <ErrorSummary errors={errors} />
      <Form action={props.action}>
        <Card>
          <TextField
            name="username"
            label="用户名"
            autocomplete="username"
            width="medium"
            value={props.username}
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
            <Button kind="primary">{props.buttonLabel}</Button>
          </Actions>
        </Card>
      </Form>
    </DeskPage>
  );
}
