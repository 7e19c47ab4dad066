import type { Application } from "#src/applications/find-application.ts";
import type { CaseView, Comparison } from "#src/applications/review-descriptor.ts";
import { findHouseNotice, type HouseNotice } from "#src/bank/find-notice.ts";
import { formatArea } from "#src/kernel/area.ts";
import { maskDocument, maskName, maskPhone } from "#src/kernel/masking.ts";
import { addFen, formatYuan } from "#src/kernel/money.ts";
import { getHouseBalance, type HouseBalance, type HouseKey } from "#src/ledger/house-balances.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { findBuilding } from "#src/register/find-estate.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import {
  AREA_KIND_WORDS,
  DOCUMENT_KIND_WORDS,
  HOUSE_NATURE_WORDS,
  HOUSE_USE_WORDS,
} from "#src/register/house-words.ts";
import { standardText } from "#src/register/standards/standard-text.ts";
import { type Draft, getApplicationForm } from "./drafts.ts";
import { listNearHouses, listOwners, type NearHouse } from "./queries.ts";
import { shownForm } from "./shown-form.ts";

export interface CaseDeps {
  db: Db;
  personalData: PersonalData;
}

/** An application with everything its review rests on. */
export interface Case {
  application: Application;
  house: House;
  notice: HouseNotice;
  balance: HouseBalance;
  form: Draft;
}

/** Reads a case; throws for an application that is not of this business. */
export async function getCase(deps: CaseDeps, application: Application): Promise<Case> {
  const key = houseOf(application);
  const notice =
    application.noticeNo === null
      ? null
      : await findHouseNotice(deps.db, application.noticeNo, deps.personalData);
  if (notice === null) throw new Error(`application ${application.number} has no payment notice`);
  return {
    application,
    notice,
    house: await getHouse(deps.db, key),
    balance: await getHouseBalance(deps.db, key),
    form: await getApplicationForm(deps, application.id),
  };
}

function houseOf(application: Application): HouseKey {
  if (application.house === null) throw new Error(`application ${application.number} has no house`);
  return application.house;
}

/** Tells the desk what was applied for beside what is on record, names masked. */
export async function describeCase(deps: CaseDeps, application: Application): Promise<CaseView> {
  const one = await getCase(deps, application);
  const near = await listNearHouses(deps.db, one.house);
  const owners = await listOwners(deps, one.house);
  return {
    subject: one.house.address,
    reason: "",
    applicant: owners.map(({ name }) => maskName(name)).join("、"),
    amountFen: one.notice.amountFen,
    seen: seenOf(one),
    comparisons: [...(await ownComparisons(deps, one)), ...near.map(nearComparison)],
    facts: [
      ...shownForm(one.form.typed).filter(([label]) => !label.startsWith("交款人")),
      ...owners.map(
        (owner, at) =>
          [
            `业主 ${at + 1}`,
            `${maskName(owner.name)}，${DOCUMENT_KIND_WORDS[owner.documentKind]} ${maskDocument(owner.documentNo)}，手机 ${maskPhone(owner.phone ?? "")}`,
          ] as const,
      ),
      ["交款人", `${maskName(one.notice.payerName)}，${maskPhone(one.notice.payerPhone)}`],
      ["已交", `${formatYuan(one.balance.firstPaidFen)} 元`],
    ],
    consequences: consequences(one),
    links: [
      { href: `/fund/${one.house.code}`, words: `临时房屋 ${one.house.code} 的明细` },
      ...near.map(({ code, address }) => ({ href: `/fund/${code}`, words: `${address} 的明细` })),
    ],
  };
}

/** What a decision rests on: money, house data and papers as they stood on the page. */
function seenOf({ balance, form, house }: Case): string {
  const held = addFen(balance.principalFen, balance.interestFen);
  return [held, balance.reservedFen, house.dueFen ?? "", form.savedAt.toISOString()].join("/");
}

async function ownComparisons(deps: CaseDeps, one: Case): Promise<Comparison[]> {
  const { house, form, balance } = one;
  const building = await findBuilding(deps.db, house.estateId, house.buildingKey);
  const lift = form.typed["lift"] === "yes";
  const known = building?.floors ?? null;
  return [
    {
      label: "总层数",
      applied: `${form.typed["floors"]} 层`,
      recorded: known === null ? "本幢没有登记" : `${known} 层`,
      matches: known === null ? null : String(known) === form.typed["floors"]?.trim(),
    },
    {
      label: "电梯",
      applied: lift ? "有电梯" : "无电梯",
      recorded: liftWords(building?.has_lift ?? null),
      matches: building?.has_lift == null ? null : building.has_lift === lift,
    },
    {
      label: "用途与性质",
      applied: `${HOUSE_USE_WORDS[house.houseUse]}，${HOUSE_NATURE_WORDS[house.houseNature]}`,
      recorded: house.standard === null ? "标准未核定" : house.standard.name,
      matches: null,
    },
    {
      label: "应交与已交",
      applied:
        house.standard === null || house.dueFen === null
          ? "标准未核定"
          : `${formatArea(house.areaHundredths)} ㎡（${AREA_KIND_WORDS[house.areaKind]}），${standardText(house.standard)}，应交 ${formatYuan(house.dueFen)} 元`,
      recorded: `已交 ${formatYuan(balance.firstPaidFen)} 元`,
      matches: house.dueFen === balance.firstPaidFen,
    },
  ];
}

function liftWords(hasLift: boolean | null): string {
  if (hasLift === null) return "本幢没有登记";
  return hasLift ? "有电梯" : "无电梯";
}

function nearComparison(near: NearHouse, at: number): Comparison {
  return {
    label: `相近房屋 ${at + 1}`,
    applied: near.hasSameOwner ? "业主证件号与申请人相同" : "业主不同",
    recorded: `${near.address}（${near.code}），${near.area} ㎡`,
    matches: near.hasSameOwner ? false : null,
    ...(near.hasSameOwner ? { verdict: "可能重复" } : {}),
  };
}

function consequences({ house, balance }: Case): Record<string, string> {
  const money = `${formatYuan(addFen(balance.principalFen, balance.interestFen))} 元`;
  return {
    accept: "转给审核岗核验，钱不动。受理人不能再做核验",
    return: "退给申请人补正，钱留在这套房屋名下。补正后从受理重新开始",
    verify: `${house.address} 正式入册，业主登记为房屋的业主，${money}留在它名下。申请办结`,
    merge: `${money}连同交款记录转到并入的房屋名下，${house.code} 销号并指向它，两套房屋没交的通知单作废。不能撤回`,
    reject: `房屋不入册，地址放开；${money}留在 ${house.code} 名下，申请人可以申请退款（错交）`,
  };
}

/** Owners and payer in clear; the desk records every call. */
export async function revealCase(deps: CaseDeps, application: Application) {
  const one = await getCase(deps, application);
  const owners = await listOwners(deps, one.house);
  return [
    ...owners.flatMap((owner, at) => [
      [`业主 ${at + 1} 姓名`, owner.name] as const,
      [`业主 ${at + 1} ${DOCUMENT_KIND_WORDS[owner.documentKind]}`, owner.documentNo] as const,
      [`业主 ${at + 1} 手机`, owner.phone ?? "没有登记"] as const,
    ]),
    ["交款人", one.notice.payerName] as const,
    ["交款人手机", one.notice.payerPhone] as const,
  ];
}
