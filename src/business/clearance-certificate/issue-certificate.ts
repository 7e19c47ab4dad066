import type { BoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import {
  type InstitutionUser,
  institutionActor,
} from "#src/accounts/institutions/institution-user.ts";
import { newApplicationNumber } from "#src/applications/create-application.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { holdHouses } from "#src/ledger/house-balances.ts";
import { type AuditContext, recordAudit } from "#src/platform/audit.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { type CertificateScope, readCertifiedHouses } from "./queries.ts";
import { certify } from "./rules.ts";

/** Certificates are no applications, but have numbers of the same form. */
const CERTIFICATE_PREFIX = "81";

/** What somebody of a developer asks for, of an estate that it is bound to. */
export interface CertificateRequest {
  user: InstitutionUser;
  estate: Pick<BoundEstate, "estateId" | "code">;
  scope: CertificateScope;
  now: Date;
}

export type CertificateOutcome = { ok: true; no: string } | { ok: false; sentence: string };

/**
 * Issues a certificate that a house or a building is paid in full. The houses are held while they are judged, so that
 * no money leaves one of them at that moment; what the certificate says is kept as it was.
 */
export async function issueCertificate(
  db: Db,
  request: CertificateRequest,
  audit: AuditContext,
): Promise<CertificateOutcome> {
  return await db.transaction().execute((tx) => issueIn(tx, request, audit));
}

async function issueIn(
  tx: Tx,
  { user, estate, scope, now }: CertificateRequest,
  audit: AuditContext,
): Promise<CertificateOutcome> {
  const settings = await getCitySettings(tx, shanghaiDate(now));
  const triggerPercent = settings["top-up-trigger-percent"];
  const { estateId } = estate;
  const query = { estateId, scope, triggerPercent };
  const before = await readCertifiedHouses(tx, query);
  await holdHouses(
    tx,
    before.map(({ houseId }) => ({ estateId, houseId })),
  );
  const answer = certify(await readCertifiedHouses(tx, query));
  if (!answer.ok) {
    await recordAudit(tx, audit, estate.code, "refused");
    return answer;
  }
  const no = newApplicationNumber(CERTIFICATE_PREFIX, now);
  await tx
    .insertInto("clearance_certificate")
    .values({
      no,
      institution_id: user.institution.id,
      estate_id: estateId,
      ...(await subjectOf(tx, estateId, scope, answer.houses[0]?.houseId)),
      house_count: answer.houses.length,
      area_hundredths: BigInt(answer.areaHundredths),
      deposited_fen: answer.depositedFen,
      houses: JSON.stringify(
        answer.houses.map(({ code, address, areaHundredths, depositedFen }) => ({
          code,
          address,
          areaHundredths,
          depositedFen: depositedFen.toString(),
        })),
      ),
      issued_by: institutionActor(user),
      issued_at: now,
    })
    .execute();
  await recordAudit(tx, audit, no, "issued");
  return { ok: true, no };
}

async function subjectOf(
  tx: Tx,
  estateId: number,
  scope: CertificateScope,
  houseId: bigint | undefined,
): Promise<{ building_id: number | null; house_id: bigint | null }> {
  if ("houseCode" in scope) return { building_id: null, house_id: houseId ?? null };
  const { id } = await tx
    .selectFrom("building")
    .select("id")
    .where("estate_id", "=", estateId)
    .where("key", "=", scope.buildingKey)
    .executeTakeFirstOrThrow();
  return { building_id: id, house_id: null };
}
