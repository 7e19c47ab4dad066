import { Card } from "#src/ui/box/card.tsx";
import { Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

const TITLE = "设置新密码";

/** Asks for a new password in the place of one that is due. */
export function DuePasswordPage(props: {
  shell: PageShell;
  action: string;
  /** Why it is due. */
  why: string;
  /** What the policy asks for. */
  hint: string;
  errors: FormErrors;
}) {
  const { errors } = props;
  return (
    <Page
      shell={props.shell}
      title={TITLE}
      current="sign-in"
      crumbs={[{ title: "登录", href: "/sign-in" }, { title: TITLE }]}
      layout="narrow"
      isPrivate
      hasErrors={Object.keys(errors).length > 0}
    >
      <div class="one-door stack">
        <PageHead title={TITLE}>{props.why}</PageHead>
        <ErrorSummary errors={errors} />
        <Card>
          <Form action={props.action}>
            <TextField
              name="newPassword"
              label="新密码"
              hint={props.hint}
              type="password"
              autocomplete="new-password"
              error={errors["newPassword"]}
              hasFocus
            />
            <TextField
              name="repeatedPassword"
              label="再填一次新密码"
              type="password"
              autocomplete="new-password"
              error={errors["repeatedPassword"]}
            />
            <Button kind="primary" isWide>
              保存并登录
            </Button>
          </Form>
        </Card>
      </div>
    </Page>
  );
}
