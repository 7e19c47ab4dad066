import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { EstateHouse } from "#src/ledger/estate-houses.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import { issueSlips } from "#src/platform/issued-slips/issue-slips.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getCitySettings } from "#src/register/city-settings.ts";
import { type TopUpRule, topUpFigures, topUpNotice } from "./top-up.ts";
import { renderTopUpNotices } from "./top-up-slip/top-up-slip.ts";
import { TOP_UP_NUMBERS, topUpSubject } from "./top-up-slip/top-up-worth.ts";

/** What printing notices to top up needs. */
export interface TopUpPrintDeps {
  printer: Printer;
  /** Makes the codes of the slips. */
  personalData: PersonalData;
  fundCentreName: string;
  publicUrl: string;
}

/** Reads the city's rule of topping up on a day. */
export async function readTopUpRule(db: Db | Tx, today: CalendarDate): Promise<TopUpRule> {
  const settings = await getCitySettings(db, today);
  return {
    triggerPercent: settings["top-up-trigger-percent"],
    targetPercent: settings["top-up-target-percent"],
  };
}

/** Prints the notices of some houses of one estate, in the name of the institution that gives them out. */
export async function printTopUpNotices(
  deps: TopUpPrintDeps,
  db: Db | Tx,
  print: {
    estateId: number;
    issuer: string;
    rule: TopUpRule;
    houses: readonly EstateHouse[];
    today: CalendarDate;
    now: Date;
  },
): Promise<Uint8Array> {
  const { estateId, issuer, rule, houses, today, now } = print;
  const estate = await db
    .selectFrom("estate")
    .innerJoin("custody_account as custody", "custody.id", "estate.custody_account_id")
    .innerJoin("bank", "bank.code", "custody.bank_code")
    .where("estate.id", "=", estateId)
    .select(["estate.name", "estate.address", "bank.name as bank_name"])
    .executeTakeFirstOrThrow();
  const at = { estateName: estate.name, publicUrl: deps.publicUrl, rule };
  const data = {
    authority: deps.fundCentreName,
    issuer,
    issuedOn: today,
    ...rule,
    cityRule: await cityRule(db, today),
    payAt: `${estate.bank_name}任一网点`,
    estateAddress: estate.address,
  };
  const notices = houses.map((house) => topUpNotice(house, at));
  const slips = houses.map((house, index) => ({
    subject: topUpSubject(house.code, issuer),
    datedOn: today,
    amountFen: topUpFigures(house, rule).topUpFen,
    party: issuer,
    about: notices[index]?.address ?? "",
    content: { ...data, notice: notices[index] },
  }));
  const marks = await issueSlips(deps, db, TOP_UP_NUMBERS, slips, now);
  const marked = notices.flatMap((notice, index) => {
    const mark = marks[index];
    return mark === undefined ? [] : [{ ...notice, mark }];
  });
  return await renderTopUpNotices(deps.printer, { ...data, notices: marked }, now);
}

/** The text that the city's target rests on, as it was set. */
async function cityRule(db: Db | Tx, today: CalendarDate): Promise<string> {
  const row = await db
    .selectFrom("city_setting")
    .select("legal_basis")
    .where("key", "=", "top-up-target-percent")
    .where("effective_from", "<=", today)
    .orderBy("effective_from", "desc")
    .executeTakeFirst();
  return row === undefined ? "" : `本市的续交标准：${row.legal_basis}。`;
}
