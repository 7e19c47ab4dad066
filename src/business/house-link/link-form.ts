import { z } from "zod";
import type { PersonalData } from "#src/platform/personal-data.ts";

const form = z.object({ name: z.string(), documentNo: z.string(), note: z.string() });

/** What an owner said of himself and his house. */
export type LinkForm = z.infer<typeof form>;

/** Encrypts a form for `house_link.form_cipher`. */
export function sealLinkForm(personalData: PersonalData, said: LinkForm): Buffer {
  return personalData.encrypt(JSON.stringify(said));
}

/** Reads `house_link.form_cipher`; throws when it was not written by `sealLinkForm`. */
export function openLinkForm(personalData: PersonalData, cipher: Buffer): LinkForm {
  return form.parse(JSON.parse(personalData.decrypt(cipher)));
}
