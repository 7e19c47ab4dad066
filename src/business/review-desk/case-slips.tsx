import type { SlipDescriptor } from "#src/applications/descriptor.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { file } from "#src/platform/http/responses.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { ButtonLink } from "#src/ui/form/button.tsx";
import type { Desk } from "./desk.ts";
import type { Case } from "./load-case.ts";

/** The slips that the desk hands over the counter now, as links; nothing where none can be printed. */
export function SlipLinks({ number, slips }: { number: string; slips: readonly SlipDescriptor[] }) {
  if (slips.length === 0) return null;
  return (
    <div class="actions">
      {slips.map(({ name, title }) => (
        <ButtonLink
          key={name}
          href={`/review/applications/${number}/slips/${name}`}
          icon="print"
          opensNewTab
        >
          {title}
        </ButtonLink>
      ))}
    </div>
  );
}

/**
 * Prints a slip for an applicant who stands at the counter (manual: 待审核完成后，打印退款支款单). It carries what
 * the applicant's own print does, so the record says who of the desk printed which paper.
 */
export async function printSlip(desk: Desk, visit: Visit, { application, slips }: Case) {
  const slip = slips.find(({ name }) => name === visit.c.req.param("slip"));
  if (slip === undefined) throw new NotFound();
  const pdf = await slip.print(desk.db, application, visit.now);
  await recordAudit(desk.db, visit.audit, application.number, slip.name);
  return file(visit, pdf, {
    mediaType: "application/pdf",
    name: slip.fileName(application),
    isInline: true,
  });
}
