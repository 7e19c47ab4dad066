import { z } from "zod";
import { mobileField } from "#src/accounts/institutions/contact-fields.ts";

/** What asks for a code, besides the sum, which the captcha judges. */
export const phoneForm = z.object({ phone: mobileField });
