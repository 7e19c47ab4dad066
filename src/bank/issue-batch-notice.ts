import { sql } from "kysely";
import type { ApplicationNumber } from "#src/kernel/application-number.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { addFen, type Fen, ZERO_FEN } from "#src/kernel/money.ts";
import type { Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { House } from "#src/register/find-house.ts";
import { fundOf } from "#src/register/house-words.ts";
import type { DepositKind } from "./deposit-kinds.ts";
import { noticeBasisOf } from "./issue-payment-notice.ts";

/** More houses than the largest building has; a list of these still prints. */
export const BATCH_HOUSES_MAX = 2_000;

/** A house of a batch, with what it is asked for. */
export interface BatchHouse {
  house: House;
  amountFen: Fen;
  /** 已交 at this moment: the notice is void once it changes. */
  firstPaidSeenFen: Fen;
}

/** A payment notice for several houses of one estate, to be issued. */
export interface NewBatchNotice {
  no: ApplicationNumber;
  /** One estate's, in the order of the list. */
  houses: readonly BatchHouse[];
  /** One for all: a journal is of one kind. */
  depositKind: DepositKind;
  payerName: string;
  payerPhone: string;
  issuedAt: Date;
  /** The last day on which the bank takes the money. */
  expiresOn: CalendarDate;
}

/** Adds up what the houses of a batch are asked for. */
export function batchTotal(houses: readonly Pick<BatchHouse, "amountFen">[]): Fen {
  return addFen(ZERO_FEN, ...houses.map(({ amountFen }) => amountFen));
}

/**
 * Issues a payment notice for several houses (批量交款): number, houses, amounts and bank are fixed from here on.
 * The caller holds the houses.
 */
export async function issueBatchNotice(
  tx: Tx,
  notice: NewBatchNotice,
  personalData: PersonalData,
): Promise<void> {
  const [first] = notice.houses;
  if (first === undefined) throw new Error("a batch has a house at least");
  const { estateId, custody } = first.house;
  await tx
    .insertInto("payment_notice")
    .values({
      no: notice.no,
      estate_id: estateId,
      house_id: null,
      house_count: notice.houses.length,
      deposit_kind: notice.depositKind,
      amount_fen: batchTotal(notice.houses),
      first_paid_seen_fen: null,
      account_code: null,
      custody_account_id: custody.id,
      bank_code: custody.bankCode,
      payer_name_cipher: personalData.encrypt(notice.payerName),
      payer_phone_cipher: personalData.encrypt(notice.payerPhone),
      basis: JSON.stringify({ houseCount: notice.houses.length }),
      issued_at: notice.issuedAt,
      expires_on: notice.expiresOn,
    })
    .execute();
  const rows = notice.houses.map(({ house, amountFen, firstPaidSeenFen }, at) => ({
    n: at + 1,
    estate_id: house.estateId,
    house_id: house.houseId.toString(),
    amount_fen: amountFen.toString(),
    first_paid_seen_fen: firstPaidSeenFen.toString(),
    account_code: `${fundOf(house.houseNature)}.01`,
    basis: noticeBasisOf(house, firstPaidSeenFen),
  }));
  // One parameter whatever the length: a statement takes 65,535 at most.
  await sql`
    insert into payment_notice_house
        (notice_no, n, estate_id, house_id, amount_fen, first_paid_seen_fen, account_code, basis)
      select ${notice.no}, r.n, r.estate_id, r.house_id, r.amount_fen, r.first_paid_seen_fen, r.account_code, r.basis
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(n smallint, estate_id integer,
          house_id bigint, amount_fen bigint, first_paid_seen_fen bigint, account_code text, basis jsonb)`.execute(
    tx,
  );
}
