import { ContactPhone, type ContactPhoneProps } from "#src/accounts/institutions/contact-phone.tsx";
import { Card } from "#src/ui/box/card.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { PROFILE } from "./descriptor.ts";

export interface ContactPageProps extends ContactPhoneProps {
  shell: PageShell;
  person: InstitutionPerson;
}

const TITLE = "改联系方式";

/** 改联系方式: changes at once, after the password was given once more; a new phone is proven by a code. */
export function ContactPage(props: ContactPageProps) {
  const { shell, person, typed, errors, contact, action } = props;
  return (
    <InstitutionPage
      shell={shell}
      person={person}
      title={TITLE}
      current={PROFILE}
      hasErrors={Object.keys(errors).length > 0}
    >
      <h1>{TITLE}</h1>
      <ErrorSummary errors={errors} />
      <Card id="contact">
        <p>
          马上生效，不用审核。
          {contact.kind !== "no-sms" && "业务的短信发到这个手机号码，换号码要用短信验证码验证。"}
        </p>
        <Form action={action} label={TITLE}>
          {/* Enter in a field saves: it presses the form's first button. */}
          <button type="submit" class="heard" tabIndex={-1} aria-hidden="true">
            保存联系方式
          </button>
          <ContactPhone {...props} />
          <TextField
            name="email"
            label="邮箱"
            width="medium"
            value={typed["email"] ?? ""}
            error={errors["email"]}
            isOptional
          />
          <Actions>
            <Button kind="primary">保存联系方式</Button>
            <a href={PROFILE}>返回单位资料</a>
          </Actions>
        </Form>
      </Card>
    </InstitutionPage>
  );
}
