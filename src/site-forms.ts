import type { BlankForm } from "#src/applications/blank-forms/blank-form.ts";
import { paperList } from "#src/applications/blank-forms/blank-form.ts";
import { authorisationLetter } from "#src/business/downloads/authorisation-letter.ts";
import { type BlankForms, openBlankForms } from "#src/business/downloads/blank-forms.ts";
import type { GuideFacts } from "#src/business/guides/guide.ts";
import {
  CHANGE_DOCUMENTS,
  INSTITUTION_CHANGE,
} from "#src/business/institution-profile/descriptor.ts";
import { CHANGE_STAGES } from "#src/business/institution-profile/review.ts";
import { registrationBlankForms } from "#src/business/institution-registration/blank-forms.tsx";
import { ALL_REGISTRATIONS } from "#src/business/institution-registration/descriptor.ts";
import { stagesOf } from "#src/business/institution-registration/review-stages.ts";
import { OWNER_DEPOSIT } from "#src/business/owner-deposit/descriptor.ts";
import { refundBlankForms } from "#src/business/owner-refund/blank-forms.tsx";
import { OWNER_REFUND } from "#src/business/owner-refund/descriptor.ts";
import { CO_OWNERS_CONSENT, REFUND_REASONS } from "#src/business/owner-refund/reasons.ts";
import { STAGES_TO_APPROVAL } from "#src/business/owner-refund/review.ts";
import { unrecordedBlankForms } from "#src/business/unrecorded-deposit/blank-forms.tsx";
import { UNRECORDED_DEPOSIT } from "#src/business/unrecorded-deposit/descriptor.ts";
import { UNRECORDED_STAGES } from "#src/business/unrecorded-deposit/review.ts";
import { documentRules } from "#src/business/unrecorded-deposit/rules.ts";
import type { SiteParts } from "./site-parts.ts";

/** What an owner can let another do for him. */
const OWNERS_MATTERS = [OWNER_DEPOSIT, UNRECORDED_DEPOSIT, OWNER_REFUND].map(({ title }) => title);

/** Every blank form of every business, made from what the business itself goes by. */
export function listBlankForms(): BlankForm[] {
  return [
    ...refundBlankForms(),
    ...unrecordedBlankForms(),
    ...registrationBlankForms(),
    paperList(INSTITUTION_CHANGE.kind, INSTITUTION_CHANGE.title, CHANGE_DOCUMENTS, {
      lead: "登录以后在“单位资料”里申请变更时上传。",
    }),
    authorisationLetter(OWNERS_MATTERS),
  ].sort((a, b) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category));
}

const CATEGORIES: readonly BlankForm["category"][] = ["申请单", "要件清单", "委托书和声明"];

/** What the guides tell of other businesses, in those businesses' own words and numbers. */
export function siteGuided(fundCentreName: string): Omit<GuideFacts, "settings"> {
  return {
    fundCentreName,
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
    change: { kind: INSTITUTION_CHANGE.kind, papers: CHANGE_DOCUMENTS, stages: CHANGE_STAGES },
  };
}

/** The blank forms as 资料下载 and the search know them. */
export function siteBlankForms(parts: SiteParts): BlankForms {
  const { fundCentreName, isDemo } = parts.config;
  return openBlankForms({ ...parts, forms: listBlankForms(), frame: { fundCentreName, isDemo } });
}
