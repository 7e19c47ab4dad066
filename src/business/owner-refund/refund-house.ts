import type { UploadDeps } from "#src/applications/documents/read-upload-form.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { findHouseByCode, type House } from "#src/register/find-house.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { OwnerProofDeps } from "./prove-owner.ts";
import type { RefundDeps } from "./submit-refund.ts";

/** What the pages of 业主退款 are built on. */
export interface OwnerRefundDeps extends OwnerProofDeps, RefundDeps, UploadDeps {
  shell: (visit: Visit) => PageShell;
}

/** The house of the URL; throws NotFound for a code that is nobody's. */
export async function refundHouseOf(deps: OwnerRefundDeps, visit: Visit): Promise<House> {
  const house = await findHouseByCode(deps.db, visit.c.req.param("house") ?? "");
  if (house === null) throw new NotFound();
  return house;
}
