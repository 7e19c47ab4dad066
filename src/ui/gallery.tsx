import { makeApplicationNumber } from "#src/kernel/application-number.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { Card } from "./box/card.tsx";
import { Confirmation } from "./box/confirmation.tsx";
import { Disclosure } from "./box/disclosure.tsx";
import { Explanation, UnderstoodAddress } from "./box/explanation.tsx";
import { FoldCard } from "./box/fold-card.tsx";
import { NextStep } from "./box/next-step.tsx";
import { EmptyState, Notice, WayOut } from "./box/notice.tsx";
import { BalanceChart } from "./chart/balance-chart.tsx";
import { ICON_NAMES, Icon } from "./drawing/icon.tsx";
import { Tag } from "./drawing/tag.tsx";
import { Actions, Button, ButtonLink, CopyButton, PrintButton } from "./form/button.tsx";
import { CaptchaField } from "./form/captcha-field.tsx";
import { CheckField, Choices, TickList } from "./form/choices.tsx";
import { DateField } from "./form/date-field.tsx";
import { ErrorSummary } from "./form/error-summary.tsx";
import { FileField, type ListedFile } from "./form/file-field.tsx";
import { Form } from "./form/form.tsx";
import { RichTextField } from "./form/rich-text-field.tsx";
import { SearchBar } from "./form/search-bar.tsx";
import { SearchBox } from "./form/search-box.tsx";
import { SelectField } from "./form/select-field.tsx";
import { TextArea, TextField } from "./form/text-field.tsx";
import { ChartParts } from "./gallery-charts.tsx";
import { SmallParts } from "./gallery-words.tsx";
import { WorkbenchParts } from "./gallery-workbench.tsx";
import { Columns, Halves, Page, PageHead } from "./layout.tsx";
import { BuildingChart, ChartLegend, HouseGroup } from "./list/building-chart.tsx";
import { Facts } from "./list/facts.tsx";
import { HouseResult } from "./list/house-result.tsx";
import { FileLine, Lines, NewsLine } from "./list/lines.tsx";
import { LinkTabs } from "./list/link-tabs.tsx";
import { Pager } from "./list/pager.tsx";
import { RowLink } from "./list/row-link.tsx";
import { SessionList } from "./list/session-list.tsx";
import { type Column, Table } from "./list/table.tsx";
import { Addition, BalanceSplit } from "./money/addition.tsx";
import { Amount } from "./money/amount.tsx";
import { AmountPanel } from "./money/amount-panel.tsx";
import { Figures } from "./money/figures.tsx";
import type { PageShell } from "./page-shell.ts";
import { ApplicationNumber } from "./progress/application-number.tsx";
import { LockCountdown } from "./progress/lock-countdown.tsx";
import { ProgressBar } from "./progress/progress-bar.tsx";
import { ResendCountdown } from "./progress/resend-countdown.tsx";
import { Steps } from "./progress/steps.tsx";
import { Timeline } from "./progress/timeline.tsx";

const TOKENS =
  "paper surface sunken line line-strong ink ink-2 ink-3 brand brand-strong on-brand brand-soft brand-line quick deep on-deep seal gold ok ok-soft ok-line wait wait-soft wait-line bad bad-soft bad-line mute-soft focus halo";
const NUMBER = makeApplicationNumber("11", calendarDate("2026-11-23"), "048271953");

/** Every component in each of its states on one page, for those who build with them. */
export function GalleryPage({ shell }: { shell: PageShell }) {
  return (
    <Page shell={shell} title="组件与状态" crumbs={[{ title: "组件与状态" }]} isPrivate>
      <PageHead title="组件与状态" />
      <Colours />
      <Halves>
        <Buttons />
        <Tags />
      </Halves>
      <Fields />
      <Files />
      <Boxes />
      <Progress />
      <Lists />
      <WorkbenchParts />
      <Money />
      <EstateParts />
      <ChartParts />
      <SmallParts />
    </Page>
  );
}

function Colours() {
  return (
    <Card title="颜色">
      <ul class="swatches">
        {TOKENS.split(" ").map((token) => (
          <li key={token}>
            <svg viewBox="0 0 96 40" aria-hidden="true" focusable="false">
              <rect width="96" height="40" fill={`var(--${token})`} stroke="var(--line-strong)" />
            </svg>
            <span class="small">{token}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Buttons() {
  return (
    <Card title="按钮">
      <div class="stack">
        <Actions>
          <Button type="button" kind="primary">
            提交
          </Button>
          <Button type="button">查看明细</Button>
          <Button type="button" kind="danger">
            撤销申请
          </Button>
          <Button type="button" kind="text">
            返回
          </Button>
          <Button type="button" isDisabled>
            不可用
          </Button>
        </Actions>
        <Actions>
          <Button type="button" kind="primary" isLarge hotkey="F9">
            确认到账
          </Button>
          <ButtonLink href="#main" icon="print" isLarge>
            打印交款通知单
          </ButtonLink>
          <CopyButton text={NUMBER}>复制编号</CopyButton>
          <PrintButton />
        </Actions>
        <p>
          <a href="#main">句子里的链接</a>
        </p>
      </div>
    </Card>
  );
}

function Tags() {
  return (
    <Card title="标签与图标">
      <div class="stack">
        <Actions>
          <Tag tone="ok" mark="full">
            已交清
          </Tag>
          <Tag tone="wait" mark="half">
            还差 860.00 元
          </Tag>
          <Tag tone="bad" mark="ring">
            未交
          </Tag>
          <Tag mark="dash">无需交</Tag>
          <Tag tone="brand" mark="tick">
            与您输入的一致
          </Tag>
          <Tag tone="bad" mark="square">
            超期 1 天
          </Tag>
          <Tag tone="wait" mark="triangle">
            今天到期
          </Tag>
          <Tag tone="wait" icon="clock">
            待交款
          </Tag>
        </Actions>
        <Actions>
          {ICON_NAMES.map((name) => (
            <Icon key={name} name={name} />
          ))}
        </Actions>
      </div>
    </Card>
  );
}

function Fields() {
  return (
    <Halves>
      <Card title="输入">
        <Form action="/_ui" method="get" label="输入">
          <TextField
            name="plain"
            label="手机号码"
            hint="有问题时联系您。"
            type="tel"
            width="short"
          />
          <TextField name="suffix" label="金额" suffix="元" inputMode="decimal" width="short" />
          <TextField
            name="read"
            label="只读"
            value="示例花园 12幢3单元502"
            isReadOnly
            width="medium"
          />
          <DateField name="date" label="到账日期" value="2026-11-23" />
          <SelectField name="select" label="证件类型" options={BANKS} prompt="请选择" />
          <TextArea name="area" label="备注" isOptional />
          <RichTextField name="rich" label="正文" value="" />
          <CheckField name="check" label="我已阅读" isChecked />
          <TickList
            name="house"
            legend="12幢3单元，3 套"
            options={["502", "504", "506"].map((value) => ({
              value,
              label: value,
              hint: "11,851.20 元",
            }))}
            ticked={new Set(["504"])}
          />
        </Form>
      </Card>
      <Card title="选择与出错">
        <Form action="/_ui" method="get" label="选择与出错">
          <Choices name="kind" label="交款类别" options={KINDS} value="01" />
          <Choices name="bank" label="交款银行" options={BANKS} error="请选择一家银行" />
          <TextField
            name="id"
            label="证件号码"
            value="1101051949"
            error="证件号码少 8 位，应是 18 位"
          />
          <DateField
            name="day"
            label="到账日期"
            value="2026-02-30"
            error="没有 2 月 30 日，请改成日历上有的一天"
          />
          <TextField name="secret" label="密码" type="password" width="medium" />
        </Form>
        <Form action="/_ui" method="get" label="验证码">
          <CaptchaField
            captcha={{ id: "over", more: { secondId: "over", work: "" } }}
            errors={{ captcha: "得数不对。图片已经换了一张，请再算一次" }}
          />
        </Form>
        <ErrorSummary errors={{ id: "证件号码少 8 位，应是 18 位", bank: "请选择一家银行" }} />
      </Card>
    </Halves>
  );
}

function Files() {
  const accept = ".pdf,.jpg,.png";
  return (
    <Card title="文件">
      <Form action="/_ui" method="get" label="文件">
        <FileField
          name="empty"
          label="身份证"
          hint="最多 2 个文件"
          files={[]}
          max={2}
          accept={accept}
        />
        <FileField
          name="some"
          label="购房合同"
          note="“合同 第二页.jpg”：已经上传过了，只保留一份"
          files={FILES}
          max={5}
          accept={accept}
        />
        <FileField
          name="wrong"
          label="原票据"
          error="“票据.pdf”：PDF 加了密码或限制，我们打不开。请去掉密码，或打印成新的 PDF 后上传"
          isOptional
          files={[]}
          max={1}
          accept={accept}
        />
      </Form>
    </Card>
  );
}

const FILES: readonly ListedFile[] = [
  {
    id: "a",
    name: "商品房买卖合同（示例花园 12幢3单元502）.pdf",
    href: "/_ui",
    about: "3.2 MB · 18 页",
    removal: { name: "remove", value: "a" },
  },
  {
    id: "b",
    name: "合同 第二页.jpg",
    href: "/_ui",
    about: "820 KB · 正在做安全检查",
    removal: null,
    takingOut: { name: "take-out-b", isTicked: true },
  },
];
const KINDS = [
  { value: "01", label: "首次交款" },
  { value: "02", label: "续交", hint: "余额低于 30%" },
];
const BANKS = [
  { value: "a", label: "示例银行" },
  { value: "b", label: "示范商业银行" },
  { value: "c", label: "样板农商银行" },
];

function Boxes() {
  return (
    <>
      <UnderstoodAddress parts={["示例花园", "12幢", "3单元", "502"]}>
        不对？请换个写法再搜一次。
      </UnderstoodAddress>
      <Halves>
        <Confirmation title="提交成功">
          <p>请打印交款通知单，12月8日前（含当天）到示例银行任一网点交款。</p>
        </Confirmation>
        <Notice title="这张通知单 12月8日 过期了" tone="bad">
          <p>没有扣您的钱。可以重新提交。</p>
        </Notice>
      </Halves>
      <Halves>
        <NextStep turn="yours" title="到银行交款">
          <p>带上交款通知单和身份证。</p>
        </NextStep>
        <NextStep turn="ours" title="审核">
          <p>我们最晚 11月25日办好。</p>
        </NextStep>
      </Halves>
      <Halves>
        <EmptyState title="没有要办的业务">
          <p>新的业务到了会出现在这里。</p>
        </EmptyState>
      </Halves>
      <Notice title="今天暂停交款" tone="wait">
        <p>年终结息，明天恢复。</p>
      </Notice>
      <WayOut title="没有您的房屋？" text="可能还没有备案。">
        <ButtonLink href="#main" kind="primary">
          未备案房屋交款
        </ButtonLink>
      </WayOut>
      <Explanation>
        <Disclosure summary="怎么算的？" isOpen>
          <p>98.76 ㎡ × 120.00 元/㎡ = 11,851.20 元</p>
        </Disclosure>
      </Explanation>
      <Halves>
        <FoldCard title="核对房屋" summary="示例花园 12幢 3单元 502 · 98.76 ㎡">
          <Facts facts={[{ label: "房屋编号", value: "SL0126-12-3-0502" }]} />
        </FoldCard>
        <FoldCard title="看余额" summary="示例花园 12幢 3单元 503 · 98.76 ㎡" isAlwaysFolded>
          <Facts facts={[{ label: "房屋编号", value: "SL0126-12-3-0503" }]} />
        </FoldCard>
      </Halves>
    </>
  );
}

function Progress() {
  return (
    <>
      <Steps steps={["找到房屋", "填写交款信息", "提交并打印", "到银行交款"]} current={2} />
      <Columns
        side={
          <Card title="办理进度" aside={<Tag tone="wait">待交款</Tag>}>
            <Timeline
              steps={[
                { state: "done", what: "提交交款信息", when: "2026-11-23 10:42" },
                { state: "now", what: "到银行交款", when: "还有 15 天" },
                { state: "later", what: "银行确认到账", when: "交款后当天" },
              ]}
            />
          </Card>
        }
      >
        <Card title="业务单编号">
          <ApplicationNumber number={NUMBER} />
          <p>
            <Tag tone="brand" icon="shield">
              已锁定给本柜面，
              <LockCountdown
                until={new Date(Date.UTC(2026, 10, 23, 2, 52))}
                now={new Date(Date.UTC(2026, 10, 23, 2, 42))}
              >
                到 10:52 为止
              </LockCountdown>
            </Tag>
          </p>
          <ResendCountdown from={new Date(60_000)} now={new Date(0)} href="#main">
            重新获取
          </ResendCountdown>
          <ProgressBar label="正在导入" thousandths={640} note="已处理 640 行，有问题 2 行" />
          <p class="quiet">可以离开本页，导入会继续。</p>
        </Card>
      </Columns>
    </>
  );
}

function Lists() {
  const house = { houseCode: "SL0126-12-3-0502", area: "98.76" };
  const hrefs = { depositHref: "#main", refundHref: "#main", detailHref: "#main" };
  return (
    <>
      <div class="quick-area">
        <SearchBox
          id="g1"
          title="业主自主办理区"
          icon="home"
          why="主卡片"
          look="main"
          action="/_ui"
          name="q"
          label="房屋地址"
          placeholder="房屋地址"
        />
        <SearchBox
          id="g2"
          title="维修资金查询"
          icon="coin"
          why="卡片"
          action="/_ui"
          name="q"
          label="房屋地址"
          placeholder="房屋地址"
        />
        <SearchBox
          id="g3"
          title="进入我的小区"
          icon="estate"
          why="卡片"
          action="/_ui"
          name="q"
          label="物业区域名称"
          placeholder="物业区域名称"
        />
        <SearchBox
          id="g4"
          title="业务受理状态查询"
          icon="track"
          why="横卡片"
          look="across"
          action="/_ui"
          name="number"
          label="业务单编号"
          placeholder="18 位"
        />
      </div>
      <SearchBar
        id="g5"
        action="/_ui"
        name="q"
        label="房屋地址"
        value="示例花园十二栋3-502"
        hasWord
      />
      <HouseResult
        {...house}
        {...hrefs}
        address="示例花园 12幢3单元502"
        isExact
        state={{ tone: "bad", mark: "ring", words: "未交，应交 11,851.20 元" }}
      />
      <HouseResult
        {...house}
        {...hrefs}
        address="示例花园 12幢3单元505"
        note="同幢"
        state={{ tone: "wait", mark: "half", words: "低于 30%" }}
      />
      <RowLink href="#main" icon="estate" title="示例花园" text="示范区民生路 8 号" />
      <Halves>
        <Card title="列表">
          <Lines>
            <NewsLine
              href="#main"
              category="政策"
              title="首期交存标准公布"
              publishedOn={calendarDate("2026-11-22")}
            />
            <FileLine href="#main" title="用户手册" fileName="manual.pdf" sizeBytes={1258291} />
          </Lines>
        </Card>
        <Card title="事实">
          <Facts
            facts={[
              { label: "坐落", value: "示例花园 12幢3单元502" },
              { label: "交款人", value: "张**" },
            ]}
          />
        </Card>
      </Halves>
      <Pager page={2} pageSize={20} totalCount={158} hrefOf={(page) => `?page=${page}`} />
      <SessionList sessions={SESSIONS} endAction="/_ui" endOthersAction="/_ui" />
    </>
  );
}

const SESSIONS = [
  { id: 1, browserWords: "Chrome · Windows", isThis: true },
  { id: 2, browserWords: "WeChat · HarmonyOS", isThis: false },
].map((session) => ({ ...session, startedAt: new Date(0), lastSeenAt: new Date(3_600_000) }));

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

function Money() {
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

/** What only the pages of an estate use: figures, tabs, 楼盘表 with and without states, bars. */
function EstateParts() {
  return (
    <>
      <Figures
        figures={[
          { label: "余额", value: "918.64 万元", note: "9,186,400.00 元" },
          { label: "充足率", value: "91.0%", shareTenths: 910n, note: "余额 ÷ 首次交存" },
        ]}
      />
      <Halves>
        <Card title="楼盘表">
          <div class="chart-part">
            <LinkTabs
              label="选幢"
              tabs={["1幢", "2幢"].map((title, at) => ({
                href: `#${at}`,
                title,
                isCurrent: at === 0,
              }))}
            />
            <ChartLegend items={CELL_STATES.map((state) => ({ ...state, words: state.word }))} />
            <BuildingChart
              building="1幢"
              units={[{ label: "1单元", doorCount: 2 }]}
              floors={[
                { label: "2", cells: CELL_STATES.slice(0, 2).map(galleryCell) },
                { label: "1", cells: [...CELL_STATES.slice(2, 3).map(galleryCell), null] },
              ]}
            />
            <HouseGroup title="车位" cells={CELL_STATES.slice(3).map(galleryCell)} />
          </div>
        </Card>
        <Card title="不公布每户的楼盘表">
          <BuildingChart
            building="2幢"
            units={[{ label: "", doorCount: 1 }]}
            floors={[{ label: "1", cells: [{ text: "101", name: "101室" }] }]}
          />
        </Card>
      </Halves>
    </>
  );
}

const CELL_STATES = [
  { mark: "full", tone: "ok", word: "已交" },
  { mark: "half", tone: "wait", word: "不足30%" },
  { mark: "quarter", tone: "wait", word: "未交清" },
  { mark: "ring", tone: "bad", word: "未交" },
  { mark: "dash", tone: "mute", word: "无需交" },
] as const;

function galleryCell({ word, ...look }: (typeof CELL_STATES)[number], at: number) {
  return { text: `20${at + 1}`, name: `20${at + 1} ${word}`, look, href: "#chart" };
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
