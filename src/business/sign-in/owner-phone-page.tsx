import { Explanation } from "#src/ui/box/explanation.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Button, ButtonLink } from "#src/ui/form/button.tsx";
import { CaptchaField, type CaptchaFieldProps } from "#src/ui/form/captcha-field.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { ResendCountdown } from "#src/ui/progress/resend-countdown.tsx";
import { OtherWay, OwnerDoorPage, type OwnerDoorProps, withNext } from "./door-pages.tsx";

const HOW = "手机动态密码：不用记密码";
const PATH = "/sign-in/phone";
/** Where a dynamic password is asked for. */
export const CODE_PATH = `${PATH}/code`;

/** 业主用户手机动态密码登录 before a code was sent: phone and captcha get one. */
export function OwnerPhonePage(
  props: OwnerDoorProps & { phone: string; captcha: CaptchaFieldProps["captcha"] },
) {
  const { errors, next, phone, captcha } = props;
  return (
    <OwnerDoorPage {...props} how={HOW}>
      <Form action={PATH}>
        <TextField
          name="phone"
          label="手机号码"
          type="tel"
          inputMode="tel"
          autocomplete="tel"
          value={phone}
          error={errors["phone"]}
        />
        <CaptchaField captcha={captcha} errors={errors} />
        <CodeRow errors={errors}>
          <Button formAction={CODE_PATH}>获取动态密码</Button>
        </CodeRow>
        <Button kind="primary" isWide isLarge>
          业主登录
        </Button>
        {next !== null && <HiddenField name="next" value={next} />}
      </Form>
      <p class="quiet">第一次登录也用这个方式：验证手机号码后自动开通账户。</p>
      <ByPassword next={next} />
    </OwnerDoorPage>
  );
}

/** The same after a code was sent: only the code is left to type. */
export function OwnerCodePage(
  props: OwnerDoorProps & { phone: string; againFrom: Date; now: Date },
) {
  const { errors, next, phone, againFrom, now } = props;
  const again = withNext(`${PATH}?again=1`, next);
  return (
    <OwnerDoorPage {...props} how={HOW}>
      <Explanation>
        <p>
          动态密码已发送到 <strong class="whole">{phone}</strong>，5 分钟内有效。
          <a class="whole" href={again}>
            手机号码填错了
          </a>
        </p>
      </Explanation>
      <Form action={PATH}>
        <CodeRow errors={errors} hasFocus>
          <ResendCountdown from={againFrom} now={now} href={again}>
            重新获取
          </ResendCountdown>
        </CodeRow>
        <Button kind="primary" isWide isLarge>
          业主登录
        </Button>
        {next !== null && <HiddenField name="next" value={next} />}
      </Form>
      <ByPassword next={next} />
    </OwnerDoorPage>
  );
}

function CodeRow(props: {
  errors: FormErrors;
  hasFocus?: boolean;
  children: preact.ComponentChildren;
}) {
  return (
    <div class="field-and-button">
      <TextField
        name="code"
        label="动态密码"
        hint="短信里的 6 位数字"
        inputMode="numeric"
        autocomplete="one-time-code"
        error={props.errors["code"]}
        hasFocus={props.hasFocus}
      />
      {props.children}
    </div>
  );
}

function ByPassword({ next }: { next: string | null }) {
  return (
    <OtherWay href={withNext("/sign-in", next)} icon="user" title="业主用户使用普通方式登录" />
  );
}

/** Where no text messages leave the house: says so, and what to do instead. */
export function NoSmsPage(props: Omit<OwnerDoorProps, "errors">) {
  return (
    <OwnerDoorPage {...props} errors={{}} how={HOW}>
      <Notice title="手机动态密码现在不能用" tone="wait">
        <p>
          本站还没有接通短信。已经设置用户名和密码的，请用普通方式登录。没有的，交款、查询不登录也能办，其他请打{" "}
          <a href="tel:12345">12345</a>。
        </p>
        <ButtonLink href={withNext("/sign-in", props.next)} kind="primary">
          业主用户使用普通方式登录
        </ButtonLink>
      </Notice>
    </OwnerDoorPage>
  );
}
