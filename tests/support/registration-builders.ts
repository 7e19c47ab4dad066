import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import { descriptorFinder } from "#src/applications/find-descriptor.ts";
import type { DecisionOutcome } from "#src/applications/review-descriptor.ts";
import { currentAgreement } from "#src/business/institution-registration/agreement.ts";
import { REGISTRATIONS } from "#src/business/institution-registration/descriptor.ts";
import { saveDraft } from "#src/business/institution-registration/drafts.ts";
import { registrationDescriptors } from "#src/business/institution-registration/registration-descriptor.ts";
import { estateField, typedOf } from "#src/business/institution-registration/schema.ts";
import {
  type SubmitOutcome,
  submitRegistration,
} from "#src/business/institution-registration/submit.ts";
import { creditCodeCheckCharacter } from "#src/kernel/credit-code.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import { auditOf } from "./audit-context.ts";
import { NOW, type TestBuilding, type TestCity } from "./builders.ts";
import { type Deciding, decideAsDesk } from "./decide-as-desk.ts";
import { applicationOf, buildDocument } from "./unrecorded-builders.ts";

let made = 0;

/** A credit code that nobody has yet, with its right check character. */
export function newCreditCode(): string {
  made += 1;
  const first17 = `91990101MA${made.toString().padStart(7, "0")}`;
  return first17 + creditCodeCheckCharacter(first17);
}

/** What every registration fills in; the estate is added by `filledForm`. */
const RIGHT_INSTITUTION = {
  institutionName: "试验物业服务有限公司",
  legalPerson: "钱试验",
  legalPersonDocumentNo: "110101198506155020",
  district: "示例省示例市示范区",
  address: "试验路 8 号 3 楼",
  contactName: "孙联系",
  contactPhone: "+86 138-0000-7001",
  landline: "010-88886666",
  email: "office@example.cn",
} as const satisfies Record<string, string>;

const OWN_FIELDS: Readonly<Record<InstitutionKind, Record<string, string>>> = {
  developer: {
    accountName: RIGHT_INSTITUTION.institutionName,
    accountBank: "示例银行民生支行",
    accountNo: "6222 0000 0000 0001",
  },
  "property-company": {},
  committee: {},
};

/** A form of a kind that is filled in rightly, bound to the estate of a building where the kind asks for one. */
export function filledForm(
  kind: InstitutionKind,
  building: Pick<TestBuilding, "estateCode"> | null,
  changes: Record<string, string> = {},
): Record<string, string> {
  const estate: Record<string, string> =
    building === null
      ? {}
      : {
          [estateField(1, "Code")]: building.estateCode,
          [estateField(1, "ContractNo")]: "试物字 2026-1",
          [estateField(1, "StartsOn")]: "2026-01-01",
          [estateField(1, "EndsOn")]: "2028-12-31",
          [estateField(1, "ServiceKind")]: "elected",
        };
  const own = { creditCode: newCreditCode(), ...OWN_FIELDS[kind] };
  return { ...RIGHT_INSTITUTION, ...own, ...estate, ...changes };
}

/** One browser's draft of a form. */
export interface FilledRegistration {
  kind: InstitutionKind;
  submissionKey: string;
  browserHash: Buffer;
}

/** Saves a filled-in form as a draft, with every paper it asks for. */
export async function fillRegistration(
  city: TestCity,
  kind: InstitutionKind,
  typed: Record<string, string>,
  browserHash = Buffer.alloc(32, 5),
): Promise<FilledRegistration> {
  const key = { submissionKey: randomUUID(), browserHash };
  const isSaved = await saveDraft(city, key, { kind, typed: typedOf(typed), savedAt: NOW });
  if (!isSaved) throw new Error("the draft was not saved");
  for (const { code } of REGISTRATIONS[kind].documents) {
    await buildDocument(city.db, city, { ...key, code });
  }
  return { kind, ...key };
}

/** A user name that nobody has yet. */
export function newUsername(): string {
  made += 1;
  return `shiyan${made}`;
}

/** Hands a filled-in form in, as the form's button does. */
export function handIn(
  city: Pick<TestCity, "db" | "personalData">,
  filled: FilledRegistration,
  overrides: { username?: string; now?: Date; mustProveContact?: boolean } = {},
): Promise<SubmitOutcome> {
  const { kind, ...key } = filled;
  return submitRegistration(
    city,
    {
      ...key,
      registration: REGISTRATIONS[kind],
      username: overrides.username ?? newUsername(),
      // Never compared here: nobody signs in.
      passwordHash: "$argon2id$",
      agreement: currentAgreement(),
      addressHash: Buffer.alloc(32, 9),
      mustProveContact: overrides.mustProveContact ?? false,
      now: overrides.now ?? NOW,
    },
    auditOf("registration-submitted"),
  );
}

/** A registration that was handed in. */
export interface HandedIn {
  number: string;
  institutionId: number;
  filled: FilledRegistration;
}

/** Hands in a registration of a kind for an estate. */
export async function buildRegistration(
  city: TestCity,
  kind: InstitutionKind,
  building: Pick<TestBuilding, "estateCode"> | null,
  changes: Record<string, string> = {},
  username = newUsername(),
): Promise<HandedIn> {
  const filled = await fillRegistration(city, kind, filledForm(kind, building, changes));
  const outcome = await handIn(city, filled, { username });
  if (!outcome.ok) throw new Error(`not handed in: ${JSON.stringify(outcome)}`);
  const { id } = await applicationOf(city, outcome.number);
  const institution = await city.db
    .selectFrom("institution")
    .select("id")
    .where("application_id", "=", id)
    .executeTakeFirstOrThrow();
  return { number: outcome.number, institutionId: institution.id, filled };
}

/** Slips are printed where a printer runs: see the tests of their own. */
const NOT_PRINTED = {
  printer: { print: () => Promise.reject(new Error("no printer here")) } as never,
  fundCentreName: "示例市物业专项维修资金管理中心",
  publicUrl: "http://localhost",
  isSmsAvailable: true,
};

/** The three descriptors as the site has them. */
export function findRegistrationDescriptor(
  city: Pick<TestCity, "personalData">,
): (number: string) => ApplicationDescriptor {
  return descriptorFinder(registrationDescriptors({ ...city, ...NOT_PRINTED }));
}

/** Decides as the review desk does: what the business does besides, then the step, in one transaction. */
export function decideRegistration(
  city: Pick<TestCity, "db" | "personalData">,
  number: string,
  decision: string,
  act: Deciding = {},
): Promise<DecisionOutcome> {
  return city.db.transaction().execute(async (tx) => {
    const { id } = await applicationOf({ db: tx }, number);
    await sql`select hold_application(${id.toString()}::bigint)`.execute(tx);
    const application = await applicationOf({ db: tx }, number);
    const descriptor = findRegistrationDescriptor(city)(number);
    return await decideAsDesk(tx, descriptor, application, decision, act);
  });
}

/** Takes a registration through both stages. */
export async function approveRegistration(
  city: Pick<TestCity, "db" | "personalData">,
  number: string,
): Promise<DecisionOutcome> {
  const passed = await decideRegistration(city, number, "pass");
  return passed.ok ? await decideRegistration(city, number, "approve") : passed;
}

/** What an institution is now. */
export async function stateOf(city: Pick<TestCity, "db">, institutionId: number): Promise<string> {
  const { state } = await city.db
    .selectFrom("institution")
    .select("state")
    .where("id", "=", institutionId)
    .executeTakeFirstOrThrow();
  return state;
}
