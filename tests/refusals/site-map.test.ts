import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catchUpCityBook } from "#src/ledger/city-book/refresh-city-book.ts";
import {
  INSTITUTION_PERMISSIONS,
  type InstitutionKind,
  type InstitutionPermission,
  type Permission,
  STAFF_PERMISSIONS,
  type StaffPermission,
  type StaffRole,
} from "#src/platform/http/route.ts";
import { siteDescriptors, siteRoutes } from "#src/site.ts";
import type { SiteParts } from "#src/site-parts.ts";
import { buildHouse } from "../support/builders.ts";
import { buildNotice, buildPaidHouse, type TestNotice } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { buildVoucher, openVoucherAtDesk, type TestVoucher } from "../support/refund-builders.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import {
  buildInstitution,
  buildInstitutionUser,
  enterForInstitution,
} from "../support/test-institutions.ts";
import { buildOwnerAccount, enterAsOwner } from "../support/test-owners.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

/**
 * Every URL of the site: who may call it, and what a visitor who may is answered. A route that is not
 * written down here fails the test below: whoever adds one decides its permission in public.
 */
const SITE: Record<string, { permission: Permission; status: number }> = {
  "GET /": { permission: "anyone", status: 200 },
  "GET /accessibility": { permission: "anyone", status: 200 },
  "GET /privacy": { permission: "anyone", status: 200 },
  "GET /sitemap": { permission: "anyone", status: 200 },
  "GET /help": { permission: "anyone", status: 200 },
  "GET /help/branches": { permission: "anyone", status: 200 },
  "GET /help/questions": { permission: "anyone", status: 200 },
  "GET /help/objections": { permission: "anyone", status: 200 },
  "GET /search": { permission: "anyone", status: 200 },
  "GET /display": { permission: "anyone", status: 303 },
  "GET /sign-in": { permission: "anyone", status: 200 },
  "POST /sign-in": { permission: "anyone", status: 422 },
  "GET /sign-in/phone": { permission: "anyone", status: 200 },
  "POST /sign-in/phone": { permission: "anyone", status: 409 },
  "POST /sign-in/phone/code": { permission: "anyone", status: 409 },
  "GET /sign-in/institution": { permission: "anyone", status: 200 },
  "POST /sign-in/institution": { permission: "anyone", status: 400 },
  "GET /sign-in/institution/password": { permission: "anyone", status: 303 },
  "POST /sign-in/institution/password": { permission: "anyone", status: 303 },
  "GET /sign-in/password": { permission: "anyone", status: 303 },
  "POST /sign-in/password": { permission: "anyone", status: 303 },
  "GET /sign-in/step-up": { permission: "owner", status: 200 },
  "POST /sign-in/step-up": { permission: "owner", status: 422 },
  "POST /sign-in/step-up/code": { permission: "owner", status: 303 },
  "POST /sign-out": { permission: "owner", status: 303 },
  "GET /sign-in/institution/step-up": { permission: "institution-user", status: 200 },
  "POST /sign-in/institution/step-up": { permission: "institution-user", status: 422 },
  "POST /workbench/sign-out": { permission: "institution-user", status: 303 },
  "GET /session/:audience": { permission: "any-session", status: 200 },
  "POST /session/:audience": { permission: "any-session", status: 200 },
  "GET /register": { permission: "anyone", status: 200 },
  "GET /register/agreement": { permission: "anyone", status: 200 },
  "POST /register/drafts/remove": { permission: "anyone", status: 400 },
  "GET /register/registered/:number": { permission: "anyone", status: 404 },
  // No text messages leave this house.
  "GET /register/continue": { permission: "anyone", status: 200 },
  "POST /register/continue": { permission: "anyone", status: 409 },
  "GET /register/continue/code": { permission: "anyone", status: 200 },
  "POST /register/continue/code": { permission: "anyone", status: 409 },
  "GET /register/developer": { permission: "anyone", status: 200 },
  "POST /register/developer": { permission: "anyone", status: 400 },
  "GET /register/property-company": { permission: "anyone", status: 200 },
  "POST /register/property-company": { permission: "anyone", status: 400 },
  "GET /register/committee": { permission: "anyone", status: 200 },
  "POST /register/committee": { permission: "anyone", status: 400 },
  "GET /register/corrections/:number": { permission: "anyone", status: 404 },
  "POST /register/corrections/:number": { permission: "anyone", status: 404 },
  "GET /workbench/registration": { permission: "institution-user", status: 200 },
  "GET /workbench/registration/correction": { permission: "institution-user", status: 303 },
  "POST /workbench/registration/correction": { permission: "institution-user", status: 303 },
  "GET /my-estate": { permission: "anyone", status: 200 },
  "GET /my-estate/:estate": { permission: "anyone", status: 200 },
  "GET /my-estate/:estate/buildings/:building": { permission: "anyone", status: 200 },
  "GET /my-estate/:estate/uses": { permission: "anyone", status: 200 },
  "GET /my-estate/:estate/houses.csv": { permission: "anyone", status: 200 },
  "GET /my-estate/:estate/houses.json": { permission: "anyone", status: 200 },
  "GET /disclosure": { permission: "anyone", status: 200 },
  "GET /disclosure/estates": { permission: "anyone", status: 200 },
  "GET /disclosure/estates/:estate": { permission: "anyone", status: 200 },
  "GET /disclosure/districts/:district": { permission: "anyone", status: 200 },
  "GET /disclosure/uses": { permission: "anyone", status: 200 },
  // Nobody has locked a year here.
  "GET /disclosure/years": { permission: "anyone", status: 200 },
  "GET /disclosure/compare": { permission: "anyone", status: 303 },
  "GET /disclosure/years/:year": { permission: "anyone", status: 404 },
  "GET /disclosure/years/:year/locked.json": { permission: "anyone", status: 404 },
  "GET /disclosure/years/:year/estates.csv": { permission: "anyone", status: 404 },
  "GET /disclosure/data": { permission: "anyone", status: 200 },
  "GET /disclosure/data/:file": { permission: "anyone", status: 404 },
  "GET /disclosure/schema/:file": { permission: "anyone", status: 404 },
  "GET /review/disclosure": { permission: "yearly-disclosure", status: 200 },
  "POST /review/disclosure/prepare": { permission: "finance", status: 422 },
  "POST /review/disclosure/lock": { permission: "approver", status: 422 },
  "GET /unrecorded-deposit": { permission: "anyone", status: 200 },
  "GET /unrecorded-deposit/:estate": { permission: "anyone", status: 200 },
  "POST /unrecorded-deposit/:estate": { permission: "anyone", status: 400 },
  "GET /unrecorded-deposit/review/:key": { permission: "anyone", status: 404 },
  "POST /unrecorded-deposit/review/:key": { permission: "anyone", status: 400 },
  "GET /unrecorded-deposit/corrections/:number": { permission: "anyone", status: 404 },
  "POST /unrecorded-deposit/corrections/:number": { permission: "anyone", status: 404 },
  "GET /refund/:house": { permission: "anyone", status: 200 },
  "GET /refund/:house/owner": { permission: "anyone", status: 303 },
  "POST /refund/:house/owner": { permission: "anyone", status: 422 },
  "GET /refund/:house/reason": { permission: "anyone", status: 303 },
  "GET /refund/:house/request": { permission: "anyone", status: 303 },
  "POST /refund/:house/request": { permission: "anyone", status: 400 },
  "GET /refund-correction/:number": { permission: "anyone", status: 404 },
  "POST /refund-correction/:number": { permission: "anyone", status: 404 },
  "GET /news": { permission: "anyone", status: 200 },
  "GET /news/feed.xml": { permission: "anyone", status: 200 },
  "GET /news/files/:file": { permission: "anyone", status: 404 },
  "GET /news/:id": { permission: "anyone", status: 404 },
  "GET /sitemap.xml": { permission: "anyone", status: 200 },
  "GET /review/news": { permission: "editor", status: 200 },
  "POST /review/news": { permission: "editor", status: 422 },
  "GET /review/news/new": { permission: "editor", status: 200 },
  "POST /review/news/new/picture": { permission: "editor", status: 422 },
  "GET /review/news/files/:file": { permission: "editor", status: 404 },
  "GET /review/news/:article": { permission: "editor", status: 404 },
  "GET /review/news/:article/edit": { permission: "editor", status: 404 },
  "POST /review/news/:article/edit": { permission: "editor", status: 404 },
  "GET /review/news/:article/compare": { permission: "editor", status: 404 },
  "POST /review/news/:article/submit": { permission: "editor", status: 404 },
  "POST /review/news/:article/return": { permission: "editor", status: 404 },
  "POST /review/news/:article/publish": { permission: "editor", status: 404 },
  "POST /review/news/:article/withdraw": { permission: "editor", status: 404 },
  "GET /downloads": { permission: "anyone", status: 200 },
  "GET /downloads/forms/:form": { permission: "anyone", status: 200 },
  "GET /downloads/:file": { permission: "anyone", status: 404 },
  "GET /guides": { permission: "anyone", status: 200 },
  "GET /guides/:guide": { permission: "anyone", status: 200 },
  "GET /policies": { permission: "anyone", status: 200 },
  "GET /policies/deposit-standards": { permission: "anyone", status: 200 },
  "GET /policies/:law": { permission: "anyone", status: 200 },
  "GET /calculator": { permission: "anyone", status: 200 },
  "GET /owner-service": { permission: "anyone", status: 200 },
  "GET /search.json": { permission: "anyone", status: 200 },
  "GET /deposit/:house": { permission: "anyone", status: 200 },
  "POST /deposit/:house": { permission: "anyone", status: 400 },
  "GET /fund": { permission: "anyone", status: 200 },
  "GET /fund/:house": { permission: "anyone", status: 200 },
  "POST /fund/:house": { permission: "anyone", status: 422 },
  "GET /fund/:house/lines.csv": { permission: "anyone", status: 200 },
  "GET /captcha/:id": { permission: "anyone", status: 404 },
  "POST /captcha/:id": { permission: "anyone", status: 404 },
  "GET /captcha/:id/sound.wav": { permission: "anyone", status: 404 },
  "GET /captcha/:id/work": { permission: "anyone", status: 404 },
  "GET /status": { permission: "anyone", status: 200 },
  "GET /applications/:number": { permission: "anyone", status: 200 },
  "GET /applications/:number/slips/:slip": { permission: "anyone", status: 403 },
  "GET /verify": { permission: "anyone", status: 200 },
  "GET /verify/:number": { permission: "anyone", status: 200 },
  "POST /documents": { permission: "anyone", status: 400 },
  "GET /documents/:id": { permission: "anyone", status: 404 },
  "POST /documents/:id/remove": { permission: "anyone", status: 404 },
  "GET /applications/:number/proof": { permission: "anyone", status: 200 },
  "POST /applications/:number/proof": { permission: "anyone", status: 409 },
  "GET /applications/:number/proof/code": { permission: "anyone", status: 200 },
  "POST /applications/:number/proof/code": { permission: "anyone", status: 409 },
  "GET /applications/:number/cancel": { permission: "anyone", status: 403 },
  "POST /applications/:number/cancel": { permission: "anyone", status: 403 },
  "GET /review/:number/documents/:document": { permission: "case-worker", status: 404 },
  "GET /review/:number/documents/:document/pages/:page": { permission: "case-worker", status: 404 },
  "GET /bank/sign-in": { permission: "anyone", status: 200 },
  "POST /bank/sign-in": { permission: "anyone", status: 422 },
  "GET /bank/sign-in/code": { permission: "anyone", status: 303 },
  "POST /bank/sign-in/code": { permission: "anyone", status: 303 },
  "POST /bank/sign-out": { permission: "bank-teller", status: 303 },
  "GET /bank": { permission: "bank-teller", status: 200 },
  "POST /bank/query": { permission: "bank-teller", status: 422 },
  "GET /bank/notices/:number": { permission: "bank-teller", status: 200 },
  "POST /bank/notices/:number/confirm": { permission: "bank-teller", status: 400 },
  "POST /bank/notices/:number/release": { permission: "bank-teller", status: 303 },
  "POST /bank/notices/:number/reverse": { permission: "bank-teller", status: 422 },
  "GET /bank/vouchers/:voucher": { permission: "bank-teller", status: 200 },
  "POST /bank/vouchers/:voucher/pay": { permission: "bank-teller", status: 400 },
  "POST /bank/vouchers/:voucher/fail": { permission: "bank-teller", status: 422 },
  "POST /bank/vouchers/:voucher/release": { permission: "bank-teller", status: 303 },
  "GET /review/sign-in": { permission: "anyone", status: 200 },
  "POST /review/sign-in": { permission: "anyone", status: 422 },
  "GET /review/sign-in/code": { permission: "anyone", status: 303 },
  "POST /review/sign-in/code": { permission: "anyone", status: 303 },
  "POST /review/sign-out": { permission: "staff", status: 303 },
  "GET /review": { permission: "staff", status: 200 },
  "GET /review/decided": { permission: "case-worker", status: 200 },
  "GET /review/search": { permission: "case-worker", status: 422 },
  // The number is that of a payment notice, on which nobody at the fund centre decides.
  "GET /review/applications/:number": { permission: "case-worker", status: 404 },
  "GET /review/applications/:number/slips/:slip": { permission: "case-worker", status: 404 },
  "POST /review/applications/:number/decide": { permission: "case-worker", status: 404 },
  "POST /review/applications/:number/look": { permission: "case-worker", status: 404 },
  "POST /review/applications/:number/reveal": { permission: "case-worker", status: 404 },
  "GET /review/staff": { permission: "admin", status: 200 },
  "POST /review/staff/:username/disable": { permission: "admin", status: 404 },
  "POST /review/staff/:username/enable": { permission: "admin", status: 404 },
  "POST /review/staff/:username/reset-code": { permission: "admin", status: 404 },
  "POST /review/staff/:username/reset-password": { permission: "admin", status: 404 },
  "GET /review/tellers": { permission: "admin", status: 200 },
  "POST /review/tellers/:username/ask-reset": { permission: "admin", status: 404 },
  "POST /review/tellers/:username/reset": { permission: "admin", status: 404 },
  "POST /review/tellers/:username/withdraw-reset": { permission: "admin", status: 404 },
  "GET /review/institutions": { permission: "admin", status: 200 },
  "GET /review/institutions/:id": { permission: "admin", status: 404 },
  "POST /review/institutions/:id/suspend": { permission: "admin", status: 404 },
  "POST /review/institutions/:id/resume": { permission: "admin", status: 404 },
  "POST /review/institutions/:id/close": { permission: "admin", status: 404 },
  "POST /review/institutions/:id/estates/:estate/end": { permission: "admin", status: 404 },
  "POST /review/institutions/:id/estates/:estate/renew": { permission: "admin", status: 404 },
  "GET /review/audit": { permission: "auditor", status: 200 },
  "GET /review/suspense": { permission: "finance", status: 200 },
  "GET /review/suspense.csv": { permission: "finance", status: 200 },
  "GET /review/reconciliation": { permission: "reconciliation", status: 200 },
  "POST /review/reconciliation": { permission: "finance", status: 400 },
  "GET /review/reconciliation/:statement": { permission: "reconciliation", status: 404 },
  "POST /review/reconciliation/:statement/notes": { permission: "finance", status: 404 },
  "POST /review/reconciliation/:statement/close": { permission: "approver", status: 404 },
  "GET /review/reconciliation/:statement/differences.csv": {
    permission: "reconciliation",
    status: 404,
  },
  "GET /review/reconciliation/:statement/differences.xlsx": {
    permission: "reconciliation",
    status: 404,
  },
  "GET /review/calendar": { permission: "admin", status: 200 },
  "POST /review/calendar": { permission: "admin", status: 422 },
  "POST /review/calendar/remove": { permission: "admin", status: 400 },
  "GET /workbench": { permission: "institution", status: 200 },
  "GET /workbench/applications": { permission: "institution", status: 200 },
  "GET /workbench/estates": { permission: "estate-keeper", status: 200 },
  "GET /workbench/estates/:estate": { permission: "estate-keeper", status: 200 },
  "GET /workbench/estates/:estate/buildings/:building": {
    permission: "estate-keeper",
    status: 200,
  },
  "GET /workbench/estates/:estate/lines": { permission: "estate-keeper", status: 200 },
  "GET /workbench/estates/:estate/houses.csv": { permission: "estate-keeper", status: 200 },
  "GET /workbench/estates/:estate/houses.xlsx": { permission: "estate-keeper", status: 200 },
  "GET /workbench/estates/:estate/lines.csv": { permission: "estate-keeper", status: 200 },
  "GET /workbench/estates/:estate/lines.xlsx": { permission: "estate-keeper", status: 200 },
  "GET /workbench/estates/:estate/top-up": { permission: "estate-keeper", status: 200 },
  "POST /workbench/estates/:estate/top-up": { permission: "estate-keeper", status: 400 },
  "GET /workbench/estates/:estate/top-up/:house": { permission: "estate-keeper", status: 404 },
  "GET /workbench/top-up/:batch": { permission: "estate-keeper", status: 404 },
  "GET /workbench/top-up/:batch/files/:n": { permission: "estate-keeper", status: 404 },
  "GET /workbench/estates/:estate/statements": { permission: "estate-keeper", status: 200 },
  "POST /workbench/estates/:estate/statements": { permission: "estate-keeper", status: 422 },
  "GET /workbench/statements/:statement": { permission: "estate-keeper", status: 404 },
  "GET /workbench/statements/:statement/print": { permission: "estate-keeper", status: 404 },
  "GET /workbench/statements/:statement/houses.csv": { permission: "estate-keeper", status: 404 },
  "GET /workbench/statements/:statement/houses.json": { permission: "estate-keeper", status: 404 },
  // Accounts open after the password was given once more.
  "GET /workbench/users": { permission: "institution-admin", status: 303 },
  "POST /workbench/users": { permission: "institution-admin", status: 303 },
  "POST /workbench/users/:username/disable": { permission: "institution-admin", status: 303 },
  "POST /workbench/users/:username/enable": { permission: "institution-admin", status: 303 },
  "POST /workbench/users/:username/reset-password": {
    permission: "institution-admin",
    status: 303,
  },
  "GET /workbench/sessions": { permission: "institution", status: 200 },
  "POST /workbench/sessions/end": { permission: "institution", status: 400 },
  "POST /workbench/sessions/end-others": { permission: "institution", status: 303 },
  "GET /workbench/profile": { permission: "institution", status: 200 },
  "GET /workbench/profile/change": { permission: "institution-renewal", status: 200 },
  "POST /workbench/profile/change": { permission: "institution-renewal", status: 400 },
  "GET /workbench/profile/correction": { permission: "institution-renewal", status: 303 },
  "POST /workbench/profile/correction": { permission: "institution-renewal", status: 303 },
  "GET /workbench/profile/contact": { permission: "institution-admin", status: 303 },
  "POST /workbench/profile/contact": { permission: "institution-admin", status: 303 },
  "GET /me": { permission: "owner", status: 200 },
  "GET /me/applications": { permission: "owner", status: 200 },
  // The house is not linked to the account that calls.
  "GET /me/houses/:house": { permission: "owner", status: 404 },
  "GET /me/houses/:house/statements/:year": { permission: "owner", status: 404 },
  "POST /me/houses/:house/unlink": { permission: "owner", status: 404 },
  "GET /me/link": { permission: "owner", status: 200 },
  "POST /me/link": { permission: "owner", status: 422 },
  "GET /me/find-house": { permission: "owner", status: 200 },
  "GET /me/link/:house": { permission: "owner", status: 200 },
  "POST /me/link/:house": { permission: "owner", status: 422 },
  "GET /me/link/:house/documents": { permission: "owner", status: 200 },
  "POST /me/link/:house/documents": { permission: "owner", status: 400 },
  // The number is a payment notice's, which nobody corrects.
  "GET /me/link-correction/:number": { permission: "owner", status: 404 },
  "POST /me/link-correction/:number": { permission: "owner", status: 404 },
  "GET /me/account": { permission: "owner", status: 200 },
  "POST /me/account/sessions/:session/end": { permission: "owner", status: 404 },
  "POST /me/account/sessions/end-others": { permission: "owner", status: 303 },
  "GET /me/account/password": { permission: "owner", status: 303 },
  "POST /me/account/password": { permission: "owner", status: 303 },
  "GET /me/account/phone": { permission: "owner", status: 303 },
  "POST /me/account/phone": { permission: "owner", status: 303 },
  "GET /me/account/phone/code": { permission: "owner", status: 303 },
  "POST /me/account/phone/code": { permission: "owner", status: 303 },
  "GET /me/data.json": { permission: "owner", status: 303 },
  "GET /me/account/close": { permission: "owner", status: 303 },
  "POST /me/account/close": { permission: "owner", status: 303 },
  "GET /workbench/own-estates": { permission: "developer", status: 200 },
  "GET /workbench/own-estates/:estate": { permission: "developer", status: 200 },
  "GET /workbench/own-estates/:estate/buildings/:building": {
    permission: "developer",
    status: 200,
  },
  "GET /workbench/own-estates/:estate/unpaid": { permission: "developer", status: 200 },
  "GET /workbench/own-estates/:estate/unpaid.csv": { permission: "developer", status: 200 },
  "GET /workbench/own-estates/:estate/unpaid.xlsx": { permission: "developer", status: 200 },
  "GET /workbench/house-imports": { permission: "developer", status: 200 },
  "POST /workbench/house-imports": { permission: "developer", status: 400 },
  "GET /workbench/house-imports/template.csv": { permission: "developer", status: 200 },
  "GET /workbench/house-imports/:import": { permission: "developer", status: 404 },
  "GET /workbench/house-imports/:import/problems.csv": { permission: "developer", status: 404 },
  "GET /workbench/house-imports/:import/problems.xlsx": { permission: "developer", status: 404 },
  "GET /workbench/batch-deposits": { permission: "developer", status: 200 },
  "GET /workbench/batch-deposits/new/:estate": { permission: "developer", status: 200 },
  "POST /workbench/batch-deposits/review/:estate": { permission: "developer", status: 400 },
  "POST /workbench/batch-deposits/list/:estate": { permission: "developer", status: 400 },
  "POST /workbench/batch-deposits/submit/:estate": { permission: "developer", status: 400 },
  // The number is that of a single notice, which is nobody's batch.
  "GET /workbench/batch-deposits/:number": { permission: "developer", status: 404 },
  "GET /workbench/batch-deposits/:number/slip": { permission: "developer", status: 404 },
  "POST /workbench/batch-deposits/:number/cancel": { permission: "developer", status: 404 },
  "GET /workbench/clearance-certificates": { permission: "developer", status: 200 },
  "POST /workbench/clearance-certificates/issue/:estate": { permission: "developer", status: 400 },
  "GET /workbench/clearance-certificates/:certificate/slip": {
    permission: "developer",
    status: 404,
  },
  "GET /_ui": { permission: "demonstration", status: 404 },
  "GET /demo/outbox": { permission: "demonstration", status: 404 },
  "GET /demo/outbox.json": { permission: "demonstration", status: 404 },
};

const OTHER_METHODS = ["PUT", "DELETE", "PATCH", "OPTIONS", "POST", "GET"];

let site: ServedSite;
let notice: TestNotice;
let voucher: TestVoucher;
let teller: WebVisitor;
let otherTeller: WebVisitor;
let owner: WebVisitor;
let owners = 0;
/** One of each role of the fund centre, signed in. */
const staff = new Map<StaffRole, WebVisitor>();
/** The administrator of an institution of each kind, bound to the estate of the notice's house. */
const institutions = new Map<InstitutionKind, WebVisitor>();

beforeAll(async () => {
  site = await serveSite();
  notice = await buildNotice(site.city, await buildHouse(site.city));
  voucher = await buildVoucher(site.city, (await buildPaidHouse(site.city)).house);
  await openVoucherAtDesk(site.city, voucher.no);
  await catchUpCityBook(site.database.db, site.clock.now);
  teller = await site.teller("teller-one");
  otherTeller = await site.teller("teller-other");
  owner = await newOwner();
  for (const kind of INSTITUTION_PERMISSIONS.institution) {
    const institution = await buildInstitution(site.city, kind, [notice.house.estateId]);
    await buildInstitutionUser(site.city, institution, { username: `${kind}-1` });
    institutions.set(kind, await forInstitution(kind));
  }
  for (const role of STAFF_PERMISSIONS.staff) staff.set(role, await site.staff(`${role}-demo`));
});
afterAll(() => site?.stop());

const routes = Object.keys(SITE).map((line) => {
  const [method = "", path = ""] = line.split(" ");
  return { line, method, path, ...(SITE[line] as { permission: Permission; status: number }) };
});

/** The route's path with a real house, a real number and a real slip in it. */
function address(path: string): string {
  return path
    .replace(":house", notice.house.code)
    .replace(":estate", notice.house.code.split("-")[0] ?? "")
    .replace(":district", "990101")
    .replace(":building", "12")
    .replace(":number", notice.no)
    .replace(":voucher", voucher.no)
    .replace(":slip", "payment-notice")
    .replace(":estate", notice.house.code.split("-")[0] ?? "")
    .replace(":key", "00000000-0000-4000-8000-000000000000")
    .replace(":import", "00000000-0000-4000-8000-000000000000")
    .replace(":certificate", "812611230000000000")
    .replace(":username", "nobody-here")
    .replace(":audience", "owner")
    .replace(":id", "999999")
    .replace(":file", "none.pdf")
    .replace(":guide", "owner-deposit")
    .replace(":law", "decree-165")
    .replace(":form", "owner-refund-application");
}

function call(visitor: WebVisitor, method: string, path: string, headers = {}): Promise<WebAnswer> {
  return method === "POST" ? visitor.post(path, {}, headers) : visitor.send(method, path, headers);
}

test("every route of the site has its line in this file, with its permission", () => {
  // Handlers are not called here, so the parts they stand on need not exist.
  const parts = {
    config: { disclosurePolicy: "open", fundCentreName: "" },
  } as unknown as SiteParts;
  const served = siteRoutes(parts, siteDescriptors(parts)).map(
    ({ method, path, permission }) => [`${method} ${path}`, permission] as const,
  );
  expect(Object.fromEntries(served)).toEqual(
    Object.fromEntries(routes.map(({ line, permission }) => [line, permission])),
  );
  expect(new Set(served.map(([line]) => line)).size).toBe(served.length);
});

function forInstitution(kind: InstitutionKind): Promise<WebVisitor> {
  return enterForInstitution(site.visitor(), site.city, `${kind}-1`);
}

function isInstitutionPermission(permission: Permission): permission is InstitutionPermission {
  return permission in INSTITUTION_PERMISSIONS;
}

function institutionOf(kind: InstitutionKind): WebVisitor {
  const visitor = institutions.get(kind);
  if (visitor === undefined) throw new Error(`there is no ${kind}`);
  return visitor;
}

/** Somebody whom the permission lets in; who signs out comes in a session of its own. */
async function visitorWhoMay(path: string, permission: Permission): Promise<WebVisitor> {
  const isLeaving = path.endsWith("/sign-out");
  if (permission === "bank-teller") return isLeaving ? await site.teller("teller-one") : teller;
  if (isInstitutionPermission(permission)) {
    const [kind] = INSTITUTION_PERMISSIONS[permission];
    return isLeaving ? await forInstitution(kind) : institutionOf(kind);
  }
  if (permission === "owner") return isLeaving ? await newOwner() : owner;
  if (!isStaffPermission(permission)) return site.visitor();
  const [role] = STAFF_PERMISSIONS[permission];
  return isLeaving ? await site.staff(`${role}-demo`) : staffWho(role);
}

async function newOwner(): Promise<WebVisitor> {
  const id = await buildOwnerAccount(site.city, { username: `owner-${++owners}` });
  return await enterAsOwner(site.visitor(), site.city, id);
}

function isStaffPermission(permission: Permission): permission is StaffPermission {
  return permission in STAFF_PERMISSIONS;
}

function staffWho(role: StaffRole): WebVisitor {
  const visitor = staff.get(role);
  if (visitor === undefined) throw new Error(`nobody has the role ${role}`);
  return visitor;
}

test.each(routes)("$line answers who may call it", async ({ method, path, permission, status }) => {
  const visitor = await visitorWhoMay(path, permission);
  const answer = await call(visitor, method, address(path));
  expect(answer.status).toBe(status);
  expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f]{16}$/);
});

describe("a visitor who is no teller", () => {
  const locked = routes.filter(({ permission }) => permission === "bank-teller");

  test.each(locked)("is sent to sign in from $line and reads nothing", async ({ method, path }) => {
    for (const cookie of ["", "bank=forged", `bank=${"A".repeat(43)}`, "bank=%00"]) {
      const answer = await call(site.visitor(), method, address(path), { cookie });
      expect(answer.status).toBe(303);
      expect(answer.headers.location).toBe("/bank/sign-in");
      expect(answer.text).toBe("");
    }
  });

  test("changes nothing by it", async () => {
    const before = await site.countRows();
    for (const { method, path } of locked) await call(site.visitor(), method, address(path));
    expect(await site.countRows()).toEqual(before);
  });

  test("is out again after 退出, also with the old cookie", async () => {
    const leaving = await site.teller("teller-one");
    const old = `bank=${leaving.cookies.get("bank")}`;
    expect((await leaving.get("/bank")).status).toBe(200);
    await leaving.post("/bank/sign-out", {});
    expect((await site.visitor().get("/bank", { cookie: old })).status).toBe(303);
  });
});

describe("somebody who is not of the fund centre", () => {
  const locked = routes.filter(({ permission }) => isStaffPermission(permission));

  test.each(locked)("is sent to sign in from $line and reads nothing", async ({ method, path }) => {
    const forged = ["", "staff=forged", `staff=${"A".repeat(43)}`, "staff=%00"];
    const borrowed = `staff=${teller.cookies.get("bank")}`;
    for (const cookie of [...forged, borrowed]) {
      const answer = await call(site.visitor(), method, address(path), { cookie });
      expect(answer.status).toBe(303);
      expect(answer.headers.location).toBe("/review/sign-in");
      expect(answer.text).toBe("");
    }
    expect((await call(teller, method, address(path))).headers.location).toBe("/review/sign-in");
  });

  test("changes nothing by it", async () => {
    const before = await site.countRows();
    for (const { method, path } of locked) await call(site.visitor(), method, address(path));
    expect(await site.countRows()).toEqual(before);
  });

  test("is out again after 退出, also with the old cookie", async () => {
    const leaving = await site.staff("reviewer2-demo");
    const old = `staff=${leaving.cookies.get("staff")}`;
    expect((await leaving.get("/review")).status).toBe(200);
    await leaving.post("/review/sign-out", {});
    expect((await site.visitor().get("/review", { cookie: old })).status).toBe(303);
  });
});

describe("somebody of the fund centre", () => {
  /** Each route with each role that it does not open to. */
  const forbidden = routes.flatMap(({ line, method, path, permission }) =>
    isStaffPermission(permission)
      ? STAFF_PERMISSIONS.staff
          .filter((role) => !STAFF_PERMISSIONS[permission].some((one) => one === role))
          .map((role) => ({ line, method, path, role }))
      : [],
  );

  test.each(forbidden)("is refused $line as $role", async ({ method, path, role }) => {
    const before = await site.countRows();
    const answer = await call(staffWho(role), method, address(path));
    expect(answer.status).toBe(403);
    expect(readPage(answer.text).headings).toEqual(["这个页面不对您开放"]);
    expect(await site.countRows()).toEqual(before);
  });

  test("reaches no room of the bank by it", async () => {
    const desk = routes.filter(({ permission }) => permission === "bank-teller");
    for (const { method, path } of desk) {
      const answer = await call(staffWho("finance"), method, address(path));
      expect(answer.headers.location).toBe("/bank/sign-in");
    }
  });

  test("loses a role at once", async () => {
    const visitor = await site.staff("approver2-demo");
    expect((await visitor.get("/review/decided")).status).toBe(200);
    await site.database.owner
      .deleteFrom("staff_role")
      .where("staff_id", "=", (staffId) =>
        staffId.selectFrom("staff_member").select("id").where("username", "=", "approver2-demo"),
      )
      .execute();
    expect((await visitor.get("/review/decided")).status).toBe(403);
  });
});

describe("somebody who is no owner", () => {
  const locked = routes.filter(({ permission }) => permission === "owner");

  test.each(locked)("is sent to sign in from $line and reads nothing", async ({ method, path }) => {
    const forged = ["", "owner=forged", `owner=${"A".repeat(43)}`, "owner=%00"];
    const borrowed = [
      `owner=${teller.cookies.get("bank")}`,
      `owner=${institutionOf("developer").cookies.get("institution")}`,
    ];
    for (const cookie of [...forged, ...borrowed]) {
      const answer = await call(site.visitor(), method, address(path), { cookie });
      expect(answer.status).toBe(303);
      expect(answer.headers.location).toBe("/sign-in");
      expect(answer.text).toBe("");
    }
  });

  test("changes nothing by it", async () => {
    const before = await site.countRows();
    for (const { method, path } of locked) await call(site.visitor(), method, address(path));
    expect(await site.countRows()).toEqual(before);
  });
});

describe("an owner", () => {
  test("reaches no room of a bank, the fund centre or an institution by it", async () => {
    const rooms = routes.filter(
      ({ permission }) =>
        permission === "bank-teller" ||
        isStaffPermission(permission) ||
        isInstitutionPermission(permission),
    );
    for (const { method, path } of rooms) {
      const answer = await call(owner, method, address(path));
      expect(answer.headers.location).toMatch(/^\/(bank\/|review\/)?sign-in(\/institution)?$/);
    }
  });
});

describe("somebody who is of no institution", () => {
  const locked = routes.filter(({ permission }) => isInstitutionPermission(permission));

  test.each(locked)("is sent to sign in from $line and reads nothing", async ({ method, path }) => {
    const forged = ["", "institution=forged", `institution=${"A".repeat(43)}`];
    const borrowed = [`institution=${teller.cookies.get("bank")}`];
    for (const cookie of [...forged, ...borrowed]) {
      const answer = await call(site.visitor(), method, address(path), { cookie });
      expect(answer.status).toBe(303);
      expect(answer.headers.location).toBe("/sign-in/institution");
      expect(answer.text).toBe("");
    }
  });

  test("changes nothing by it", async () => {
    const before = await site.countRows();
    for (const { method, path } of locked) await call(site.visitor(), method, address(path));
    expect(await site.countRows()).toEqual(before);
  });
});

describe("somebody of an institution", () => {
  const foreign = routes.flatMap(({ line, method, path, permission }) =>
    isInstitutionPermission(permission)
      ? INSTITUTION_PERMISSIONS.institution
          .filter((kind) => !INSTITUTION_PERMISSIONS[permission].some((one) => one === kind))
          .map((kind) => ({ line, method, path, kind }))
      : [],
  );

  test.each(foreign)("is refused $line as $kind", async ({ method, path, kind }) => {
    const before = await site.countRows();
    const answer = await call(institutionOf(kind), method, address(path));
    expect(answer.status).toBe(403);
    // Whoever asks for data gets the refusal as data.
    if (path.endsWith(".json")) expect(JSON.parse(answer.text)).toMatchObject({ error: 403 });
    else expect(readPage(answer.text).headings).toEqual(["这个页面不对您开放"]);
    expect(await site.countRows()).toEqual(before);
  });

  test("reaches no room of the bank or of the fund centre by it", async () => {
    const rooms = routes.filter(
      ({ permission }) => permission === "bank-teller" || isStaffPermission(permission),
    );
    for (const { method, path } of rooms) {
      const answer = await call(institutionOf("property-company"), method, address(path));
      expect(answer.headers.location).toMatch(/^\/(bank|review)\/sign-in$/);
    }
  });
});

describe("a teller of another bank", () => {
  const foreign = routes.filter(({ path }) => /^\/bank\/(notices|vouchers)\//.test(path));

  test.each(foreign)("finds no such paper at $line", async ({ method, path }) => {
    const before = await site.countRows();
    const real = await call(otherTeller, method, address(path));
    const none = path.replace(":number", "112611230000000000");
    const unknown = await call(otherTeller, method, none.replace(":voucher", "712611230000000000"));
    expect([real.status, unknown.status]).toEqual(
      method === "POST" && /confirm$/.test(path) ? [400, 400] : [404, 404],
    );
    expect(shown(real)).toBe(shown(unknown));
    expect(await site.countRows()).toEqual(before);
  });

  test("is told by 查询 only which bank it is", async () => {
    const answer = await otherTeller.post("/bank/query", { number: notice.no });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain("这张通知单要到示例银行交款");
    expect(answer.text).not.toMatch(/试验花园|张\*|5678|11,851\.20/);
  });

  test("is told of a voucher only which bank pays it, and cannot pay it", async () => {
    const before = await site.countRows();
    const asked = await otherTeller.post("/bank/query", { number: voucher.no });
    expect(asked.status).toBe(409);
    expect(asked.text).toContain("这张支款单由示例银行付款");
    expect(asked.text).not.toMatch(/试验花园|张\*|6222|100\.00/);
    const paid = await otherTeller.post(`/bank/vouchers/${voucher.no}/pay`, {
      code: voucher.code,
      bankRef: "OTHER-0002",
      valueDate: "2026-11-23",
      amountSeen: "100.00",
    });
    expect(paid.status).toBe(404);
    expect(await site.countRows()).toEqual(before);
  });

  test("cannot book its money, however complete the form", async () => {
    const before = await site.countRows();
    const answer = await otherTeller.post(`/bank/notices/${notice.no}/confirm`, {
      bankRef: "OTHER-0001",
      valueDate: "2026-11-23",
      amountSeen: "11851.20",
    });
    expect(answer.status).toBe(404);
    expect(await site.countRows()).toEqual(before);
  });
});

/** What the page says, without the number under which the request is logged. */
function shown({ text }: WebAnswer): string {
  return readPage(text).text.replace(/[0-9a-f]{16}/, "");
}

describe("a form from another site", () => {
  const forms = routes.filter(({ method }) => method === "POST");
  const elsewhere = [
    { origin: "https://elsewhere.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site", origin: "https://elsewhere.example" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "cross-site" },
  ];

  test.each(forms)("is refused at $line, signed in or not", async ({ method, path }) => {
    const before = await site.countRows();
    for (const headers of elsewhere) {
      for (const visitor of [teller, staffWho("admin"), site.visitor()]) {
        expect((await call(visitor, method, address(path), headers)).status).toBe(403);
      }
    }
    expect(await site.countRows()).toEqual(before);
    expect((await teller.get("/bank")).status).toBe(200);
  });

  test("of our own is not", async () => {
    const own = { origin: site.url, "sec-fetch-site": "same-origin" };
    expect((await site.visitor().post("/bank/sign-in", {}, own)).status).toBe(422);
  });
});

test("a method that a URL does not have is answered with those it has", async () => {
  const paths = new Set(
    routes.filter(({ permission }) => permission !== "demonstration").map(({ path }) => path),
  );
  for (const path of paths) {
    const own = routes.filter((route) => route.path === path).map(({ method }) => method);
    for (const method of OTHER_METHODS.filter((one) => !own.includes(one))) {
      const answer = await site.visitor().send(method, address(path));
      expect(`${method} ${path} ${answer.status}`).toBe(`${method} ${path} 405`);
      expect(answer.headers.allow?.split(", ")).toEqual(own);
    }
  }
});

test("outside demonstrations what belongs to them does not exist", async () => {
  const paths = routes.filter(({ permission }) => permission === "demonstration");
  for (const { path } of [...paths, { path: "/demo" }]) {
    for (const method of ["GET", "POST"]) {
      expect((await site.visitor().send(method, path)).status).toBe(404);
    }
  }
});

test.each(["/bank", "/review", "/demo/outbox"])(
  "a slash behind %s leads to it and opens nothing",
  async (path) => {
    const answer = await site.visitor().get(`${path}/`);
    expect([answer.status, answer.headers.location, answer.text]).toEqual([308, path, ""]);
    expect((await site.visitor().send("POST", `${path}/`)).status).toBe(404);
  },
);

test.each([
  "//bank",
  "/BANK",
  "/./bank",
  "/news/../bank",
  "/%62ank",
  "/bank%2f",
  "/bank;a=b",
  "/bank%00",
  "/REVIEW",
  "/review/applications/..%2f..%2fstaff",
  "/news/../review/audit",
  "/bank/notices/..%2f..%2f",
  "/applications/..%2f..%2fbank",
  "/downloads/..%2f..%2f..%2fetc%2fpasswd",
  "/downloads/../../../../etc/passwd",
  "/assets/../package.json",
  "/assets/..%2fpackage.json",
  "/assets/%2e%2e/%2e%2e/package.json",
  "/assets/%00",
  "/assets/%ff",
  "/__proto__",
  "/assets/__proto__",
  "/constructor/prototype",
  "/healthz/../bank",
  "http://elsewhere.example/bank",
])("the path %s opens nothing", async (path) => {
  const answer = await site.visitor().get(path);
  expect([303, 404, 400]).toContain(answer.status);
  if (answer.status === 303) {
    expect(answer.headers.location).toMatch(/^\/(bank|review)\/sign-in$/);
  }
  expect(answer.text).not.toMatch(/root:|maintenance-fund-platform"|今天本柜面/);
});

test("a link back after changing the display never leaves the site", async () => {
  const backs = [
    "https://elsewhere.example",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "/%09/elsewhere.example",
    "/%5Celsewhere.example",
    "javascript:alert(1)",
    "%0d%0aset-cookie:%20a=b",
    "elsewhere.example",
    "",
  ];
  for (const back of backs) {
    const path = `/display?mode=elder&back=${back.replace("\\", "%5c").replace(":", "%3a")}`;
    const answer = await site.visitor().get(path);
    const to = new URL(answer.headers.location ?? "", site.url);
    expect(`${back} ${answer.status} ${to.origin}`).toBe(`${back} 303 ${site.url}`);
    expect(answer.headers["set-cookie"]).toHaveLength(1);
  }
});
