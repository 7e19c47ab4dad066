import { sql } from "kysely";
import { type Fen, fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import { houseAddress } from "#src/register/house-address.ts";
import type { StandardTerms } from "#src/register/standards/first-deposit-due.ts";
import { standardText } from "#src/register/standards/standard-text.ts";

/** A house of a batch, as its list names it. */
export interface NoticeHouse {
  n: number;
  code: string;
  address: string;
  buildingLabel: string;
  areaHundredths: number;
  /** The standard in words, as it was when the notice was made: 120.00 元/㎡. */
  standard: string;
  amountFen: Fen;
}

/** Lists the houses of a batch with what each is asked for, in the order of its list; none of any other notice. */
export async function listNoticeHouses(db: Db, noticeNo: string): Promise<NoticeHouse[]> {
  const { rows } = await sql<Row>`
    select p.n, h.code, e.name as estate_name, b.label as building_label, h.unit_label, h.room_label,
        (p.basis ->> 'areaHundredths')::integer as area_hundredths,
        (p.basis ->> 'coefficientE4')::bigint as coefficient_e4, s.basis as standard_basis, p.amount_fen
      from payment_notice_house p
        join house h on h.estate_id = p.estate_id and h.id = p.house_id
        join building b on b.estate_id = h.estate_id and b.id = h.building_id
        join estate e on e.id = p.estate_id
        left join deposit_standard s on s.code = p.basis ->> 'standardCode'
      where p.notice_no = ${noticeNo} order by p.n`.execute(db);
  return rows.map((row) => ({
    n: row.n,
    code: row.code,
    address: houseAddress({
      estateName: row.estate_name,
      buildingLabel: row.building_label,
      unitLabel: row.unit_label,
      roomLabel: row.room_label,
    }),
    buildingLabel: row.building_label,
    areaHundredths: row.area_hundredths,
    standard: standardText({
      basis: row.standard_basis ?? "AREA",
      coefficientE4: row.coefficient_e4,
    }),
    amountFen: fen(row.amount_fen),
  }));
}

interface Row {
  n: number;
  code: string;
  estate_name: string;
  building_label: string;
  unit_label: string;
  room_label: string;
  area_hundredths: number;
  coefficient_e4: bigint;
  standard_basis: StandardTerms["basis"] | null;
  amount_fen: bigint;
}
