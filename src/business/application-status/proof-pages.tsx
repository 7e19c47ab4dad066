import { Card } from "#src/ui/box/card.tsx";
import { Explanation } from "#src/ui/box/explanation.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { CaptchaField, type CaptchaFieldProps } from "#src/ui/form/captcha-field.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

const TITLE = "用手机号验证";

interface ProofPageProps {
  shell: PageShell;
  number: string;
  errors: FormErrors;
}

function crumbs(number: string) {
  return [{ title: "业务单", href: `/applications/${number}` }, { title: TITLE }];
}

export interface PhonePageProps extends ProofPageProps {
  phone: string;
  captcha: CaptchaFieldProps["captcha"];
}

/** Asks for the phone that was given with the application, and for a sum. Says nothing about which it is. */
export function PhonePage({ shell, number, phone, captcha, errors }: PhonePageProps) {
  const action = `/applications/${number}/proof`;
  return (
    <Page
      shell={shell}
      title={TITLE}
      crumbs={crumbs(number)}
      layout="narrow"
      isPrivate
      hasErrors={Object.keys(errors).length > 0}
    >
      <PageHead title={TITLE}>验证以后，30 分钟内可以在这台设备上打印、补正或撤销。</PageHead>
      <ErrorSummary errors={errors} />
      <Form action={action}>
        <Card>
          <div class="fields">
            <TextField
              name="phone"
              label="手机号码"
              hint="提交这笔业务时留的手机号码"
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
              <a href={`/applications/${number}`}>返回业务单</a>
            </Actions>
          </div>
        </Card>
      </Form>
    </Page>
  );
}

/** Asks for the six digits. It reads the same whether a message went out. */
export function CodePage({ shell, number, code, errors }: ProofPageProps & { code: string }) {
  return (
    <Page
      shell={shell}
      title={TITLE}
      crumbs={crumbs(number)}
      layout="narrow"
      isPrivate
      hasErrors={Object.keys(errors).length > 0}
    >
      <PageHead title={TITLE} />
      <ErrorSummary errors={errors} />
      <Explanation>
        <p>您填的手机号和提交时留的一致的话，验证码已经用短信发出，5 分钟内有效。</p>
      </Explanation>
      <Form action={`/applications/${number}/proof/code`}>
        <Card>
          <TextField
            name="code"
            label="短信验证码"
            hint="短信里的 6 位数字"
            inputMode="numeric"
            autocomplete="one-time-code"
            width="short"
            value={code}
            error={errors["code"]}
          />
          <Actions>
            <Button kind="primary">验证</Button>
            <a href={`/applications/${number}/proof`}>没有收到，重新获取</a>
          </Actions>
        </Card>
      </Form>
      <p class="quiet">
        一直收不到，可能手机号和提交时留的不一致。请打 <a href="tel:12345">12345</a>
        ，或带身份证和单据到维修资金管理中心窗口办理。
      </p>
    </Page>
  );
}

/** Where no text messages leave the house: says so, and what to do instead. */
export function NoSmsPage({ shell, number }: Omit<ProofPageProps, "errors">) {
  return (
    <Page shell={shell} title={TITLE} crumbs={crumbs(number)} layout="narrow" isPrivate>
      <PageHead title={TITLE} />
      <Notice title="短信验证现在不能用" tone="wait">
        <WithoutSms />
        <Actions>
          <ButtonLink href={`/applications/${number}`} kind="primary">
            看办理进度
          </ButtonLink>
        </Actions>
      </Notice>
    </Page>
  );
}

function WithoutSms() {
  return (
    <p>
      请用提交时的手机或电脑办理。换了设备的，请打 <a href="tel:12345">12345</a>
      ，或带身份证和单据到维修资金管理中心窗口办理。
    </p>
  );
}

export interface NotProvenPageProps {
  shell: PageShell;
  number: string;
  /** What was refused: 打印这张单据. */
  act: string;
  isSmsAvailable: boolean;
}

/** Told to a browser that neither made the application nor has proven its phone. */
export function NotProvenPage({ shell, number, act, isSmsAvailable }: NotProvenPageProps) {
  return (
    <Page shell={shell} title={`不能${act}`} layout="narrow" isPrivate>
      <PageHead title={`这台设备还不能${act}`} />
      <Notice title="先证明是您提交的" tone="wait">
        <p>这件事只有提交的人能办，我们靠当时用的浏览器认出您。</p>
        {isSmsAvailable ? <p>换了手机或电脑的，可以用提交时留的手机号验证。</p> : <WithoutSms />}
        <Actions>
          {isSmsAvailable && (
            <ButtonLink href={`/applications/${number}/proof`} kind="primary">
              {TITLE}
            </ButtonLink>
          )}
          <a href={`/applications/${number}`}>看办理进度</a>
        </Actions>
      </Notice>
    </Page>
  );
}
