import { HomeFrame } from "#src/accounts/owners/home-frame.tsx";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import type { FormPageProps } from "./account-form-pages.tsx";

/** 更换手机号码: the new number, to which a code goes. */
export function NewPhonePage({
  shell,
  errors,
  typed,
  isSmsAvailable,
}: FormPageProps & { typed: string; isSmsAvailable: boolean }) {
  return (
    <HomeFrame
      shell={shell}
      title="更换手机号码"
      current="/me/account"
      isBelow
      hasErrors={Object.keys(errors).length > 0}
    >
      <ErrorSummary errors={errors} />
      {isSmsAvailable ? (
        <Form action="/me/account/phone">
          <Card>
            <TextField
              name="phone"
              label="新的手机号码"
              hint="我们往这个号码发动态密码，收到并填上才算换好"
              type="tel"
              inputMode="tel"
              autocomplete="tel"
              width="short"
              value={typed}
              error={errors["phone"]}
            />
            <Actions>
              <Button kind="primary">获取动态密码</Button>
              <a href="/me/account">返回账户与登录</a>
            </Actions>
          </Card>
        </Form>
      ) : (
        <Notice title="现在不能发短信，换不了手机号码" tone="wait">
          <p>请带身份证到维修资金管理中心窗口办理，或打 12345。</p>
        </Notice>
      )}
    </HomeFrame>
  );
}

/** The code that went to the new number. */
export function NewPhoneCodePage({
  shell,
  errors,
  maskedPhone,
}: FormPageProps & { maskedPhone: string }) {
  return (
    <HomeFrame
      shell={shell}
      title="填写动态密码"
      lead={`已发到 ${maskedPhone}，5 分钟内有效`}
      current="/me/account"
      isBelow
      hasErrors={Object.keys(errors).length > 0}
    >
      <ErrorSummary errors={errors} />
      <Form action="/me/account/phone/code">
        <Card>
          <TextField
            name="code"
            label="动态密码"
            hint="短信里的 6 位数字"
            inputMode="numeric"
            autocomplete="one-time-code"
            width="short"
            error={errors["code"]}
          />
          <Actions>
            <Button kind="primary">更换手机号码</Button>
            <a href="/me/account/phone">没有收到，重新获取</a>
          </Actions>
        </Card>
      </Form>
    </HomeFrame>
  );
}
