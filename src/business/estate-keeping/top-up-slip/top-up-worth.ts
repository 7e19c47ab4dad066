import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { listStandings } from "#src/ledger/house-search/list-standings.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { SlipJudgement, SlipKind } from "#src/platform/issued-slips/slip-kind.ts";
import { findHouseByCode } from "#src/register/find-house.ts";

/**
 * 续交通知 as 验真 sees it: good while its house is below the line of the city. Of the house it tells no more than
 * that, and no figure.
 */
export const TOP_UP_SLIP: SlipKind = {
  kind: "top-up-notice",
  title: "续交通知",
  words: { party: "发出单位", datedOn: "发出日期", amount: "应续交" },
  judge: async (db, { subject }, now) => {
    const code = houseOf(subject);
    return judgeTopUp(await findStanding(db, code, now), code);
  },
};

/** What a notice is worth while its house stands so; null for a house that is not there any more. */
export function judgeTopUp(standing: HouseStanding["kind"] | null, code: string): SlipJudgement {
  switch (standing) {
    case "below-trigger":
      return {
        isValid: true,
        label: "有效",
        meaning:
          "这套房屋现在仍要续交。数目按发出那天的账面计算，之后记过账的以提交时算出的为准。钱只交到银行专户，不交给物业、业委会或个人。",
        onward: { href: `/deposit/${code}`, words: "去续交" },
      };
    case "paid-in-full":
    case "exempt":
      return {
        isValid: false,
        label: "已不需要续交",
        meaning:
          "发出以后情况有变，这套房屋现在不用续交。请不要凭它交钱；有人拿它向您要钱的，请打 12345。",
        onward: null,
      };
    default:
      return {
        isValid: false,
        label: "情况已变化",
        meaning:
          "发出以后，这套房屋的登记或账面有变动，通知上的数目不能再用。要不要交、交多少，请按地址找到房屋，以现在的登记为准。",
        onward: { href: "/owner-service", words: "按地址找房屋" },
      };
  }
}

async function findStanding(
  db: Db,
  code: string,
  now: Date,
): Promise<HouseStanding["kind"] | null> {
  const house = await findHouseByCode(db, code);
  if (house === null) return null;
  const standings = await listStandings(db, [house], shanghaiDate(now));
  return standings.get(house.houseId)?.kind ?? null;
}

/** Notices to top up have no number of their own; no business has numbers that begin like theirs. */
export const TOP_UP_NUMBERS = { kind: TOP_UP_SLIP.kind, numberPrefix: "82" };

/** A house gets notices from each of its keepers; one does not replace another's. */
export function topUpSubject(houseCode: string, issuer: string): string {
  return `${houseCode} ${issuer}`;
}

function houseOf(subject: string): string {
  return subject.slice(0, subject.indexOf(" "));
}
