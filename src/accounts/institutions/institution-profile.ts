import { z } from "zod";
import type { PersonalData } from "#src/platform/personal-data.ts";

/**
 * What an institution tells of itself besides its name and code; kept encrypted as one text, since nothing in it is
 * searched for. Optional parts are empty texts.
 */
const profile = z.object({
  legalPerson: z.string(),
  legalPersonDocumentNo: z.string(),
  address: z.string(),
  contactName: z.string(),
  contactPhone: z.string(),
  landline: z.string(),
  email: z.string(),
  accountName: z.string(),
  accountBank: z.string(),
  accountNo: z.string(),
  licenceUntil: z.string(),
});

export type InstitutionProfile = z.infer<typeof profile>;

/** Encrypts a profile for `institution.profile_cipher`. */
export function sealProfile(personalData: PersonalData, written: InstitutionProfile): Buffer {
  return personalData.encrypt(JSON.stringify(written));
}

/** Reads `institution.profile_cipher`; throws when it was not written by `sealProfile`. */
export function openProfile(personalData: PersonalData, cipher: Buffer): InstitutionProfile {
  return profile.parse(JSON.parse(personalData.decrypt(cipher)));
}
