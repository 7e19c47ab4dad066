import { HomeFrame } from "#src/accounts/owners/home-frame.tsx";
import { Card } from "#src/ui/box/card.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { CheckField } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

export interface FormPageProps {
  shell: PageShell;
  errors: FormErrors;
}

export interface PasswordPageProps extends FormPageProps {
  username: string;
  /** What is asked of a password, before anything is typed. */
  hint: string;
}

/** User name and password, for signing in without a text message. */
export function PasswordPage({ shell, errors, username, hint }: PasswordPageProps) {
  return (
    <HomeFrame
      shell={shell}
      title="设置用户名和密码"
      lead="设好以后，没有手机也能登录。保存时其他地方的登录会退出"
      current="/me/account"
      isBelow
      hasErrors={Object.keys(errors).length > 0}
    >
      <ErrorSummary errors={errors} />
      <Form action="/me/account/password">
        <Card>
          <TextField
            name="username"
            label="用户名"
            hint="4 到 20 位字母、数字、- 或 _，以字母开头"
            autocomplete="username"
            width="medium"
            value={username}
            error={errors["username"]}
          />
          <TextField
            name="password"
            label="新密码"
            hint={hint}
            type="password"
            autocomplete="new-password"
            width="medium"
            error={errors["password"]}
          />
          <TextField
            name="passwordAgain"
            label="再填一次新密码"
            type="password"
            autocomplete="new-password"
            width="medium"
            error={errors["passwordAgain"]}
          />
          <Actions>
            <Button kind="primary">保存</Button>
            <a href="/me/account">返回账户与登录</a>
          </Actions>
        </Card>
      </Form>
    </HomeFrame>
  );
}

/** 注销账户: what it means, and a box to tick. */
export function ClosePage({ shell, errors }: FormPageProps) {
  return (
    <HomeFrame
      shell={shell}
      title="注销账户"
      current="/me/account"
      isBelow
      hasErrors={Object.keys(errors).length > 0}
    >
      <ErrorSummary errors={errors} />
      <Form action="/me/account/close">
        <Card>
          <p>
            注销以后，账户的姓名、手机号、用户名和房屋关联都删除，不能恢复；所有登录都退出。房屋登记、维修资金和已经提交的业务不受影响。
          </p>
          <CheckField name="isSure" label="我知道注销不能恢复" error={errors["isSure"]} />
          <Actions>
            <Button kind="danger">注销账户</Button>
            <a href="/me/account">返回账户与登录</a>
          </Actions>
        </Card>
      </Form>
    </HomeFrame>
  );
}
