import { INSTITUTION_SIGN_IN } from "#src/accounts/institutions/institution-session.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Button } from "#src/ui/form/button.tsx";
import { CaptchaField, type CaptchaFieldProps } from "#src/ui/form/captcha-field.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { RowLink } from "#src/ui/list/row-link.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { DoorPage, InstitutionDoors } from "./door-pages.tsx";
import { INSTITUTION_DOORS, institutionDoorHref } from "./institution-doors.ts";

const CRUMB = { title: "登录", href: "/sign-in" };

/** The three doors alone, for whoever comes without having chosen one. */
export function ChooseDoorPage({ shell }: { shell: PageShell }) {
  return (
    <Page
      shell={shell}
      title="机构登录"
      current="sign-in"
      crumbs={[CRUMB, { title: "机构登录" }]}
      layout="narrow"
      isPrivate
    >
      <PageHead title="机构登录">请先选择机构的类别。</PageHead>
      <InstitutionDoors />
    </Page>
  );
}

export interface InstitutionDoorProps {
  shell: PageShell;
  kind: InstitutionKind;
  username: string;
  captcha: CaptchaFieldProps["captcha"];
  errors: FormErrors;
}

/** The door of one kind of institution: user name, password and a captcha. */
export function InstitutionDoorPage(props: InstitutionDoorProps) {
  const { kind, username, captcha, errors } = props;
  const title = titleOf(kind);
  return (
    <DoorPage
      {...props}
      title={title}
      heading={title}
      how="登录后进入物业专项维修资金信息管理系统。"
      others={<OtherDoors kind={kind} />}
    >
      <Form action={INSTITUTION_SIGN_IN}>
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
          登录
        </Button>
        <HiddenField name="kind" value={kind} />
      </Form>
      <p class="quiet">
        忘记密码的，请本单位的管理员重置；管理员忘记的，请打 <a href="tel:12345">12345</a>。
      </p>
    </DoorPage>
  );
}

function OtherDoors({ kind }: { kind: InstitutionKind }) {
  const others = INSTITUTION_DOORS.filter((door) => door.kind !== kind);
  return (
    <Card title="其他登录" id="other-doors">
      <ul class="door-list">
        {others.map(({ kind: other, ...words }) => (
          <li key={other}>
            <RowLink href={institutionDoorHref(other)} {...words} />
          </li>
        ))}
        <li>
          <RowLink href="/sign-in" icon="user" title="业主登录" text="用户名密码或手机动态密码" />
        </li>
      </ul>
      <p>
        还没有账号？<a href="/register">机构注册</a>
      </p>
    </Card>
  );
}

function titleOf(kind: InstitutionKind): string {
  return INSTITUTION_DOORS.find((door) => door.kind === kind)?.title ?? "机构登录";
}
