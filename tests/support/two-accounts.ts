import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { vi } from "vitest";
import { sealProfile } from "#src/accounts/institutions/institution-profile.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { creditCodeCheckCharacter } from "#src/kernel/credit-code.ts";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { InstitutionKind, StaffRole } from "#src/platform/http/route.ts";
import { stepUp } from "#src/platform/sessions.ts";
import type { House } from "#src/register/find-house.ts";
import { buildBuilding, buildHouse, NOW, type TestBuilding, type TestCity } from "./builders.ts";
import { type FoundUrl, urlOf } from "./crawl.ts";
import { jpegBytes } from "./document-files.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  buildUse,
  confirmationOf,
} from "./payment-builders.ts";
import { readPage } from "./read-page.ts";
import { recordOwner, stepOwnerUp, type TestPerson, WANG } from "./recorded-owners.ts";
import { buildVoucher, openVoucherAtDesk } from "./refund-builders.ts";
import { hiddenOf, postWithPapers } from "./refund-visit.ts";
import { buildRegistration } from "./registration-builders.ts";
import { sendFiles } from "./send-files.ts";
import type { ServedSite } from "./served-site.ts";
import { buildOpenStatement } from "./statement-builders.ts";
import {
  buildInstitution,
  buildInstitutionUser,
  enterForInstitution,
} from "./test-institutions.ts";
import { buildOwnerAccount, enterAsOwner, linkHouse } from "./test-owners.ts";
import type { WebVisitor } from "./web-visitor.ts";

/** Whose pages are gone through: an audience, of institutions each kind by itself. */
export type AccountKind = "owner" | InstitutionKind | "bank-teller";

/** Somebody whose every URL is tried by others. */
export interface WatchedAccount {
  visitor: WebVisitor;
  /** Where his pages begin, and what no link leads to. */
  starts: readonly string[];
  /** What only a page after an act offers. */
  more: readonly FoundUrl[];
  /** Names, numbers and amounts that are his alone; as they stand on pages and in files. */
  marks: readonly string[];
  /** Of these, what no page may tell of him, not even one for anyone. */
  personalMarks: readonly string[];
}

/** An area that no other house of the test has: 8,557.20 yuan due. */
const MARKED_AREA = 7_131;
const MARKED_DUE: Fen = fen(855_720n);
const DUE_MARKS = ["8,557.20", "8557.20"];
const TODAY = calendarDate("2026-06-30");

async function buildMarkedEstate(site: ServedSite, name: string): Promise<TestBuilding> {
  const building = await buildBuilding(site.city);
  await site.city.owner
    .updateTable("estate")
    .set({ name })
    .where("id", "=", building.estateId)
    .execute();
  return building;
}

async function buildPaid(site: ServedSite, building: TestBuilding): Promise<House> {
  const house = await buildHouse(site.city, { building, areaHundredths: MARKED_AREA });
  await buildDeposit(site.city, house, { amountFen: MARKED_DUE, bookDate: TODAY });
  return house;
}

/** An owner with a house, its money, an application by his phone, a user name and two sessions. */
export async function buildWatchedOwner(
  site: ServedSite,
  person: TestPerson,
  estateName: string,
): Promise<WatchedAccount> {
  const { city } = site;
  const building = await buildMarkedEstate(site, estateName);
  const house = await buildPaid(site, building);
  await recordOwner(city, house, person);
  const id = await buildOwnerAccount(city, { phone: person.phone, username: "watched-owner" });
  await city.owner
    .updateTable("owner_account")
    .set({
      name_cipher: city.personalData.encrypt(person.name),
      document_hash: city.personalData.hash("document", person.document),
    })
    .where("id", "=", id)
    .execute();
  await linkHouse(city, id, house);
  const unpaid = await buildHouse(city, { building, areaHundredths: MARKED_AREA });
  const notice = await buildNotice(city, unpaid);
  await sql`update application_contact set name_cipher = ${city.personalData.encrypt(person.name)},
      phone_cipher = ${city.personalData.encrypt(person.phone)},
      phone_hash = ${city.personalData.hash("phone", person.phone)}
    where application_id = (select id from application where number = ${notice.no})`.execute(
    city.owner,
  );
  await enterAsOwner(site.visitor(), city, id);
  const visitor = await enterAsOwner(site.visitor(), city, id);
  await stepOwnerUp(city, visitor, id);
  const personalMarks = [person.name, person.phone, person.document];
  const slip = `/applications/${notice.no}/slips/payment-notice`;
  const starts = [
    "/me",
    `/applications/${notice.no}`,
    slip,
    "/me/data.json",
    `/me/link/${house.code}`,
    `/me/link/${(await buildHouse(city, { building })).code}/documents`,
    await askForHouse(site, visitor, unpaid, person),
  ];
  return {
    visitor,
    starts,
    more: [],
    personalMarks,
    marks: [...personalMarks, "watched-owner", estateName, house.code, notice.no, ...DUE_MARKS],
  };
}

/** Asks for a house by papers, has it sent back, and answers with where that is put right. */
async function askForHouse(
  site: ServedSite,
  visitor: WebVisitor,
  house: House,
  person: TestPerson,
): Promise<string> {
  const form = `/me/link/${house.code}/documents`;
  const said = { realName: person.name, documentNo: person.document, note: "" };
  const page = await visitor.get(form);
  const papers = ["identity-card", "ownership-proof"];
  const asked = await postWithPapers(visitor, form, { ...hiddenOf(page.text), ...said }, papers);
  const [number = ""] = /37[0-9]{16}/.exec(asked.headers.location ?? "") ?? [];
  const reviewer = await site.staff("reviewer-demo");
  const { values } = readPage((await reviewer.get(`/review/applications/${number}`)).text);
  const { state = "", seen = "" } = values;
  const decision = { state, seen, decision: "return", opinion: "照片看不清，请重拍" };
  await reviewer.post(`/review/applications/${number}/decide`, decision);
  return `/me/link-correction/${number}`;
}

/** An owner without anything to see; his decisions are open. */
export async function enterOtherOwner(site: ServedSite): Promise<WebVisitor> {
  const id = await buildOwnerAccount(site.city, { username: "other-owner" });
  const visitor = await enterAsOwner(site.visitor(), site.city, id);
  await stepOwnerUp(site.city, visitor, id);
  return visitor;
}

const PEOPLE: Readonly<Record<InstitutionKind, string>> = {
  developer: "鸾开",
  "property-company": "鸾管",
  committee: "鸾委",
};

/** Somebody of an institution of a kind with everything that its pages have. */
export async function buildWatchedInstitution(
  site: ServedSite,
  kind: InstitutionKind,
  n: number,
): Promise<WatchedAccount> {
  const { city } = site;
  const estateName = `${PEOPLE[kind]}苑`;
  const building = await buildMarkedEstate(site, estateName);
  const institution = await buildInstitution(city, kind, [building.estateId]);
  const personalMarks = [
    `${PEOPLE[kind]}法人`,
    `${PEOPLE[kind]}联系`,
    `${PEOPLE[kind]}经办`,
    `1390000710${n}`,
    `62220299887766550${n}1`,
    `${kind}-marked@example.cn`,
    `marked-${n}-clerk`,
  ];
  const [legalPerson = "", contactName = "", clerk = "", phone = "", accountNo = "", email = ""] =
    personalMarks;
  await city.owner
    .updateTable("institution")
    .set({
      profile_cipher: sealProfile(city.personalData, {
        ...{ legalPerson, contactName, contactPhone: phone, accountNo, email, landline: "" },
        legalPersonDocumentNo: "110101198506155020",
        ...{ address: "", accountName: "", accountBank: "", licenceUntil: "" },
      }),
    })
    .where("id", "=", institution.id)
    .execute();
  await buildInstitutionUser(city, institution, { username: `marked-${n}` });
  await buildInstitutionUser(city, institution, { username: `marked-${n}-clerk`, isAdmin: false });
  const left = { username: `marked-${n}-left`, isAdmin: false };
  const leftId = await buildInstitutionUser(city, institution, left);
  await city.owner
    .updateTable("institution_user")
    .set({ is_disabled: true })
    .where("id", "=", leftId)
    .execute();
  await city.owner
    .updateTable("institution_user")
    .set({
      name_cipher: city.personalData.encrypt(clerk),
      phone_cipher: city.personalData.encrypt(phone),
    })
    .where("institution_id", "=", institution.id)
    .execute();
  await enterForInstitution(site.visitor(), city, `marked-${n}`);
  const visitor = await enterSteppedUp(site, `marked-${n}`);
  const made =
    kind === "developer"
      ? await makeDevelopersObjects(site, visitor, building)
      : await makeKeepersObjects(site, visitor, building);
  return {
    visitor,
    starts: ["/workbench", "/workbench/users", "/workbench/profile/contact", ...made.starts],
    more: made.more,
    personalMarks,
    marks: [...personalMarks, institution.name, estateName, building.estateCode, ...DUE_MARKS],
  };
}

/** Somebody else of the same kind, bound to an estate of his own. */
export async function enterOtherInstitution(
  site: ServedSite,
  kind: InstitutionKind,
): Promise<WebVisitor> {
  const building = await buildBuilding(site.city);
  await buildHouse(site.city, { building });
  const institution = await buildInstitution(site.city, kind, [building.estateId]);
  await buildInstitutionUser(site.city, institution, { username: `other-${kind}`.slice(0, 20) });
  return await enterSteppedUp(site, `other-${kind}`.slice(0, 20));
}

async function enterSteppedUp(site: ServedSite, username: string): Promise<WebVisitor> {
  const { owner } = site.city;
  const visitor = await enterForInstitution(site.visitor(), site.city, username);
  const { id } = await owner
    .selectFrom("institution_user")
    .select("id")
    .where("username", "=", username)
    .executeTakeFirstOrThrow();
  const token = visitor.cookies.get("institution") ?? "";
  await stepUp(owner, { audience: "institution", userId: id, token }, NOW);
  return visitor;
}

/** Where the objects of an institution are, and what a page after an act offers. */
type Made = Pick<WatchedAccount, "starts" | "more">;

/** A batch, a certificate and an import. */
async function makeDevelopersObjects(
  site: ServedSite,
  visitor: WebVisitor,
  building: TestBuilding,
): Promise<Made> {
  const { city } = site;
  const { estateCode } = building;
  const base = "/workbench/batch-deposits";
  const house = await buildHouse(city, { building, areaHundredths: MARKED_AREA });
  await buildHouse(city, { building, areaHundredths: MARKED_AREA });
  const paid = await buildHouse(city, { building, areaHundredths: MARKED_AREA });
  await bookMoney(city, confirmationOf(await buildNotice(city, paid)));
  const review = await visitor.post(`${base}/review/${estateCode}`, [
    ["building", "12"],
    ["kind", "00"],
    ["house", house.code],
    ["scope", "ticked"],
  ]);
  const value = (name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(review.text)?.[1] ?? "";
  const submit = urlOf("POST", `${base}/submit/${estateCode}`, [
    ["submissionKey", value("submissionKey")],
    ["totalSeen", value("totalSeen")],
    ["phone", "13800005678"],
    ["house", house.code],
  ]);
  const batch = await visitor.post(submit.path, submit.fields);
  const certificate = await visitor.post(`/workbench/clearance-certificates/issue/${estateCode}`, {
    for: "house",
    house: paid.code,
  });
  const content = Buffer.from("物业区域名称\r\n鸾开苑");
  const imported = await sendFiles(visitor, "/workbench/house-imports", {}, [
    { field: "file", name: "houses.csv", content },
  ]);
  const at = imported.headers.location ?? "";
  const made = [batch, certificate, imported].map(({ headers }) => headers.location ?? "");
  return { starts: [...made, `${at}/problems.csv`, `${at}/problems.xlsx`], more: [submit] };
}

const PRINTED_WITHIN_MS = 60_000;

async function allPrinted(city: TestCity, batch: string): Promise<void> {
  await city.owner
    .selectFrom("top_up_batch")
    .where("id", "=", batch)
    .where(sql<boolean>`printed_count = cardinality(house_ids)`)
    .select("id")
    .executeTakeFirstOrThrow();
}

/** A locked statement and a print of notices. */
async function makeKeepersObjects(
  site: ServedSite,
  visitor: WebVisitor,
  building: TestBuilding,
): Promise<Made> {
  const { city } = site;
  const house = await buildPaid(site, building);
  await buildUse(city, house, fen(800_000n));
  const base = `/workbench/estates/${building.estateCode}`;
  const batch = randomUUID();
  const asked = await visitor.post(`${base}/top-up`, { batch, building: "" });
  // The print goes on in the background and writes down each slip: nothing may change any more once it is watched.
  await vi.waitFor(() => allPrinted(city, batch), { timeout: PRINTED_WITHIN_MS, interval: 100 });
  const locked = await visitor.post(`${base}/statements`, { period: "2026Q3" });
  const starts = [asked, locked].map(({ headers }) => headers.location ?? "");
  return { starts: [...starts, `${base}/statements?period=2026Q2`], more: [] };
}

/** A bank's teller with a notice and a voucher open at his desk. */
export async function buildWatchedTeller(site: ServedSite): Promise<WatchedAccount> {
  const { city } = site;
  const building = await buildMarkedEstate(site, "鸾银苑");
  const visitor = await site.teller("teller-one");
  const unpaid = await buildHouse(city, { building, areaHundredths: MARKED_AREA });
  const notice = await buildNotice(city, unpaid);
  const paid = await buildPaid(site, building);
  await recordOwner(city, paid, WANG);
  const voucher = await buildVoucher(city, paid, { principalFen: fen(712_300n) });
  await openVoucherAtDesk(city, voucher.no, { teller: "teller:teller-one" });
  const queried = await visitor.post("/bank/query", { number: notice.no });
  return {
    visitor,
    more: [],
    starts: ["/bank", queried.headers.location ?? "", `/bank/vouchers/${voucher.no}`],
    marks: ["鸾银苑", notice.no, voucher.no, "7,123.00", "7123.00", ...DUE_MARKS],
    // Of the fixed payer of the builders' notices and the fixed payee of their refunds.
    personalMarks: ["13800005678", "6222000012345678905"],
  };
}

const CASE_CODE = "91990101MB0000009";

/**
 * What the fund centre's people see: a registration with papers, a bank's file with a difference, and a piece of
 * news that is not published; the refund of the teller's voucher is there too.
 */
export async function buildWatchedCases(site: ServedSite): Promise<Made> {
  const building = await buildMarkedEstate(site, "鸾审苑");
  const { number, institutionId } = await buildRegistration(site.city, "developer", building, {
    creditCode: CASE_CODE + creditCodeCheckCharacter(CASE_CODE),
    contactName: "鸾审联系",
    contactPhone: "13900007199",
  });
  const acts = [
    `/review/applications/${number}/look`,
    "/review/staff/intake-demo/enable",
    ...["ask-reset", "reset", "withdraw-reset"].map((act) => `/review/tellers/teller-one/${act}`),
    `/review/institutions/${institutionId}/resume`,
  ];
  const news = await writeNews(site);
  return {
    starts: ["/review", `/review/applications/${number}`, await buildOpenStatement(site)],
    more: [...acts.map((path) => urlOf("POST", path)), ...news],
  };
}

/** Writes a draft with a file; answers with everything that can be done to it, in whatever state it is. */
async function writeNews(site: ServedSite): Promise<FoundUrl[]> {
  const editor = await site.staff("editor-demo");
  const said = {
    headline: "鸾新稿",
    category: "公告",
    source: "管理中心",
    summary: "",
    version: "",
  };
  const saved = await editor.post("/review/news", { ...said, body: "鸾新稿的正文" });
  const at = (saved.headers.location ?? "").replace(/\?.*/, "");
  const shown = { ...said, body: "前文", act: "picture", pictureAlt: "鸾新图" };
  const picture = await sendFiles(editor, "/review/news", shown, [
    { field: "picture", name: "one.jpg", content: await jpegBytes() },
  ]);
  const file = /\/review\/news\/files\/[\w-]+/.exec(picture.text)?.[0] ?? "";
  const version = [["version", "1"]] as const;
  return [
    ...["", "/edit", "/compare"].map((page) => urlOf("GET", `${at}${page}`)),
    urlOf("GET", file),
    urlOf("POST", `${at}/edit`, [...Object.entries({ ...said, body: "别人改的" }), ...version]),
    ...["submit", "return", "publish", "withdraw"].map((act) =>
      urlOf("POST", `${at}/${act}`, version),
    ),
  ];
}

/** What stands on the fund centre's pages and is told to nobody else. */
export const CASE_MARKS = ["鸾审苑", "鸾审联系", "13900007199", "鸾新稿"];

/** Each of the fund centre's people who see something that others do not. */
export const WATCHED_STAFF: readonly StaffRole[] = [
  ...(["reviewer", "approver", "finance", "admin", "auditor"] as const),
];
