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

export interface GatePageProps {
  shell: PageShell;
  address: string;
  action: string;
  errors: FormErrors;
}

/** Policy `verified`: one known fact first (manual, D3). */
export function VerifyPage({ shell, address, action, errors }: GatePageProps) {
  return (
    <Page
      shell={shell}
      title="核对身份"
      crumbs={CRUMBS}
      layout="narrow"
      isPrivate
      hasErrors={Object.keys(errors).length > 0}
    >
      <PageHead title="先核对一项">{address}</PageHead>
      <ErrorSummary errors={errors} />
      <Form action={action}>
        <Card>
          <TextField
            name="fact"
            label="业主证件号码后 4 位，或登记手机号后 4 位"
            hint="填其中一项，例如 002X 或 5678"
            autocomplete="off"
            width="short"
            error={errors["fact"]}
          />
          <Actions>
            <Button kind="primary">查看明细</Button>
          </Actions>
        </Card>
      </Form>
    </Page>
  );
}

/** Policy `login`: only signed in. */
export function SignInFirstPage({ shell, address, action }: ClosedPageProps) {
  return (
    <Page shell={shell} title="登录后查看" crumbs={CRUMBS} layout="narrow">
      <PageHead title="登录后查看明细">{address}</PageHead>
      <Notice title="本市的房屋明细要登录后查看" tone="wait">
        <p>登录后可以查看您名下已关联房屋的资金明细。交款不用登录。</p>
        <p>
          不方便登录的，请带身份证到维修资金管理中心窗口查询，或打 <a href="tel:12345">12345</a>。
        </p>
        <Actions>
          <ButtonLink href={`/sign-in?next=${encodeURIComponent(action)}`} kind="primary">
            业主登录
          </ButtonLink>
        </Actions>
      </Notice>
    </Page>
  );
}

interface ClosedPageProps {
  shell: PageShell;
  address: string;
  /** The page that was asked for. */
  action: string;
}

/** Told to an owner who is signed in and whose account does not open this house. */
export function LinkFirstPage({ shell, address }: ClosedPageProps) {
  return (
    <Page shell={shell} title="这套房屋还没有关联" crumbs={CRUMBS} layout="narrow" isPrivate>
      <PageHead title="这套房屋还没有关联到您的账户">{address}</PageHead>
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
    </Page>
  );
}

export interface CaptchaPageProps {
  shell: PageShell;
  address: string;
  action: string;
  captcha: CaptchaFieldProps["captcha"];
  errors: FormErrors;
}

/** After a few look-ups from one visitor: a sum to work out first (look: too many look-ups). */
export function CaptchaPage(props: CaptchaPageProps) {
  const { shell, address, action, captcha, errors } = props;
  return (
    <Page
      shell={shell}
      title="先算一道题"
      crumbs={CRUMBS}
      layout="narrow"
      isPrivate
      hasErrors={Object.keys(errors).length > 0}
    >
      <PageHead title="查询有点频繁，请先算一道题">{address}</PageHead>
      <ErrorSummary errors={errors} />
      <Form action={action}>
        <Card>
          <CaptchaField captcha={captcha} errors={errors} />
          <Actions>
            <Button kind="primary">查看明细</Button>
          </Actions>
        </Card>
      </Form>
    </Page>
  );
}
