import type { PersonalData } from "#src/platform/personal-data.ts";
import type { OwnerOfRow } from "./row.ts";

/** An owner as the register keeps one: readable with the key only, found again by keyed hashes. */
export interface SealedOwner {
  nameCipher: Buffer;
  documentKind: OwnerOfRow["documentKind"];
  documentCipher: Buffer;
  documentHash: Buffer;
  phoneCipher: Buffer | null;
  phoneHash: Buffer | null;
}

/** Encrypts the owners of a house. The costliest step of a row: once for each, and only when it is needed. */
export function sealOwners(
  owners: readonly OwnerOfRow[],
  personalData: PersonalData,
): SealedOwner[] {
  return owners.map((owner) => ({
    nameCipher: personalData.encrypt(owner.name),
    documentKind: owner.documentKind,
    documentCipher: personalData.encrypt(owner.documentNo),
    documentHash: personalData.hash("document", owner.documentNo),
    phoneCipher: owner.phone === null ? null : personalData.encrypt(owner.phone),
    phoneHash: owner.phone === null ? null : personalData.hash("phone", owner.phone),
  }));
}
