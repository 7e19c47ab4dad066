import { ContactPhone, type ContactPhoneProps } from "#src/accounts/institutions/contact-phone.tsx";
import { Card } from "#src/ui/box/card.tsx";
import { TextField } from "#src/ui/form/text-field.tsx";
import { at, type FormState } from "./form-cards.tsx";

/** What the contact's card shows besides what was typed. */
export type ContactCardProps = FormState & ContactPhoneProps;

/** Whom the fund centre calls, and who is told by text message: his phone is proven by a code. */
export function ContactCard(props: ContactCardProps) {
  return (
    <Card title="联系人" id="contact">
      <div class="fields">
        <TextField {...at(props, "contactName")} label="联系人" width="medium" />
        <ContactPhone {...props} />
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
