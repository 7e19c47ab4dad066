import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { CaptchaField } from "#src/ui/form/captcha-field.tsx";
import { type FormErrors, fieldId } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { ResendWait } from "#src/ui/progress/resend-countdown.tsx";
import { CONTACT_CODE, type ContactState, SEND_CODE_BUTTON } from "./contact-acts.ts";

export interface ContactPhoneProps {
  typed: Readonly<Record<string, string>>;
  errors: FormErrors;
  contact: ContactState;
  /** A typed code that nothing could be compared with yet. */
  contactCode: string;
  /** The form's own address; 获取验证码 comes back to its card `contact`. */
  action: string;
}

const PHONE_HINTS: Readonly<Record<ContactState["kind"], string>> = {
  "no-sms": "本站没有接通短信，号码不用验证，请再核对一遍：有事打这个号码",
  unchanged: "没有改的不用再验证；要改的，填新号码再获取验证码",
  proven: "改了号码的，要重新获取验证码",
  unproven: "填好后获取验证码：办理的短信发到这里",
};

/** 联系人手机 with 获取验证码 and the six digits; without text messages the number alone. */
export function ContactPhone(props: ContactPhoneProps) {
  return (
    <>
      <PhoneRow {...props} />
      <Proof {...props} />
    </>
  );
}

function PhoneRow(props: ContactPhoneProps) {
  const { contact } = props;
  const field = (
    <TextField
      name="contactPhone"
      value={props.typed["contactPhone"] ?? ""}
      error={props.errors["contactPhone"]}
      label="联系人手机"
      hint={PHONE_HINTS[contact.kind]}
      type="tel"
      inputMode="tel"
      autocomplete="tel"
      width="medium"
    />
  );
  if (contact.kind === "no-sms") return field;
  const sent = contact.kind === "unproven" ? contact.sent : null;
  const send = (
    <Button name={SEND_CODE_BUTTON} value="yes" formAction={`${props.action}#contact`}>
      {sent === null ? "获取验证码" : "重新获取"}
    </Button>
  );
  const sending =
    sent === null ? (
      send
    ) : (
      <ResendWait from={sent.againFrom} now={sent.now} endsWith={fieldId("contactPhone")}>
        {send}
      </ResendWait>
    );
  // The sum comes before the button that sends it along.
  if (contact.kind === "unproven" && contact.captcha !== null) {
    return (
      <>
        {field}
        <CaptchaField captcha={contact.captcha} errors={props.errors} />
        <Actions>{sending}</Actions>
      </>
    );
  }
  return (
    <div class="field-and-button">
      {field}
      {sending}
    </div>
  );
}

/** The six digits, or that there is nothing left to prove. */
function Proof({ contact, errors, contactCode }: ContactPhoneProps) {
  if (contact.kind === "proven") {
    return (
      <p role="status">
        <Tag tone="ok">号码已验证</Tag>
      </p>
    );
  }
  if (contact.kind !== "unproven") return null;
  const isJustSent = contact.sent !== null && errors[CONTACT_CODE] === undefined;
  return (
    <>
      {contact.sent !== null && (
        <p role="status">
          验证码已发送到 <strong class="whole">{contact.sent.maskedPhone}</strong>，5 分钟内有效。
        </p>
      )}
      <TextField
        name={CONTACT_CODE}
        label="短信验证码"
        hint="短信里的 6 位数字"
        inputMode="numeric"
        autocomplete="one-time-code"
        width="short"
        value={contactCode}
        error={errors[CONTACT_CODE]}
        hasFocus={isJustSent && Object.keys(errors).length === 0}
      />
    </>
  );
}
