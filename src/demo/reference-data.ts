import { type CalendarDate, calendarDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { HouseTable } from "#src/platform/database/tables/register.ts";
import { chooseStandard } from "#src/register/standards/choose-standard.ts";

/** The districts of the demonstration city: no such codes and places exist. */
export const DISTRICTS = [
  { code: "990101", name: "示范区" },
  { code: "990102", name: "样板区" },
  { code: "990103", name: "试点区" },
] as const;

export const BANKS = [
  { code: "SLYH", name: "示例银行" },
  { code: "SFYH", name: "示范商业银行" },
] as const;

/** The custody accounts (专户); an estate names its own by the position in this list. */
export const CUSTODY_ACCOUNTS = [
  { bankCode: "SLYH", branchName: "民生支行", accountNo: "9901010000000001268" },
  { bankCode: "SLYH", branchName: "样板支行", accountNo: "9901010000000002274" },
  { bankCode: "SFYH", branchName: "试点支行", accountNo: "9902010000000001355" },
  { bankCode: "SFYH", branchName: "演示大道支行", accountNo: "9902010000000002361" },
] as const;

const ACCOUNT_NAME = "示例市物业专项维修资金管理中心专户";

type HouseUse = HouseTable["house_use"];

interface StandardSeries {
  code: string;
  name: string;
  houseUses: readonly HouseUse[];
  hasLift: boolean | null;
  /** Yuan per ㎡ in each period of PERIODS. */
  yuan: readonly [number, number, number];
}

const PERIODS = [
  { code: "2008", from: "2008-02-01", to: "2015-12-31" },
  { code: "2016", from: "2016-01-01", to: "2023-12-31" },
  { code: "2024", from: "2024-01-01", to: null },
] as const;

const SERIES: readonly StandardSeries[] = [
  {
    code: "LIFT",
    name: "有电梯住宅",
    houseUses: ["residential"],
    hasLift: true,
    yuan: [80, 100, 120],
  },
  {
    code: "STAIRS",
    name: "无电梯住宅",
    houseUses: ["residential"],
    hasLift: false,
    yuan: [50, 65, 80],
  },
  {
    code: "NONRES",
    name: "非住宅",
    houseUses: ["commercial", "office", "parking", "storage", "other"],
    hasLift: null,
    yuan: [70, 85, 100],
  },
];

const USE_WORDS = {
  residential: "",
  commercial: "（商业）",
  office: "（办公）",
  parking: "（车位）",
  storage: "（储藏）",
  other: "（其他）",
} as const satisfies Record<HouseUse, string>;

/** A deposit standard of the demonstration city, as the register keeps it. */
export interface DemonstrationStandard {
  code: string;
  name: string;
  houseUse: HouseUse;
  hasLift: boolean | null;
  floorsFrom: null;
  floorsTo: null;
  coefficientE4: bigint;
  effectiveFrom: CalendarDate;
  effectiveTo: CalendarDate | null;
  legalBasis: string;
}

/** Every standard since 2008, by area (Decree 165 art. 7): three periods, each with its own legal basis. */
export const DEPOSIT_STANDARDS: readonly DemonstrationStandard[] = PERIODS.flatMap((period, at) =>
  SERIES.flatMap((series) =>
    series.houseUses.map((houseUse) => ({
      code: `SL${period.code}-${series.code}${houseUse === "residential" ? "" : `-${houseUse.toUpperCase()}`}`,
      name: `${series.name}${USE_WORDS[houseUse]}`,
      houseUse,
      hasLift: series.hasLift,
      floorsFrom: null,
      floorsTo: null,
      coefficientE4: BigInt(series.yuan[at] as number) * 10_000n,
      effectiveFrom: calendarDate(period.from),
      effectiveTo: period.to === null ? null : calendarDate(period.to),
      legalBasis: `《住宅专项维修资金管理办法》第七条；示例市首期交存标准（${period.code}年版，示例）`,
    })),
  ),
);

/**
 * Picks the standard that the day of filing fixes for a house, by the register's own rule. Throws when the
 * day is before the first standard.
 */
export function demonstrationStandard(house: {
  houseUse: HouseUse;
  hasLift: boolean;
  standardDate: CalendarDate;
}): DemonstrationStandard {
  const choice = chooseStandard(DEPOSIT_STANDARDS, { ...house, floors: null });
  if (!choice.ok) throw new RangeError(`no standard on ${house.standardDate}: ${choice.reason}`);
  return choice.standard;
}

const SETTINGS_FROM = calendarDate("2024-01-01");
const CITY_SETTINGS = [
  {
    key: "top-up-trigger-percent",
    value: 30,
    legalBasis: "《住宅专项维修资金管理办法》第十七条",
  },
  {
    key: "top-up-target-percent",
    value: 50,
    legalBasis: "示例市住宅专项维修资金续交办法第四条（示例）",
  },
  {
    key: "notice-validity-days",
    value: 15,
    legalBasis: "示例市住宅专项维修资金交存规程第八条（示例）",
  },
  {
    key: "lock-lease-minutes",
    value: 15,
    legalBasis: "示例市维修资金专户银行业务规程第六条（示例）",
  },
] as const;

/** Writes what every estate and payment refers to. What is there already stays as it is. */
export async function seedReferenceData(owner: Db): Promise<void> {
  await owner
    .insertInto("district")
    .values(
      DISTRICTS.map((district) => ({
        ...district,
        city_name: "示例市",
        province_name: "示例省",
        effective_from: calendarDate("2008-02-01"),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await owner
    .insertInto("bank")
    .values([...BANKS])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await seedCustodyAccounts(owner);
  await seedRules(owner);
}

async function seedCustodyAccounts(owner: Db): Promise<void> {
  await owner
    .insertInto("custody_account")
    .values(
      CUSTODY_ACCOUNTS.map((account) => ({
        bank_code: account.bankCode,
        branch_name: account.branchName,
        account_name: ACCOUNT_NAME,
        account_no: account.accountNo,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function seedRules(owner: Db): Promise<void> {
  await owner
    .insertInto("deposit_standard")
    .values(
      DEPOSIT_STANDARDS.map((standard) => ({
        code: standard.code,
        name: standard.name,
        basis: "AREA" as const,
        coefficient_e4: standard.coefficientE4,
        house_use: standard.houseUse,
        has_lift: standard.hasLift,
        effective_from: standard.effectiveFrom,
        effective_to: standard.effectiveTo,
        legal_basis: standard.legalBasis,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await owner
    .insertInto("city_setting")
    .values(
      CITY_SETTINGS.map((setting) => ({
        key: setting.key,
        effective_from: SETTINGS_FROM,
        value: JSON.stringify(setting.value),
        legal_basis: setting.legalBasis,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
