import { offerDeposit } from "#src/bank/deposit-offer.ts";
import { explainLine } from "#src/bank/explain-line.ts";
import { formatArea } from "#src/kernel/area.ts";
import { addFen, type Fen, formatYuan, negateFen, percentFloor } from "#src/kernel/money.ts";
import { standingTag } from "#src/ledger/house-search/standing-tag.ts";
import type { HouseLine } from "#src/ledger/list-house-entries.ts";
import { AREA_KIND_WORDS, HOUSE_USE_WORDS } from "#src/register/house-words.ts";
import { standardText } from "#src/register/standards/standard-text.ts";
import { Card } from "#src/ui/box/card.tsx";
import { EmptyState, Notice } from "#src/ui/box/notice.tsx";
import { BalanceChart } from "#src/ui/chart/balance-chart.tsx";
import { ChartGroup } from "#src/ui/chart/chart-group.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, ButtonLink, PrintButton } from "#src/ui/form/button.tsx";
import { Halves, Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Table } from "#src/ui/list/table.tsx";
import { Addition, BalanceSplit } from "#src/ui/money/addition.tsx";
import { Amount } from "#src/ui/money/amount.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { HouseFund } from "./queries.ts";

export interface FundPageProps {
  shell: PageShell;
  fund: HouseFund;
}

/** Where every page about one house stands, the gate before it as well. */
export const CRUMBS = [{ title: "维修资金查询", href: "/fund" }, { title: "维修资金明细" }];

/** 查看明细: what one house has, where it came from, how it changed, every line. Nothing personal. */
export function FundPage({ shell, fund }: FundPageProps) {
  const { house, lines } = fund;
  return (
    <Page shell={shell} title={`${house.address} 维修资金明细`} crumbs={CRUMBS} isPrivate>
      <PageHead title={house.address}>
        房屋编号 {house.code}　建筑面积 {formatArea(house.areaHundredths)} ㎡（
        {AREA_KIND_WORDS[house.areaKind]}）
      </PageHead>
      {house.mergedIntoCode !== null && <MergedInto code={house.mergedIntoCode} />}
      {house.status === "provisional" && <NotVerifiedYet />}
      <Balance fund={fund} />
      {lines.length === 0 ? (
        <>
          <Standard fund={fund} />
          <EmptyState title="这套房屋还没有交过维修资金">
            <p>交款以后，每一笔钱的来去都会列在这里。</p>
          </EmptyState>
        </>
      ) : (
        <>
          <Halves>
            <Origin fund={fund} />
            <ChartGroup mode={shell.mode}>
              <Changes fund={fund} />
            </ChartGroup>
          </Halves>
          <Standard fund={fund} />
          <Lines fund={fund} />
        </>
      )}
      <Acts fund={fund} />
    </Page>
  );
}

/** The code on an old slip leads to where the money is now. */
function MergedInto({ code }: { code: string }) {
  return (
    <Notice title="这套房屋已并入另一套房屋" icon="home">
      <p>钱和它的来历都记在房屋编号 {code} 名下。下面是并入以前的记录。</p>
      <Actions>
        <ButtonLink href={`/fund/${code}`} kind="primary">
          看 {code} 的明细
        </ButtonLink>
      </Actions>
    </Notice>
  );
}

function NotVerifiedYet() {
  return (
    <Notice title="这套房屋的登记资料待核验" tone="wait" icon="clock">
      <p>房屋由业主自己申报，维修资金管理中心核验以后正式入册。办到哪一步，请凭业务单编号查询。</p>
    </Notice>
  );
}

/** What this house can pay in now; null where it is asked for nothing or cannot pay yet. */
function askedNow({ house, standing }: HouseFund): Fen | null {
  if (house.mergedIntoCode !== null) return null;
  const offer = offerDeposit(standing, house.status);
  return offer.ok ? offer.amountFen : null;
}

function Balance({ fund }: { fund: HouseFund }) {
  const { house, balance, totalFen, standing, asOf } = fund;
  const owedFen = askedNow(fund);
  const { words, ...look } = standingTag(standing);
  return (
    <BalanceSplit
      label={`当前余额（截至 ${asOf}）`}
      fen={totalFen}
      state={
        <>
          <p>
            <Tag {...look}>{words}</Tag>
          </p>
          {owedFen !== null && (
            <Actions>
              <ButtonLink href={`/deposit/${house.code}`} kind="primary" isLarge>
                {standing.kind === "below-trigger" ? "续交" : "交款"} {formatYuan(owedFen)} 元
              </ButtonLink>
            </Actions>
          )}
        </>
      }
      parts={[
        { label: "首次交存", fen: balance.firstPaidFen },
        { label: "本金", fen: balance.principalFen },
        { label: "利息", fen: balance.interestFen },
        { label: "冻结", fen: balance.reservedFen },
      ]}
    />
  );
}

function Origin({ fund }: { fund: HouseFund }) {
  const { sums, totalFen, lines } = fund;
  const count = (kind: HouseLine["kind"]) => lines.filter((line) => line.kind === kind).length;
  const earned = {
    sign: "+",
    words: `${count("interest")} 次结息`,
    fen: sums.interestFen,
  } as const;
  const used = {
    sign: "−",
    words: `${count("use")} 次维修分摊`,
    fen: negateFen(sums.usedFen),
  } as const;
  const refunded = {
    sign: "−",
    words: `${count("refund")} 次退款`,
    fen: negateFen(sums.refundedFen),
  } as const;
  return (
    <Card title="这些钱怎么来的">
      <Addition
        lines={[
          { sign: "", words: "交款", fen: sums.depositFen, from: depositOrigin(fund) },
          ...(count("interest") > 0 ? [earned] : []),
          ...(count("use") > 0 ? [used] : []),
          ...(count("refund") > 0 ? [refunded] : []),
          { sign: "=", words: "当前余额", fen: totalFen },
        ]}
      />
    </Card>
  );
}

function depositOrigin({ house }: HouseFund): string {
  const { standard, dueFen } = house;
  if (standard === null || dueFen === null || standard.basis === "PRICE") return "";
  return `应交 ${formatArea(house.areaHundredths)} ㎡ × ${standardText(standard)} = ${formatYuan(dueFen)} 元`;
}

function Changes({ fund }: { fund: HouseFund }) {
  const { lines, balance, settings, asOf } = fund;
  return (
    <Card title="余额变化">
      <BalanceChart
        id="balance-chart"
        title="余额变化"
        points={[...lines]
          .reverse()
          .map((line) => ({ date: line.bookDate, balanceFen: line.balanceFen }))}
        uses={lines
          .filter((line) => line.kind === "use")
          .map((line) => ({
            date: line.bookDate,
            amountFen: negateFen(addFen(line.principalFen, line.interestFen)),
            word: "维修",
          }))}
        firstDepositFen={balance.firstPaidFen}
        topUpLineFen={percentFloor(balance.firstPaidFen, settings["top-up-trigger-percent"])}
        asOf={asOf}
      />
    </Card>
  );
}

function Standard({ fund }: { fund: HouseFund }) {
  const { standard, dueFen, houseUse } = fund.house;
  return (
    <Card title="交存标准">
      <Facts
        columns={2}
        facts={[
          { label: "房屋用途", value: HOUSE_USE_WORDS[houseUse] },
          {
            label: "标准",
            value: standard === null ? "未核定" : `${standardText(standard)}（${standard.name}）`,
          },
          { label: "应交", value: dueFen === null ? "未核定" : `${formatYuan(dueFen)} 元` },
          {
            label: "依据",
            value:
              standard === null
                ? "未核定"
                : `${standard.legalBasis}，${standard.effectiveFrom} 起执行`,
          },
        ]}
      />
    </Card>
  );
}

function Lines({ fund }: { fund: HouseFund }) {
  return (
    <Card title="每一笔" aside={<a href={`/fund/${fund.house.code}/lines.csv`}>导出明细</a>}>
      <Table
        caption={`${fund.house.address} 的每一笔，金额单位元`}
        hidesCaption
        kind="ledger"
        rows={fund.lines}
        rowKey={(line) => line.journalId.toString()}
        columns={[
          { title: "日期", isWhole: true, cell: (line) => line.bookDate },
          { title: "摘要", isRowHeader: true, place: "top", cell: summaryOf },
          {
            title: "增加／减少（元）",
            isMoney: true,
            place: "top",
            cell: (line) => <Amount fen={addFen(line.principalFen, line.interestFen)} isChange />,
          },
          {
            title: "余额（元）",
            isMoney: true,
            label: "余额",
            cell: (line) => <Amount fen={line.balanceFen} />,
          },
        ]}
      />
      <p class="quiet">
        共 {fund.lines.length} 笔。对某一笔有疑问？请打 <a href="tel:12345">12345</a>
        ，报房屋编号和日期申请核对。
      </p>
    </Card>
  );
}

function summaryOf(line: HouseLine) {
  const { summary, explanation, link } = explainLine(line);
  return (
    <>
      {summary}
      {explanation && <span class="quiet line-note">{explanation}</span>}
      {link && (
        <span class="quiet line-note">
          <a href={link.href}>{link.words}</a>
        </span>
      )}
    </>
  );
}

function Acts({ fund }: { fund: HouseFund }) {
  if (fund.house.mergedIntoCode !== null) return null;
  return (
    <Actions>
      {askedNow(fund) === null && fund.house.status !== "provisional" && (
        <ButtonLink href={`/deposit/${fund.house.code}`}>交款</ButtonLink>
      )}
      <ButtonLink href={`/refund/${fund.house.code}`}>退款</ButtonLink>
      <PrintButton>打印明细</PrintButton>
    </Actions>
  );
}
