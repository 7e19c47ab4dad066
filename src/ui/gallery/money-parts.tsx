import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { Card } from "../box/card.tsx";
import { BalanceChart } from "../chart/balance-chart.tsx";
import { Tag } from "../drawing/tag.tsx";
import { Halves } from "../layout.tsx";
import { type Column, Table } from "../list/table.tsx";
import { Addition, BalanceSplit } from "../money/addition.tsx";
import { Amount } from "../money/amount.tsx";
import { AmountPanel } from "../money/amount-panel.tsx";

const ENTRIES = [
  { on: "2026-06-30", what: "结息", change: fen(3131n), balance: fen(1031827n) },
  { on: "2025-09-20", what: "外墙渗漏应急维修 分摊", change: fen(-32444n), balance: fen(1028696n) },
  { on: "2019-06-18", what: "首次交款", change: fen(1074240n), balance: fen(1074240n) },
];
const COLUMNS: Column<(typeof ENTRIES)[number]>[] = [
  { title: "日期", cell: (e) => e.on, isWhole: true },
  { title: "摘要", cell: (e) => e.what, place: "top", isRowHeader: true },
  {
    title: "增加／减少（元）",
    cell: (e) => <Amount fen={e.change} isChange />,
    isMoney: true,
    place: "top",
  },
  { title: "余额（元）", cell: (e) => <Amount fen={e.balance} />, isMoney: true, label: "余额" },
];

/** Amounts: a balance and its parts, how it came about, every line of it, what is due. */
export function MoneyParts() {
  const parts = [
    { label: "本金", fen: fen(980561n) },
    { label: "利息", fen: fen(51266n) },
  ];
  return (
    <>
      <BalanceSplit
        label="当前余额（截至 2026-11-23）"
        fen={fen(1031827n)}
        parts={parts}
        state={
          <Tag tone="ok" mark="tick">
            已交清，余额是首次交存的 96%
          </Tag>
        }
      />
      <Halves>
        <Card title="这些钱怎么来的">
          <Addition
            lines={[
              {
                sign: "",
                words: "首次交款",
                fen: fen(1074240n),
                from: "89.52 ㎡ × 120.00 元/㎡，2019-06-18",
              },
              { sign: "+", words: "7 次结息", fen: fen(51266n), from: "每年 6 月 30 日" },
              { sign: "−", words: "2 次维修分摊", fen: fen(93679n), from: "电梯、外墙" },
              { sign: "=", words: "当前余额", fen: fen(1031827n) },
            ]}
          />
        </Card>
        <Card title="余额变化">
          <BalanceChart id="gallery-balance" title="余额变化" {...CHART} />
        </Card>
      </Halves>
      <Card title="每一笔">
        <Table
          kind="ledger"
          caption="每一笔"
          hidesCaption
          columns={COLUMNS}
          rows={ENTRIES}
          rowKey={(e) => e.on}
        />
      </Card>
      <AmountPanel label="应交金额" fen={fen(1185120n)} capitals="人民币壹万壹仟捌佰伍拾壹元贰角整">
        <p>98.76 ㎡ × 120.00 元/㎡ − 已交 0.00</p>
      </AmountPanel>
    </>
  );
}

const POINTS: readonly [string, bigint][] = [
  ["2019-06-18", 1074240n],
  ["2020-06-30", 1083908n],
  ["2021-06-30", 1093663n],
  ["2022-06-30", 1103506n],
  ["2023-03-15", 1042271n],
  ["2023-06-30", 1050088n],
  ["2024-06-30", 1057439n],
  ["2025-06-30", 1061140n],
  ["2025-09-20", 1028696n],
  ["2026-06-30", 1031827n],
];
const CHART = {
  points: POINTS.map(([on, balance]) => ({ date: calendarDate(on), balanceFen: fen(balance) })),
  asOf: calendarDate("2026-11-23"),
  firstDepositFen: fen(1074240n),
  topUpLineFen: fen(322272n),
  uses: [
    { date: calendarDate("2023-03-15"), amountFen: fen(-61235n), word: "电梯" },
    { date: calendarDate("2025-09-20"), amountFen: fen(-32444n), word: "外墙" },
  ],
};
