import { CONTACT_UNPROVEN } from "#src/accounts/institutions/contact-acts.ts";
import { findContactProof } from "#src/accounts/institutions/contact-proof.ts";
import { sealProfile } from "#src/accounts/institutions/institution-profile.ts";
import { tellOfChange } from "#src/accounts/tell-of-change.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { getInstitution } from "./queries.ts";
import type { ChangeDeps } from "./submit-change.ts";

/**
 * Changes how the institution is reached, at once: the messages about its business go there, and the former phone is
 * told so. Where a phone must be proven, a new one is refused that gave no code in this browser.
 */
export async function changeContact(
  deps: ChangeDeps,
  act: {
    institutionId: number;
    contact: { contactPhone: string; email: string };
    browserHash: Buffer;
    mustProveContact: boolean;
    audit: AuditContext;
    now: Date;
  },
): Promise<{ ok: true } | { ok: false; errors: FormErrors }> {
  const { personalData } = deps;
  return await deps.db.transaction().execute(async (tx) => {
    const held = await getInstitution(tx, personalData, act.institutionId, { isHeld: true });
    const { profile } = held;
    const { contactPhone: newPhone } = act.contact;
    const isNew = newPhone !== profile.contactPhone;
    if (isNew && act.mustProveContact) {
      const claim = { phone: newPhone, browserHash: act.browserHash, now: act.now };
      const provenAt = await findContactProof({ db: tx, personalData }, claim);
      if (provenAt === null) return { ok: false, errors: CONTACT_UNPROVEN };
    }
    await tx
      .updateTable("institution")
      .set({ profile_cipher: sealProfile(personalData, { ...profile, ...act.contact }) })
      .where("id", "=", act.institutionId)
      .execute();
    if (isNew) {
      const codeTail = (held.creditCode ?? held.recordNo ?? "").slice(-4);
      const change = { kind: "institution-contact", newPhone, codeTail } as const;
      await tellOfChange(tx, personalData, {
        phone: profile.contactPhone,
        change,
        now: act.now,
      });
    }
    await recordAudit(tx, act.audit, act.audit.actor, "done");
    return { ok: true };
  });
}
