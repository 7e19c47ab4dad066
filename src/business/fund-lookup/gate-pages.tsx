import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { CaptchaField, type CaptchaFieldProps } from "#src/ui/form/captcha-field.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { CRUMBS } from "./fund-page.tsx";

interface Gate {
  shell: PageShell;
  /** The house behind it. */
  address: string;
  /** The page that was asked for. */
  action: string;
}

interface FrameProps {
  gate: Gate;
  title: string;
  heading: string;
  isPrivate?: boolean;
  errors?: FormErrors;
  children: preact.ComponentChildren;
}

/** What every gate before a house's lines shows around its question. */
function GatePage({ gate, title, heading, isPrivate = true, errors, children }: FrameProps) {
  return (
    <Page
      shell={gate.shell}
      title={title}
      crumbs={CRUMBS}
      layout="narrow"
      isPrivate={isPrivate}
      hasErrors={Object.keys(errors ?? {}).length > 0}
    >
      <PageHead title={heading}>{gate.address}</PageHead>
      {children}
    </Page>
  );
}

interface QuestionProps {
  action: string;
  errors: FormErrors;
  children: preact.ComponentChildren;
}

/** One thing asked; the right answer opens the lines. */
function Question({ action, errors, children }: QuestionProps) {
  return (
    <>
      <ErrorSummary errors={errors} />
      <Form action={action}>
        <Card>
          {children}
          <Actions>
            <Button kind="primary">查看明细</Button>
          </Actions>
        </Card>
      </Form>
    </>
  );
}

export interface QuestionPageProps extends Gate {
  errors: FormErrors;
}

/** Policy `verified`: one known fact first (manual, D3). */
export function VerifyPage({ errors, ...gate }: QuestionPageProps) {
  return (
    <GatePage gate={gate} title="核对身份" heading="先核对一项" errors={errors}>
      <Question action={gate.action} errors={errors}>
        <TextField
          name="fact"
          label="业主证件号码后 4 位，或登记手机号后 4 位"
          hint="填其中一项，例如 002X 或 5678"
          autocomplete="off"
          width="short"
          error={errors["fact"]}
        />
      </Question>
    </GatePage>
  );
}

export interface CaptchaPageProps extends QuestionPageProps {
  captcha: CaptchaFieldProps["captcha"];
}

/** After a few look-ups from one visitor: a sum to work out first (look: too many look-ups). */
export function CaptchaPage({ captcha, errors, ...gate }: CaptchaPageProps) {
  return (
    <GatePage gate={gate} title="先算一道题" heading="查询有点频繁，请先算一道题" errors={errors}>
      <Question action={gate.action} errors={errors}>
        <CaptchaField captcha={captcha} errors={errors} />
      </Question>
    </GatePage>
  );
}

/** Policy `login`: only signed in. */
export function SignInFirstPage(gate: Gate) {
  return (
    <GatePage gate={gate} title="登录后查看" heading="登录后查看明细" isPrivate={false}>
      <Notice title="本市的房屋明细要登录后查看" tone="wait">
        <p>登录后可以查看您名下已关联房屋的资金明细。交款不用登录。</p>
        <p>
          不方便登录的，请带身份证到维修资金管理中心窗口查询，或打 <a href="tel:12345">12345</a>。
        </p>
        <Actions>
          <ButtonLink href={`/sign-in?next=${encodeURIComponent(gate.action)}`} kind="primary">
            业主登录
          </ButtonLink>
        </Actions>
      </Notice>
    </GatePage>
  );
}

/** Told to an owner who is signed in and whose account does not open this house. */
export function LinkFirstPage(gate: Gate) {
  return (
    <GatePage gate={gate} title="这套房屋还没有关联" heading="这套房屋还没有关联到您的账户">
      <Notice title="只能查看已关联的房屋" tone="wait">
        <p>
          是您的房屋的，请先<a href="/me/link">关联</a>；登记的业主或证件有误的，请打{" "}
          <a href="tel:12345">12345</a>。
        </p>
        <Actions>
          <ButtonLink href="/me" kind="primary">
            看我的房屋
          </ButtonLink>
        </Actions>
      </Notice>
    </GatePage>
  );
}
