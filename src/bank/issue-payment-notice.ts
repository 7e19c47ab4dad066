import type { ApplicationNumber } from "#src/kernel/application-number.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import type { Fen } from "#src/kernel/money.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { House } from "#src/register/find-house.ts";
import { fundOf } from "#src/register/house-words.ts";
import type { DepositKind } from "./deposit-kinds.ts";

/** What was computed and shown to the payer, kept as it was. */
export interface NoticeBasis {
  areaHundredths: number;
  standardCode: string;
  standardName: string;
  coefficientE4: string;
  legalBasis: string;
  dueFen: string;
  firstPaidFen: string;
}

/** Writes down how the amount of a house comes about: area, standard and what was paid before. */
export function noticeBasisOf(house: House, firstPaidFen: Fen): NoticeBasis {
  const { standard, dueFen } = house;
  if (standard === null || dueFen === null) throw new Error("a house with an offer has a standard");
  return {
    areaHundredths: house.areaHundredths,
    standardCode: standard.code,
    standardName: standard.name,
    coefficientE4: standard.coefficientE4.toString(),
    legalBasis: standard.legalBasis,
    dueFen: dueFen.toString(),
    firstPaidFen: firstPaidFen.toString(),
  };
}

/** A payment notice to be issued. */
export interface NewNotice {
  no: ApplicationNumber;
  house: House;
  depositKind: DepositKind;
  amountFen: Fen;
  /** 已交 at this moment: the notice is void once it changes. */
  firstPaidSeenFen: Fen;
  payerName: string;
  payerPhone: string;
  basis: NoticeBasis;
  issuedAt: Date;
  /** The last day on which the bank takes the money. */
  expiresOn: CalendarDate;
}

/** Issues a payment notice (交款通知单): number, amount and bank are fixed from here on. */
export async function issuePaymentNotice(
  tx: Tx,
  notice: NewNotice,
  personalData: PersonalData,
): Promise<void> {
  const { house } = notice;
  await tx
    .insertInto("payment_notice")
    .values({
      no: notice.no,
      estate_id: house.estateId,
      house_id: house.houseId,
      deposit_kind: notice.depositKind,
      amount_fen: notice.amountFen,
      first_paid_seen_fen: notice.firstPaidSeenFen,
      account_code: `${fundOf(house.houseNature)}.01`,
      custody_account_id: house.custody.id,
      bank_code: house.custody.bankCode,
      payer_name_cipher: personalData.encrypt(notice.payerName),
      payer_phone_cipher: personalData.encrypt(notice.payerPhone),
      basis: JSON.stringify(notice.basis),
      issued_at: notice.issuedAt,
      expires_on: notice.expiresOn,
    })
    .execute();
}
