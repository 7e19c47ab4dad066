import { HomeFrame } from "#src/accounts/owners/home-frame.tsx";
import { explainLine } from "#src/bank/explain-line.ts";
import { formatArea } from "#src/kernel/area.ts";
import { formatDayInSentence } from "#src/kernel/calendar-date.ts";
import { type Fen, formatYuan } from "#src/kernel/money.ts";
import { standingTag } from "#src/ledger/house-search/standing-tag.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { Amount } from "#src/ui/money/amount.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { FirstLinkCard } from "./link-pages.tsx";
import { HOUSES_ON_PAGE, type OwnedHouse } from "./owned-houses.ts";
import type { WaitingLink } from "./waiting-links.ts";

export interface HousesPageProps {
  shell: PageShell;
  name: string | null;
  maskedPhone: string;
  /** Those of this page. */
  houses: readonly OwnedHouse[];
  totalCount: number;
  /** What all of them hold together. */
  totalFen: Fen;
  page: number;
  /** How many houses have just been linked; null when nothing has. */
  justLinked: number | null;
  /** Houses that wait to be linked, with state and next step. */
  waiting: readonly WaitingLink[];
}

/** 我的房屋: every house that the account opens, with its balance and what can be done. */
export function HousesPage(props: HousesPageProps) {
  const { shell, name, maskedPhone, houses, totalCount, totalFen, page, justLinked } = props;
  const who = name === null ? `手机 ${maskedPhone}` : `${name}，手机 ${maskedPhone}`;
  return (
    <HomeFrame shell={shell} title="我的房屋" lead={who} current="/me">
      {justLinked !== null && <p role="status">已关联 {justLinked} 套房屋。</p>}
      {totalCount > 1 && (
        <p>
          共 {totalCount} 套房屋，余额合计 {formatYuan(totalFen)} 元。
        </p>
      )}
      {props.waiting.map((link) => (
        <WaitingCard key={link.number} link={link} />
      ))}
      {houses.length === 0 ? (
        <FirstLinkCard maskedPhone={maskedPhone} typed="" errors={{}} />
      ) : (
        houses.map((owned) => <HouseCard key={owned.house.code} owned={owned} />)
      )}
      <Pager
        page={page}
        pageSize={HOUSES_ON_PAGE}
        totalCount={totalCount}
        hrefOf={(n) => `/me?page=${n}`}
      />
    </HomeFrame>
  );
}

/** A house that papers were handed in for: nothing of it is shown before they are approved. */
function WaitingCard({ link }: { link: WaitingLink }) {
  const { number, address, state, next, promisedOn, correctionPath } = link;
  const by = promisedOn === null ? "" : `，最晚 ${formatDayInSentence(promisedOn)}办好`;
  return (
    <Card title={`关联 ${address}`} aside={<Tag tone={state.tone}>{state.label}</Tag>}>
      <p>
        {next.title}
        {by}。关联以后，余额和明细才显示在这里。
      </p>
      <Actions>
        {correctionPath !== null && (
          <ButtonLink href={correctionPath} kind="primary" label={`补正 ${address}`}>
            补正
          </ButtonLink>
        )}
        <ButtonLink href={`/applications/${number}`} label={`看办理进度 ${address}`}>
          看办理进度
        </ButtonLink>
      </Actions>
    </Card>
  );
}

function HouseCard({ owned }: { owned: OwnedHouse }) {
  const { house, totalFen, standing, lastLine } = owned;
  const { words, ...look } = standingTag(standing);
  return (
    <Card title={house.address} aside={<Tag {...look}>{words}</Tag>}>
      <p class="house-facts">
        <span>房屋编号 {house.code}</span>
        <span class="whole">{formatArea(house.areaHundredths)} ㎡</span>
        <span>
          {lastLine === null
            ? "还没有交过"
            : `最近一笔 ${lastLine.bookDate} ${explainLine(lastLine).summary}`}
        </span>
      </p>
      <p class="quiet">余额</p>
      <p>
        <Amount fen={totalFen} size="due" hasSign />
      </p>
      <HouseActs owned={owned} hasMore />
    </Card>
  );
}

/** Whether something is to be paid for a house, so that paying comes first. */
function owes({ kind }: HouseStanding): boolean {
  return kind === "unpaid" || kind === "part-paid" || kind === "below-trigger";
}

/** What an owner can do about his house; on the list in short, with the way to all that is told of it. */
export function HouseActs({ owned, hasMore }: { owned: OwnedHouse; hasMore?: boolean }) {
  const { code, address } = owned.house;
  const label = (words: string) => `${words} ${address}`;
  const refund = { href: `/refund/${code}`, label: label("退款") };
  const hasMoney = owned.lastLine !== null;
  return (
    <Actions>
      {owes(owned.standing) && (
        <ButtonLink href={`/deposit/${code}`} kind="primary" label={label("交款")}>
          交款
        </ButtonLink>
      )}
      <ButtonLink href={`/fund/${code}`} label={label("查看明细")}>
        查看明细
      </ButtonLink>
      {hasMore && (
        <a href={`/me/houses/${code}`} aria-label={label("看对账单和查看记录")}>
          看对账单和查看记录
        </a>
      )}
      {hasMoney &&
        (hasMore ? (
          <a href={refund.href} aria-label={refund.label}>
            退款
          </a>
        ) : (
          <ButtonLink {...refund}>退款</ButtonLink>
        ))}
    </Actions>
  );
}
