import { type CalendarDate, calendarDate, compareDates } from "#src/kernel/calendar-date.ts";
import {
  addFen,
  apportion,
  type Fen,
  minFen,
  negateFen,
  subtractFen,
  ZERO_FEN,
} from "#src/kernel/money.ts";
import type {
  DepositNote,
  InterestNote,
  InterestRunNote,
  UseNote,
  UseShareNote,
} from "#src/ledger/journal-notes.ts";
import { dueOf } from "./estate-builder.ts";
import { type Holding, houseInterest } from "./interest.ts";
import type { BuildingPlan, DepositPlan, EstatePlan, HousePlan, UsePlan } from "./plans.ts";
import { BANKS, CUSTODY_ACCOUNTS, DEPOSIT_STANDARDS } from "./reference-data.ts";

/** One line of a journal: of a house, or of the estate's custody account. Debit is positive. */
export interface EntryPlan {
  account: string;
  house: HousePlan | null;
  amountFen: Fen;
  note: InterestNote | UseShareNote | null;
}

export interface JournalPlan {
  kind: "deposit" | "bank-interest" | "interest" | "use";
  bookDate: CalendarDate;
  idempotencyKey: string;
  depositKind: DepositPlan["kind"] | null;
  note: DepositNote | InterestRunNote | UseNote;
  entries: EntryPlan[];
}

/** What a house holds at the end of its history. */
export interface HouseBalancePlan {
  house: HousePlan;
  principalFen: Fen;
  interestFen: Fen;
  firstPaidFen: Fen;
}

interface Account extends HouseBalancePlan {
  /** Since the last settlement of interest. */
  holdings: Holding[];
}

interface Step {
  date: CalendarDate;
  /** On one day money comes in first, then interest is settled, then repairs are paid. */
  order: 0 | 1 | 2;
  play(): void;
}

/** Every entry is checked against its whole journal: short journals are written sooner. */
const HOUSES_PER_JOURNAL = 40;

/**
 * Plays the money of one building from the first deposit to the end of the history: deposits, the yearly
 * settlement of interest on 30 June, and repairs shared by area. Answers with balanced journals in the order
 * of their days, and with what each house holds after them.
 */
export function playBuilding(
  estate: EstatePlan,
  building: BuildingPlan,
  today: CalendarDate,
): { journals: JournalPlan[]; balances: HouseBalancePlan[] } {
  const history = new BuildingHistory(estate, building);
  const steps: Step[] = [];
  for (const house of building.houses) {
    house.deposits.forEach((deposit, at) => {
      steps.push({ date: deposit.date, order: 0, play: () => history.deposit(house, deposit, at) });
    });
  }
  steps.sort(byDay);
  const first = steps[0]?.date ?? today;
  for (const date of settlementDays(first, today)) {
    steps.push({ date, order: 1, play: () => history.settleInterest(date) });
  }
  for (const use of building.uses) {
    if (use.date <= today) steps.push({ date: use.date, order: 2, play: () => history.use(use) });
  }
  steps.sort(byDay);
  for (const step of steps) step.play();
  return { journals: history.journals, balances: [...history.accounts.values()] };
}

function byDay(a: Step, b: Step): number {
  return compareDates(a.date, b.date) || a.order - b.order;
}

function settlementDays(first: CalendarDate, today: CalendarDate): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let year = Number(first.slice(0, 4)); ; year += 1) {
    const day = calendarDate(`${year}-06-30`);
    if (day > today) return days;
    if (day > first) days.push(day);
  }
}

class BuildingHistory {
  readonly journals: JournalPlan[] = [];
  readonly accounts = new Map<HousePlan, Account>();
  readonly #estate: EstatePlan;
  readonly #building: BuildingPlan;
  readonly #units: HousePlan[][];
  readonly #bank: Pick<DepositNote, "bankName" | "branchName">;

  constructor(estate: EstatePlan, building: BuildingPlan) {
    this.#estate = estate;
    this.#building = building;
    this.#units = housesByUnit(building);
    this.#bank = bankOf(estate);
  }

  deposit(house: HousePlan, deposit: DepositPlan, at: number): void {
    const account = this.accounts.get(house) ?? {
      house,
      principalFen: ZERO_FEN,
      interestFen: ZERO_FEN,
      firstPaidFen: ZERO_FEN,
      holdings: [],
    };
    this.accounts.set(house, account);
    account.principalFen = addFen(account.principalFen, deposit.amountFen);
    if (deposit.kind !== "02") {
      account.firstPaidFen = addFen(account.firstPaidFen, deposit.amountFen);
    }
    hold(account, deposit.date);
    const place = `${this.#place(house.unitLabel)}-${house.roomLabel}`;
    this.journals.push({
      kind: "deposit",
      bookDate: deposit.date,
      idempotencyKey: `demo-deposit-${place}-${at + 1}`,
      depositKind: deposit.kind,
      note: { ...this.#bank, ...depositBasis(house) },
      entries: [
        custodyEntry("1001", deposit.amountFen),
        houseEntry(house, "principal", negateFen(deposit.amountFen), null),
      ],
    });
  }

  settleInterest(settledOn: CalendarDate): void {
    for (const unit of this.#units) {
      const credits = unit.flatMap((house) => this.#creditInterest(house, settledOn));
      for (let at = 0; at < credits.length; at += HOUSES_PER_JOURNAL) {
        this.#postInterest(settledOn, at, credits.slice(at, at + HOUSES_PER_JOURNAL));
      }
    }
  }

  #creditInterest(house: HousePlan, settledOn: CalendarDate): EntryPlan[] {
    const account = this.accounts.get(house);
    if (account === undefined) return [];
    const { amountFen, note } = houseInterest(account.holdings, settledOn);
    account.interestFen = addFen(account.interestFen, amountFen);
    account.holdings = [];
    hold(account, settledOn);
    if (amountFen === ZERO_FEN) return [];
    return [houseEntry(house, "interest", negateFen(amountFen), note)];
  }

  #postInterest(settledOn: CalendarDate, from: number, credits: EntryPlan[]): void {
    const unitLabel = credits[0]?.house?.unitLabel ?? "";
    const totalFen = negateFen(addFen(...credits.map((entry) => entry.amountFen)));
    const place = `${this.#place(unitLabel)}-${settledOn}-${from}`;
    const note: InterestRunNote = {
      settledOn,
      estateCode: this.#estate.code,
      buildingLabel: this.#building.label,
      unitLabel,
    };
    const journal = { bookDate: settledOn, depositKind: null, note };
    this.journals.push(
      {
        ...journal,
        kind: "bank-interest",
        idempotencyKey: `demo-bank-interest-${place}`,
        entries: [custodyEntry("1001", totalFen), custodyEntry("3101", negateFen(totalFen))],
      },
      {
        ...journal,
        kind: "interest",
        idempotencyKey: `demo-interest-${place}`,
        entries: [custodyEntry("3101", totalFen), ...credits],
      },
    );
  }

  use(use: UsePlan): void {
    const houses = this.#building.houses.filter(use.isShared);
    const areas = houses.map((house) => BigInt(house.areaHundredths));
    const shares = apportion(use.totalFen, areas);
    const totalAreaHundredths = houses.reduce((sum, house) => sum + house.areaHundredths, 0);
    const lines = houses.map((house, at) => ({ house, shareFen: shares[at] ?? ZERO_FEN }));
    const common = { totalAreaHundredths, totalFen: use.totalFen.toString() };
    const debits = lines
      .map((line) => this.#draw(line, use.date, common))
      .filter((d) => d.length > 0);
    const { projectName, scope, scopeWords, contractorName } = use;
    const about = { projectName, scope, scopeWords, contractorName, houseCount: houses.length };
    // A journal of a large building is paid in parts, each with its own transfer.
    for (let at = 0; at < debits.length; at += HOUSES_PER_JOURNAL) {
      const part = debits.slice(at, at + HOUSES_PER_JOURNAL).flat();
      const fundFen = addFen(...part.map((entry) => entry.amountFen));
      this.journals.push({
        kind: "use",
        bookDate: use.date,
        idempotencyKey: `demo-use-${this.#place("")}-${use.date}-${at}`,
        depositKind: null,
        note: { ...about, ...common, fundFen: fundFen.toString() },
        entries: [...part, custodyEntry("1001", negateFen(fundFen))],
      });
    }
  }

  /** Interest pays first, then principal; what both cannot pay is the owner's own. */
  #draw(
    line: { house: HousePlan; shareFen: Fen },
    date: CalendarDate,
    common: Pick<UseShareNote, "totalAreaHundredths" | "totalFen">,
  ): EntryPlan[] {
    const account = this.accounts.get(line.house);
    if (account === undefined) return [];
    const fromInterest = minFen(line.shareFen, account.interestFen);
    const fromPrincipal = minFen(subtractFen(line.shareFen, fromInterest), account.principalFen);
    account.interestFen = subtractFen(account.interestFen, fromInterest);
    account.principalFen = subtractFen(account.principalFen, fromPrincipal);
    hold(account, date);
    const note: UseShareNote = {
      ...common,
      areaHundredths: line.house.areaHundredths,
      shareFen: line.shareFen.toString(),
      selfFundedFen: (line.shareFen - fromInterest - fromPrincipal).toString(),
    };
    return [
      houseEntry(line.house, "interest", fromInterest, note),
      houseEntry(line.house, "principal", fromPrincipal, note),
    ].filter((entry) => entry.amountFen !== ZERO_FEN);
  }

  #place(unitLabel: string): string {
    return [this.#estate.code, this.#building.label, unitLabel].filter(Boolean).join("-");
  }
}

function hold(account: Account, from: CalendarDate): void {
  const holding = { from, principalFen: account.principalFen, interestFen: account.interestFen };
  account.holdings.push(holding);
}

function housesByUnit(building: BuildingPlan): HousePlan[][] {
  const units = new Map<string, HousePlan[]>();
  for (const house of building.houses) {
    const unit = units.get(house.unitLabel);
    if (unit === undefined) units.set(house.unitLabel, [house]);
    else unit.push(house);
  }
  return [...units.values()];
}

function bankOf(estate: EstatePlan): Pick<DepositNote, "bankName" | "branchName"> {
  const custody = CUSTODY_ACCOUNTS[estate.custodyAccount] ?? CUSTODY_ACCOUNTS[0];
  const bank = BANKS.find((one) => one.code === custody.bankCode);
  return { bankName: bank?.name ?? custody.bankCode, branchName: custody.branchName };
}

function depositBasis(house: HousePlan): Omit<DepositNote, "bankName" | "branchName"> {
  const standard = DEPOSIT_STANDARDS.find((one) => one.code === house.standardCode);
  if (standard === undefined)
    throw new Error(`a house that pays has a standard: ${house.roomLabel}`);
  return {
    areaHundredths: house.areaHundredths,
    standardCode: standard.code,
    coefficientE4: standard.coefficientE4.toString(),
    dueFen: dueOf(house, standard).toString(),
    noticeNo: null,
    bankRef: null,
    channel: "counter",
  };
}

function custodyEntry(account: "1001" | "3101", amountFen: Fen): EntryPlan {
  return { account, house: null, amountFen, note: null };
}

function houseEntry(
  house: HousePlan,
  part: "principal" | "interest",
  amountFen: Fen,
  note: EntryPlan["note"],
): EntryPlan {
  const fund = house.houseNature === "reform" ? "3002" : "3001";
  return { account: `${fund}.${part === "principal" ? "01" : "02"}`, house, amountFen, note };
}
