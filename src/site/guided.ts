import type { GuideFacts } from "#src/business/guides/guide.ts";
import { HOUSE_LINK, LINK_DOCUMENTS } from "#src/business/house-link/descriptor.ts";
import { LINK_STAGES } from "#src/business/house-link/review-stages.ts";
import { CHANGE_STAGES } from "#src/business/institution-profile/change-stages.ts";
import {
  CHANGE_DOCUMENTS,
  INSTITUTION_CHANGE,
} from "#src/business/institution-profile/descriptor.ts";
import { ALL_REGISTRATIONS } from "#src/business/institution-registration/descriptor.ts";
import { stagesOf } from "#src/business/institution-registration/review-stages.ts";
import { OWNER_REFUND } from "#src/business/owner-refund/descriptor.ts";
import { CO_OWNERS_CONSENT, REFUND_REASONS } from "#src/business/owner-refund/reasons.ts";
import { STAGES_TO_APPROVAL } from "#src/business/owner-refund/review-stages.ts";
import { UNRECORDED_DEPOSIT } from "#src/business/unrecorded-deposit/descriptor.ts";
import { UNRECORDED_STAGES } from "#src/business/unrecorded-deposit/review-stages.ts";
import { documentRules } from "#src/business/unrecorded-deposit/rules.ts";
import type { SiteParts } from "#src/site-parts.ts";

/** What the guides tell of other businesses, in those businesses' own words and numbers. */
export function siteGuided({
  config,
  isSmsAvailable,
}: Pick<SiteParts, "isSmsAvailable"> & {
  config: { fundCentreName: string };
}): Omit<GuideFacts, "settings"> {
  return {
    fundCentreName: config.fundCentreName,
    isSmsAvailable,
    refund: {
      kind: OWNER_REFUND.kind,
      reasons: REFUND_REASONS,
      coOwnersConsent: CO_OWNERS_CONSENT,
      stages: STAGES_TO_APPROVAL,
    },
    unrecorded: {
      kind: UNRECORDED_DEPOSIT.kind,
      papers: documentRules({ isPriceBased: false, isMeasured: false, hasOtherPayer: false }),
      stages: UNRECORDED_STAGES,
    },
    registrations: ALL_REGISTRATIONS.map((registration) => ({
      ...registration,
      stages: stagesOf(registration),
    })),
    link: { kind: HOUSE_LINK.kind, papers: LINK_DOCUMENTS, stages: LINK_STAGES },
    change: { kind: INSTITUTION_CHANGE.kind, papers: CHANGE_DOCUMENTS, stages: CHANGE_STAGES },
  };
}
