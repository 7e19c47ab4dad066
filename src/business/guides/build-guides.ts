import type { Guide, GuideContent, GuideFacts } from "./guide.ts";
import { GUIDE_HEADS, type GuideSlug } from "./guide-heads.ts";
import { institutionChange, institutionSignIn, registration } from "./institution-guides.ts";
import { applicationStatus, fundLookup, houseLink, myEstate, ownerSignIn } from "./look-guides.ts";
import { disclosure, slipVerification } from "./open-guides.ts";
import { ownerDeposit, ownerRefund, topUp, unrecordedDeposit } from "./owner-guides.ts";
import { titleTransfer } from "./title-transfer-guide.ts";
import {
  batchDeposit,
  clearanceCertificate,
  estateStatements,
  houseImport,
  topUpNotices,
} from "./workbench-guides.ts";

const CONTENTS: Readonly<Record<GuideSlug, (facts: GuideFacts) => GuideContent>> = {
  "owner-deposit": ownerDeposit,
  "unrecorded-deposit": unrecordedDeposit,
  "owner-refund": ownerRefund,
  "top-up": topUp,
  "title-transfer": titleTransfer,
  "fund-lookup": fundLookup,
  "my-estate": myEstate,
  disclosure,
  "slip-verification": slipVerification,
  "application-status": applicationStatus,
  "house-link": houseLink,
  "owner-sign-in": ownerSignIn,
  "developer-registration": registration("developer"),
  "property-company-registration": registration("property-company"),
  "committee-registration": registration("committee"),
  "institution-sign-in": institutionSignIn,
  "house-import": houseImport,
  "batch-deposit": batchDeposit,
  "clearance-certificate": clearanceCertificate,
  "top-up-notices": topUpNotices,
  "estate-statements": estateStatements,
  "institution-change": institutionChange,
};

/** Every guide, written from what the businesses themselves go by. */
export function buildGuides(facts: GuideFacts): Guide[] {
  return GUIDE_HEADS.map((head) => ({ ...head, ...CONTENTS[head.slug](facts) }));
}
