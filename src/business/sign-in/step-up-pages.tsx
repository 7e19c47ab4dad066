import type { ComponentChildren } from "preact";
import { Card } from "#src/ui/box/card.tsx";
import { Explanation } from "#src/ui/box/explanation.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

const TITLE = "再确认一次是您本人";

interface StepUpProps {
  shell: PageShell;
  /** The page of ours that needs it, and that is come back to. */
  next: string;
  errors: FormErrors;
}

function StepUpPage({
  shell,
  next,
  errors,
  children,
}: StepUpProps & { children: ComponentChildren }) {
  return (
    <Page
      shell={shell}
      title={TITLE}
      layout="narrow"
      isPrivate
      hasErrors={Object.keys(errors).length > 0}
    >
      <div class="one-door stack">
        <PageHead title={TITLE}>这一步涉及资金或账户。确认后 10 分钟内不用再确认。</PageHead>
        <ErrorSummary errors={errors} />
        <Card>{children}</Card>
        <p>
          <a href={startOf(next)}>不办了，返回</a>
        </p>
      </div>
    </Page>
  );
}

/** Where the work began: the page itself would only ask for the password again. */
function startOf(next: string): string {
  return next.startsWith("/workbench") ? "/workbench" : "/me";
}

/** Asks for the password once more. */
export function PasswordAgainPage(props: StepUpProps & { action: string }) {
  return (
    <StepUpPage {...props}>
      <Form action={props.action}>
        <TextField
          name="password"
          label="密码"
          type="password"
          autocomplete="current-password"
          error={props.errors["password"]}
          hasFocus
        />
        <Button kind="primary" isWide>
          确认
        </Button>
        <HiddenField name="next" value={props.next} />
      </Form>
    </StepUpPage>
  );
}

/** Asks an owner without a password for a code to his own phone. */
export function CodeAgainPage(
  props: StepUpProps & { action: string; maskedPhone: string; isSent: boolean },
) {
  const { action, next, errors, maskedPhone, isSent } = props;
  return (
    <StepUpPage {...props}>
      {isSent && (
        <Explanation>
          <p>动态密码已发送到 {maskedPhone}，5 分钟内有效。</p>
        </Explanation>
      )}
      <Form action={`${action}/code`}>
        {!isSent && <p>您没有设置密码，用发到 {maskedPhone} 的动态密码确认。</p>}
        <Button kind={isSent ? "plain" : "primary"}>
          {isSent ? "重新获取动态密码" : "获取动态密码"}
        </Button>
        <HiddenField name="next" value={next} />
      </Form>
      <Form action={action}>
        <TextField
          name="code"
          label="动态密码"
          hint="短信里的 6 位数字"
          inputMode="numeric"
          autocomplete="one-time-code"
          width="short"
          error={errors["code"]}
          hasFocus={isSent}
        />
        <Button kind={isSent ? "primary" : "plain"}>确认</Button>
        <HiddenField name="next" value={next} />
      </Form>
    </StepUpPage>
  );
}

/** An owner without a password where no text messages leave the house. */
export function NoStepUpPage({ shell, next }: Omit<StepUpProps, "errors">) {
  return (
    <StepUpPage shell={shell} next={next} errors={{}}>
      <Notice title="现在不能确认" tone="wait">
        <p>
          您没有设置密码，本站又还没有接通短信。请打 <a href="tel:12345">12345</a>
          ，或带身份证到维修资金管理中心窗口办理。
        </p>
      </Notice>
    </StepUpPage>
  );
}
