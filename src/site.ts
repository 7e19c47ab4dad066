import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { descriptorFinder } from "#src/applications/find-descriptor.ts";
import { PAYMENT_NOTICE_SLIP } from "#src/bank/payment-notice-slip/payment-notice-worth.ts";
import { openDatedBook } from "#src/bank/statements/dated-book.ts";
import { VOUCHER_SLIP } from "#src/bank/voucher-slip/voucher-worth.ts";
import { applicationStatusRoutes } from "#src/business/application-status/routes.tsx";
import { auditTrailRoutes } from "#src/business/audit-trail/routes.tsx";
import { bankDeskRoutes } from "#src/business/bank-desk/routes.tsx";
import { batchDepositDescriptor } from "#src/business/batch-deposit/batch-descriptor.ts";
import { BATCH_DEPOSIT } from "#src/business/batch-deposit/descriptor.ts";
import { ownBatchRoutes } from "#src/business/batch-deposit/own-routes.tsx";
import { batchDepositRoutes } from "#src/business/batch-deposit/routes.tsx";
import { captchaRoutes } from "#src/business/captcha/routes.tsx";
import { CERTIFICATE_SLIP } from "#src/business/clearance-certificate/certificate-worth.ts";
import { clearanceCertificateRoutes } from "#src/business/clearance-certificate/routes.tsx";
import { depositCalculatorRoutes } from "#src/business/deposit-calculator/routes.tsx";
import { developerEstatesRoutes } from "#src/business/developer-estates/routes.tsx";
import { disclosureRoutes } from "#src/business/disclosure/routes.tsx";
import type { BlankForms } from "#src/business/downloads/blank-forms.ts";
import { listMostTaken } from "#src/business/downloads/list-items.ts";
import { downloadsRoutes } from "#src/business/downloads/routes.tsx";
import { estateKeepingRoutes } from "#src/business/estate-keeping/routes.tsx";
import { topUpRoutes } from "#src/business/estate-keeping/top-up-routes.tsx";
import { TOP_UP_SLIP } from "#src/business/estate-keeping/top-up-slip/top-up-worth.ts";
import { estateStatementsRoutes } from "#src/business/estate-statements/routes.tsx";
import { ESTATE_STATEMENT_SLIP } from "#src/business/estate-statements/statement-worth.ts";
import { fundLookupRoutes } from "#src/business/fund-lookup/routes.tsx";
import { GUIDES } from "#src/business/guides/guide-heads.ts";
import { guidesRoutes } from "#src/business/guides/routes.tsx";
import { helpRoutes } from "#src/business/help/routes.tsx";
import { houseImportRoutes } from "#src/business/house-import/routes.tsx";
import { linkCorrectionRoutes } from "#src/business/house-link/correction-routes.tsx";
import { HOUSE_LINK } from "#src/business/house-link/descriptor.ts";
import { houseLinkDescriptor } from "#src/business/house-link/link-descriptor.ts";
import { houseLinkRoutes } from "#src/business/house-link/routes.tsx";
import { institutionAccountsRoutes } from "#src/business/institution-accounts/routes.tsx";
import { institutionChangeDescriptor } from "#src/business/institution-profile/change-descriptor.ts";
import { institutionProfileRoutes } from "#src/business/institution-profile/routes.tsx";
import { REGISTRATION_APPLICATION_SLIP } from "#src/business/institution-registration/application-slip/application-worth.ts";
import { continueRoutes } from "#src/business/institution-registration/continue-routes.tsx";
import { registrationCorrectionRoutes } from "#src/business/institution-registration/correction-routes.ts";
import { registrationEntryRoutes } from "#src/business/institution-registration/entry-routes.tsx";
import { registrationDescriptors } from "#src/business/institution-registration/registration-descriptor.ts";
import { registrationFormRoutes } from "#src/business/institution-registration/routes.tsx";
import { workbenchRegistrationRoutes } from "#src/business/institution-registration/workbench-routes.tsx";
import { institutionWorkbenchRoutes } from "#src/business/institution-workbench/routes.tsx";
import { myEstateRoutes } from "#src/business/my-estate/routes.tsx";
import { newsRoutes } from "#src/business/news/routes.tsx";
import { outboxRoutes } from "#src/business/outbox/routes.tsx";
import { ownerDepositDescriptor } from "#src/business/owner-deposit/payment-notice.ts";
import { ownerDepositRoutes } from "#src/business/owner-deposit/routes.tsx";
import { ownerHomeRoutes } from "#src/business/owner-home/routes.ts";
import { ANNUAL_STATEMENT_SLIP } from "#src/business/owner-home/statement/statement-worth.ts";
import { REFUND_APPLICATION_SLIP } from "#src/business/owner-refund/application-slip/application-worth.ts";
import { refundCorrectionRoutes } from "#src/business/owner-refund/correction-routes.tsx";
import { OWNER_REFUND } from "#src/business/owner-refund/descriptor.ts";
import { ownerRefundDescriptor } from "#src/business/owner-refund/refund-descriptor.ts";
import { ownerRefundRoutes } from "#src/business/owner-refund/routes.tsx";
import { ownerSelfServiceRoutes } from "#src/business/owner-self-service/routes.tsx";
import { policiesRoutes } from "#src/business/policies/routes.tsx";
import { portalRoutes } from "#src/business/portal/routes.tsx";
import { reconciliationRoutes } from "#src/business/reconciliation/routes.tsx";
import { registeredInstitutionsRoutes } from "#src/business/registered-institutions/routes.tsx";
import { reviewDeskRoutes } from "#src/business/review-desk/routes.tsx";
import { sessionTimeRoutes } from "#src/business/session-time/routes.ts";
import { signInDoorRoutes } from "#src/business/sign-in/routes.ts";
import { siteSearchRoutes } from "#src/business/site-search/routes.tsx";
import { sitemapXmlRoutes } from "#src/business/sitemap-xml/routes.ts";
import { slipVerificationRoutes } from "#src/business/slip-verification/routes.tsx";
import { accountRoutes } from "#src/business/staff-accounts/account-routes.tsx";
import { signInRoutes } from "#src/business/staff-accounts/sign-in-routes.tsx";
import { reviewDocumentRoutes } from "#src/business/supporting-documents/review-routes.ts";
import { supportingDocumentsRoutes } from "#src/business/supporting-documents/routes.ts";
import { suspenseRoutes } from "#src/business/suspense/routes.tsx";
import { tellerAccountRoutes } from "#src/business/teller-accounts/routes.tsx";
import { unrecordedDepositDescriptor } from "#src/business/unrecorded-deposit/application-descriptor.ts";
import { UNRECORDED_APPLICATION_SLIP } from "#src/business/unrecorded-deposit/application-worth.ts";
import { unrecordedCorrectionRoutes } from "#src/business/unrecorded-deposit/correction-routes.tsx";
import { UNRECORDED_DEPOSIT } from "#src/business/unrecorded-deposit/descriptor.ts";
import { unrecordedReviewRoutes } from "#src/business/unrecorded-deposit/review-routes.tsx";
import { unrecordedFormRoutes } from "#src/business/unrecorded-deposit/routes.tsx";
import { workCalendarRoutes } from "#src/business/work-calendar/routes.tsx";
import { openCityBook } from "#src/ledger/city-book/read-city-book.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { SlipKind } from "#src/platform/issued-slips/slip-kind.ts";
import { siteBlankForms } from "./site/blank-forms.ts";
import { siteGuided } from "./site/guided.ts";
import { listPublicPages, siteTexts } from "./site/public-pages.ts";
import type { SiteParts } from "./site-parts.ts";

/** Every business that takes applications, one line each. */
export function siteDescriptors(parts: SiteParts): ApplicationDescriptor[] {
  const slips = { ...parts, fundCentreName: parts.config.fundCentreName };
  // A decision of one business may void the notices of another.
  const findDescriptor = (number: string) => descriptorFinder(descriptors)(number);
  const descriptors: ApplicationDescriptor[] = [
    ownerDepositDescriptor(slips),
    unrecordedDepositDescriptor({ ...slips, findDescriptor }),
    ownerRefundDescriptor(slips),
    batchDepositDescriptor(slips),
    institutionChangeDescriptor(parts),
    houseLinkDescriptor(parts),
    ...registrationDescriptors(slips),
  ];
  return descriptors;
}

/** Every kind of slip that is printed, so that 验真 can tell what each is worth. */
function siteSlipKinds(): SlipKind[] {
  return [
    PAYMENT_NOTICE_SLIP,
    VOUCHER_SLIP,
    REFUND_APPLICATION_SLIP,
    UNRECORDED_APPLICATION_SLIP,
    REGISTRATION_APPLICATION_SLIP,
    CERTIFICATE_SLIP,
    TOP_UP_SLIP,
    ANNUAL_STATEMENT_SLIP,
    ESTATE_STATEMENT_SLIP,
  ];
}

const DOWNLOADS_ON_HOME = 6;

/** The site map: every URL of every business, each with its permission and its audit event. */
export function siteRoutes(
  parts: SiteParts,
  descriptors: readonly ApplicationDescriptor[],
  blankForms: BlankForms = siteBlankForms(parts),
): Route[] {
  const policy = parts.config.disclosurePolicy;
  const readBook = openDatedBook(parts.db, openCityBook({ ...parts, policy }));
  const findDescriptor = descriptorFinder(descriptors);
  const doors = { ...parts, ...parts.config };
  const sms = { isAvailable: parts.isSmsAvailable, codesPerDay: parts.config.smsCodesPerDay };
  const { fundCentreName } = parts.config;
  const registering = { ...parts, fundCentreName, sms, findDescriptor };
  const refund = findDescriptor(OWNER_REFUND.numberPrefix);
  const unrecorded = findDescriptor(UNRECORDED_DEPOSIT.numberPrefix);
  return [
    ...portalRoutes({
      ...parts,
      readBook,
      listDownloads: () => listMostTaken(parts.db, blankForms, DOWNLOADS_ON_HOME),
      guides: GUIDES,
    }),
    ...newsRoutes({ ...parts, fundCentreName: parts.config.fundCentreName }),
    ...sitemapXmlRoutes({ ...parts, publicPages: listPublicPages(parts) }),
    ...downloadsRoutes({ ...parts, blankForms }),
    ...guidesRoutes({ ...parts, guided: siteGuided(parts) }),
    ...policiesRoutes(parts),
    ...depositCalculatorRoutes(parts),
    ...helpRoutes(parts),
    ...siteSearchRoutes({ ...parts, texts: siteTexts(parts, blankForms) }),
    ...ownerSelfServiceRoutes({ ...parts, policy }),
    ...ownerDepositRoutes({ ...parts, policy }),
    ...unrecordedFormRoutes(parts),
    ...unrecordedReviewRoutes(parts),
    ...unrecordedCorrectionRoutes({ ...parts, descriptor: unrecorded }),
    ...ownerRefundRoutes(parts),
    ...refundCorrectionRoutes({ ...parts, descriptor: refund }),
    ...registrationEntryRoutes(parts),
    ...continueRoutes(registering),
    ...registrationFormRoutes(registering),
    ...registrationCorrectionRoutes(registering),
    ...workbenchRegistrationRoutes(registering),
    ...myEstateRoutes({ ...parts, readCityBook: readBook, policy }),
    ...disclosureRoutes({ ...parts, readBook, policy }),
    ...captchaRoutes(parts),
    ...fundLookupRoutes({ ...parts, policy }),
    ...applicationStatusRoutes({
      ...parts,
      policy,
      descriptors,
      fundCentreName: parts.config.fundCentreName,
      sms,
    }),
    ...supportingDocumentsRoutes(parts),
    ...reviewDocumentRoutes(parts),
    ...bankDeskRoutes({ ...doors, findDescriptor, descriptors }),
    ...signInDoorRoutes(parts),
    ...sessionTimeRoutes(parts),
    ...signInRoutes(doors),
    ...reviewDeskRoutes({ ...parts, descriptors }),
    ...accountRoutes(parts),
    ...tellerAccountRoutes(doors),
    ...registeredInstitutionsRoutes(parts),
    ...auditTrailRoutes({ ...parts, descriptors }),
    ...workCalendarRoutes(parts),
    ...institutionWorkbenchRoutes({ ...parts, findDescriptor }),
    ...suspenseRoutes(parts),
    ...reconciliationRoutes(parts),
    ...developerEstatesRoutes(parts),
    ...clearanceCertificateRoutes({ ...parts, fundCentreName: parts.config.fundCentreName }),
    ...houseImportRoutes(parts),
    ...batchDepositRoutes(parts),
    ...ownBatchRoutes({ ...parts, descriptor: findDescriptor(BATCH_DEPOSIT.numberPrefix) }),
    ...institutionAccountsRoutes(parts),
    ...institutionProfileRoutes(registering),
    ...estateKeepingRoutes(parts),
    ...estateStatementsRoutes({ ...parts, fundCentreName: parts.config.fundCentreName }),
    ...topUpRoutes({ ...parts, fundCentreName: parts.config.fundCentreName }),
    ...ownerHomeRoutes({ ...parts, findDescriptor }),
    ...houseLinkRoutes(parts),
    ...linkCorrectionRoutes({ ...parts, descriptor: findDescriptor(HOUSE_LINK.numberPrefix) }),
    ...slipVerificationRoutes({ ...parts, kinds: siteSlipKinds() }),
    ...outboxRoutes(parts),
  ];
}
