import { Card } from "#src/ui/box/card.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { CaptchaField } from "#src/ui/form/captcha-field.tsx";
import { fieldId } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { ResendWait } from "#src/ui/progress/resend-countdown.tsx";
import { CONTACT_CODE, type ContactState, SEND_CODE_BUTTON } from "./contact-acts.ts";
import { at, type FormState } from "./form-cards.tsx";

/** What the contact's card shows besides what was typed. */
export interface ContactCardProps extends FormState {
  contact: ContactState;
  /** A typed code that nothing could be compared with yet. */
  contactCode: string;
  /** The form's own address; 获取验证码 comes back to this card. */
  action: string;
}

const PHONE_HINTS: Readonly<Record<ContactState["kind"], string>> = {
  "no-sms": "本站没有接通短信，号码不用验证，请再核对一遍：有事打这个号码",
  unchanged: "没有改的不用再验证；要改的，填新号码再获取验证码",
  proven: "改了号码的，要重新获取验证码",
  unproven: "填好后获取验证码：审核结果用短信发到这里",
};

/** Whom the fund centre calls, and who is told by text message: his phone is proven by a code. */
export function ContactCard(props: ContactCardProps) {
  return (
    <Card title="联系人" id="contact">
      <div class="fields">
        <TextField {...at(props, "contactName")} label="联系人" width="medium" />
        <PhoneRow {...props} />
        <Proof {...props} />
        <TextField
          {...at(props, "landline")}
          label="联系电话"
          hint="固定电话连区号一起填，例如 010-88886666"
          isOptional
          type="tel"
          inputMode="tel"
          width="medium"
        />
        <TextField
          {...at(props, "email")}
          label="邮箱"
          isOptional
          autocomplete="email"
          width="long"
        />
      </div>
    </Card>
  );
}

function PhoneRow(props: ContactCardProps) {
  const { contact } = props;
  const field = (
    <TextField
      {...at(props, "contactPhone")}
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
function Proof({ contact, errors, contactCode }: ContactCardProps) {
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
