import { Button } from "#src/ui/form/button.tsx";
import { CaptchaField, type CaptchaFieldProps } from "#src/ui/form/captcha-field.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { OtherWay, OwnerDoorPage, type OwnerDoorProps, withNext } from "./door-pages.tsx";

/** 业主用户使用普通方式登录: user name, password and a captcha. */
export function OwnerPasswordPage(
  props: OwnerDoorProps & { username: string; captcha: CaptchaFieldProps["captcha"] },
) {
  const { errors, next, username, captcha } = props;
  const phonePath = withNext("/sign-in/phone", next);
  return (
    <OwnerDoorPage {...props} how="普通方式：用户名和密码">
      <Form action="/sign-in">
        <TextField
          name="username"
          label="用户名"
          autocomplete="username"
          value={username}
          error={errors["username"]}
        />
        <TextField
          name="password"
          label="密码"
          type="password"
          autocomplete="current-password"
          error={errors["password"]}
        />
        <CaptchaField captcha={captcha} errors={errors} />
        <Button kind="primary" isWide isLarge>
          业主登录
        </Button>
        {next !== null && <HiddenField name="next" value={next} />}
      </Form>
      <p class="quiet">忘记密码？用手机动态密码登录后重新设置。</p>
      <OtherWay href={phonePath} icon="phone" title="业主用户手机动态密码登录" />
    </OwnerDoorPage>
  );
}
