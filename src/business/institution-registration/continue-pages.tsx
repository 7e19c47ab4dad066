import { Card } from "#src/ui/box/card.tsx";
import { Explanation } from "#src/ui/box/explanation.tsx";
import { HelpLine } from "#src/ui/box/help-line.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { CaptchaField, type CaptchaFieldProps } from "#src/ui/form/captcha-field.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

const TITLE = "继续填写注册表单";
const CRUMBS = [{ title: "注册", href: "/register" }, { title: TITLE }];

export interface ContinuePageProps {
  shell: PageShell;
  phone: string;
  captcha: CaptchaFieldProps["captcha"];
  errors: FormErrors;
}

/** Asks for the contact's phone and for a sum. Says nothing about whether a form waits for it. */
export function ContinuePage({ shell, phone, captcha, errors }: ContinuePageProps) {
  return (
    <Page
      shell={shell}
      title={TITLE}
      current="register"
      crumbs={CRUMBS}
      layout="narrow"
      isPrivate
      hasErrors={Object.keys(errors).length > 0}
    >
      <PageHead title={TITLE}>在别的手机或电脑上保存过的表单，用联系人手机验证后接着填。</PageHead>
      <ErrorSummary errors={errors} />
      <Form action="/register/continue">
        <Card>
          <div class="fields">
            <TextField
              name="phone"
              label="联系人手机"
              hint="表单里填的联系人手机号码"
              type="tel"
              inputMode="tel"
              autocomplete="tel"
              width="short"
              value={phone}
              error={errors["phone"]}
            />
            <CaptchaField captcha={captcha} errors={errors} />
            <Actions>
              <Button kind="primary">获取短信验证码</Button>
              <a href="/register">返回</a>
            </Actions>
          </div>
        </Card>
      </Form>
    </Page>
  );
}

/** Asks for the six digits. It reads the same whether a message went out. */
export function ContinueCodePage(props: { shell: PageShell; code: string; errors: FormErrors }) {
  const { shell, errors } = props;
  return (
    <Page
      shell={shell}
      title={TITLE}
      current="register"
      crumbs={CRUMBS}
      layout="narrow"
      isPrivate
      hasErrors={Object.keys(errors).length > 0}
    >
      <PageHead title={TITLE} />
      <ErrorSummary errors={errors} />
      <Explanation>
        <p>有表单是用这个号码保存的话，验证码已经用短信发出，5 分钟内有效。</p>
      </Explanation>
      <Form action="/register/continue/code">
        <Card>
          <div class="fields">
            <TextField
              name="code"
              label="短信验证码"
              hint="短信里的 6 位数字"
              inputMode="numeric"
              autocomplete="one-time-code"
              width="short"
              value={props.code}
              error={errors["code"]}
            />
            <Actions>
              <Button kind="primary">验证，接着填写</Button>
              <a href="/register/continue">没有收到，重新获取</a>
            </Actions>
          </div>
        </Card>
      </Form>
      <p class="quiet">
        一直收不到，可能没有用这个号码保存过，或已经超过 30 天。请<a href="/register">重新填写</a>。
      </p>
      <HelpLine />
    </Page>
  );
}

/** Where no text messages leave the house. */
export function NoSmsPage({ shell }: { shell: PageShell }) {
  return (
    <Page shell={shell} title={TITLE} current="register" crumbs={CRUMBS} layout="narrow" isPrivate>
      <PageHead title={TITLE} />
      <Notice title="短信验证现在不能用" tone="wait">
        <p>请用保存表单的手机或电脑，打开“注册”接着填。</p>
        <Actions>
          <ButtonLink href="/register" kind="primary">
            返回注册
          </ButtonLink>
        </Actions>
      </Notice>
    </Page>
  );
}
