import {
  type InstitutionProfile,
  sealProfile,
} from "#src/accounts/institutions/institution-profile.ts";
import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import { creditCodeCheckCharacter } from "#src/kernel/credit-code.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { DEMONSTRATION_PASSWORD } from "./tellers.ts";

interface DemonstrationInstitution {
  kind: InstitutionKind;
  username: string;
  name: string;
  creditCode: string;
  person: string;
  phone: string;
  estates: readonly {
    code: string;
    contractNo: string;
    serviceKind: "" | "preliminary" | "elected";
    startsOn: CalendarDate | null;
    endsOn: CalendarDate | null;
  }[];
}

function withCheckCharacter(first17: string): string {
  return first17 + creditCodeCheckCharacter(first17);
}

/** Names as the estates of the promised houses have them; codes are made up with right check characters. */
const DEMONSTRATION_INSTITUTIONS: readonly DemonstrationInstitution[] = [
  {
    kind: "developer",
    username: "developer-demo",
    name: "示例置业有限公司",
    creditCode: withCheckCharacter("91990101MA0DEM001"),
    person: "许开示",
    phone: "13800000601",
    estates: ["SL0126", "SL0127"].map((code) => ({
      code,
      contractNo: "",
      serviceKind: "",
      startsOn: null,
      endsOn: null,
    })),
  },
  {
    kind: "property-company",
    username: "property-demo",
    name: "示例物业服务有限公司",
    creditCode: withCheckCharacter("91990101MA0DEM002"),
    person: "何物示",
    phone: "13800000602",
    estates: ["SL0126", "SL0127"].map((code) => ({
      code,
      contractNo: `示物字2025第${code.slice(-3)}号`,
      serviceKind: "elected",
      startsOn: calendarDate("2025-01-01"),
      endsOn: calendarDate("2029-12-31"),
    })),
  },
  {
    kind: "committee",
    username: "committee-demo",
    name: "示例花园业主委员会",
    creditCode: withCheckCharacter("93990101MA0DEM003"),
    person: "施委示",
    phone: "13800000603",
    estates: [
      {
        code: "SL0126",
        contractNo: "",
        serviceKind: "",
        startsOn: calendarDate("2024-06-01"),
        endsOn: calendarDate("2029-05-31"),
      },
    ],
  },
];

/**
 * Adds one institution of each kind, registered and at work, with its administrator; whoever is there keeps his
 * password. Comes after the estates.
 */
export async function seedInstitutions(
  owner: Db,
  personalData: PersonalData,
  now: Date,
): Promise<void> {
  const known = await owner.selectFrom("institution_user").select("username").execute();
  const names = new Set(known.map(({ username }) => username));
  for (const institution of DEMONSTRATION_INSTITUTIONS) {
    if (!names.has(institution.username)) await add(owner, personalData, institution, now);
  }
}

async function add(
  owner: Db,
  personalData: PersonalData,
  institution: DemonstrationInstitution,
  now: Date,
): Promise<void> {
  const passwordHash = await hashPassword(DEMONSTRATION_PASSWORD);
  await owner.transaction().execute(async (tx) => {
    const { id } = await tx
      .insertInto("institution")
      .values({
        kind: institution.kind,
        name: institution.name,
        credit_code: institution.creditCode,
        state: "active",
        profile_cipher: sealProfile(personalData, profileOf(institution)),
        is_demonstration: true,
        created_at: now,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await tx
      .insertInto("institution_user")
      .values({
        institution_id: id,
        username: institution.username,
        password_hash: passwordHash,
        name_cipher: personalData.encrypt(institution.person),
        phone_cipher: personalData.encrypt(institution.phone),
        is_admin: true,
        is_demonstration: true,
      })
      .execute();
    for (const { code, contractNo, serviceKind, startsOn, endsOn } of institution.estates) {
      const estate = await tx
        .selectFrom("estate")
        .select("id")
        .where("code", "=", code)
        .executeTakeFirstOrThrow();
      await tx
        .insertInto("institution_estate")
        .values({
          institution_id: id,
          estate_id: estate.id,
          contract_no: contractNo,
          service_kind: serviceKind,
          starts_on: startsOn,
          ends_on: endsOn,
        })
        .execute();
    }
  });
}

function profileOf({ name, person, phone }: DemonstrationInstitution): InstitutionProfile {
  return {
    legalPerson: person,
    legalPersonDocumentNo: "",
    address: "示例市示范区示例路1号",
    contactName: person,
    contactPhone: phone,
    landline: "",
    email: "",
    accountName: name,
    accountBank: "示例银行民生支行",
    accountNo: "",
    licenceUntil: "",
  };
}
