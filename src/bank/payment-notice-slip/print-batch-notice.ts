import { groupNumber } from "#src/kernel/application-number.ts";
import { formatArea } from "#src/kernel/area.ts";
import { maskPhone } from "#src/kernel/masking.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { Db } from "#src/platform/database/client.ts";
import { DEPOSIT_KIND_WORDS } from "../deposit-kinds.ts";
import type { PaymentNotice } from "../find-notice.ts";
import { listNoticeHouses, type NoticeHouse } from "../list-notice-houses.ts";
import type { NoticeSubject } from "../notice-subject.ts";
import type { PaymentNoticeRoster } from "./payment-notice-slip.ts";
import {
  type NoticeContent,
  type NoticePrintDeps,
  printNoticeSlip,
} from "./print-payment-notice.ts";

/** Prints 交款通知单 of a batch with its 清册, and counts the print; a dead notice carries its state across. */
export async function printBatchNotice(
  deps: NoticePrintDeps,
  db: Db,
  { notice, subject }: { notice: PaymentNotice; subject: NoticeSubject },
  now: Date,
): Promise<Uint8Array> {
  const houses = await listNoticeHouses(db, notice.no);
  const area = houses.reduce((sum, { areaHundredths }) => sum + areaHundredths, 0);
  const { custody } = subject;
  const content: NoticeContent = {
    authority: deps.fundCentreName,
    number: notice.no,
    numberGroups: groupNumber(notice.no),
    expires: notice.expiresOn,
    placeLabel: "小区",
    address: `${subject.place.split(" ")[0]}（${buildingsOf(houses)}）`,
    houseCodeLabel: "总户数",
    houseCode: `${notice.houseCount} 户，见清册`,
    payerLabel: "交款单位",
    payer: notice.payerName,
    payerDocument: "—",
    payerPhone: maskPhone(notice.payerPhone),
    area: `共 ${formatArea(area)} ㎡`,
    standard: "见清册",
    depositKind: DEPOSIT_KIND_WORDS[notice.depositKind],
    amountYuan: formatYuan(notice.amountFen),
    amountCapitals: rmbInCapitals(notice.amountFen),
    accountName: custody.accountName,
    accountBranch: `${custody.bankName}${custody.branchName}`,
    accountNumber: custody.accountNo,
    payAt: `${custody.bankName}任一网点`,
    channel: "公众服务平台机构办理",
    roster: rosterOf(houses),
  };
  return await printNoticeSlip(deps, db, { notice, content }, now);
}

function rosterOf(houses: readonly NoticeHouse[]): PaymentNoticeRoster {
  const rows = houses.map((house): PaymentNoticeRoster["rows"][number] => [
    `${house.n}`,
    house.code,
    house.address,
    formatArea(house.areaHundredths),
    house.standard,
    formatYuan(house.amountFen),
  ]);
  return { rows };
}

const BUILDINGS_NAMED = 8;

function buildingsOf(houses: readonly NoticeHouse[]): string {
  const labels = [...new Set(houses.map(({ buildingLabel }) => buildingLabel))];
  const named = labels.slice(0, BUILDINGS_NAMED).join("、");
  return labels.length > BUILDINGS_NAMED ? `${named} 等 ${labels.length} 幢` : named;
}
