import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { changeOf, type LaterChange } from "#src/ledger/locked-years/compare-years.ts";
import { fenOf, YEAR_AMOUNTS } from "#src/ledger/locked-years/content.ts";
import type { LockedYear, LockedYearHead } from "#src/ledger/locked-years/read-locked-years.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { type Column, Table } from "#src/ui/list/table.tsx";
import { Addition } from "#src/ui/money/addition.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { changeText, FIGURE_WORDS, signedYuan } from "./locked-words.ts";
import { DISCLOSURE_CRUMB } from "./parts.tsx";
import { DistrictRows, EstateRows, type Figure, rateOf } from "./year-rows.tsx";
import { LockedUses } from "./year-uses.tsx";

export interface YearPageProps {
  shell: PageShell;
  locked: LockedYear;
  /** Every version of the year, the newest first. */
  versions: readonly LockedYearHead[];
  /** The other year of a comparison; null for none. */
  other: LockedYear | null;
  /** Years that it may be compared with. */
  years: readonly number[];
  /** Where the books say something else by now; null where they cannot be read at this moment. */
  laterChanges: readonly LaterChange[] | null;
  /** Whether the books tell this year's months. */
  hasMonths: boolean;
  page: number;
}

const YEARS_CRUMB = { title: "历年锁定", href: "/disclosure/years" };

/** A locked year: its figures, its hash, its files, how it differs from another and from the books of today. */
export function YearPage(props: YearPageProps) {
  const { shell, locked, other } = props;
  const { year, version, content } = locked;
  const title = other === null ? `${year} 年维修资金公示` : `${year} 年和 ${other.year} 年比较`;
  return (
    <Page
      shell={shell}
      title={title}
      description={`${year} 年全市、各区、各小区维修资金的交存、利息、使用、退款和年末余额，截至 ${content.endsOn}，已锁定，第 ${version} 版。`}
      crumbs={[DISCLOSURE_CRUMB, YEARS_CRUMB, { title: `${year} 年` }]}
    >
      <PageHead title={title}>
        截至 {content.endsOn} · 第 {version} 版 · {content.city.estateCount} 个小区
      </PageHead>
      <LaterNotice {...props} />
      {other === null ? <YearSum {...props} /> : <CityChanges locked={locked} other={other} />}
      <LockFacts {...props} />
      <CompareLinks {...props} />
      <DistrictRows locked={locked} other={other} />
      <EstateRows {...props} />
      {other === null && <LockedUses uses={content.uses} />}
    </Page>
  );
}

function YearSum({ locked: { year, content }, hasMonths }: YearPageProps) {
  const { city } = content;
  const other = fenOf(city.other);
  return (
    <Card title="全市" id="city">
      <Addition
        lines={[
          { sign: "", words: "年初余额", fen: fenOf(city.opening) },
          { sign: "+", words: "交存", fen: fenOf(city.deposited) },
          { sign: "+", words: "利息", fen: fenOf(city.interest) },
          { sign: "−", words: "使用", fen: fenOf(city.used) },
          { sign: "−", words: "退款", fen: fenOf(city.refunded) },
          ...(other === 0n ? [] : [{ sign: "+", words: "其他", fen: other } as const]),
          { sign: "=", words: "年末余额", fen: fenOf(city.closing) },
        ]}
      />
      <p class="small">充足率 {rateOf(city)}（年末余额 ÷ 到年末的首次交存）。</p>
      {hasMonths && (
        <p class="small">
          逐月的数没有锁定，按现在的账看：
          <a href={`/disclosure?year=${year}#months`}>{year} 年每月收支</a>
        </p>
      )}
    </Card>
  );
}

/** The city's figures of two years, with the difference in yuan and in per cent. */
function CityChanges({ locked, other }: { locked: LockedYear; other: LockedYear }) {
  const change = (figure: Figure) =>
    changeOf(fenOf(other.content.city[figure]), fenOf(locked.content.city[figure]));
  const columns: Column<Figure>[] = [
    { title: "项目", isRowHeader: true, cell: (figure) => FIGURE_WORDS[figure] },
    {
      title: `${other.year} 年（元）`,
      isMoney: true,
      cell: (figure) => formatYuan(change(figure).beforeFen),
    },
    {
      title: `${locked.year} 年（元）`,
      isMoney: true,
      place: "top",
      cell: (figure) => formatYuan(change(figure).afterFen),
    },
    {
      title: "增减（元）",
      isMoney: true,
      cell: (figure) => signedYuan(change(figure).changeFen),
    },
    {
      title: "增减（%）",
      isMoney: true,
      cell: (figure) => changeText(change(figure).changeTenths),
    },
  ];
  return (
    <Card title="全市：两年比较" id="city">
      <Table
        kind="sheet"
        caption={`全市 ${other.year} 年和 ${locked.year} 年`}
        hidesCaption
        columns={columns}
        rows={YEAR_AMOUNTS}
        rowKey={(figure) => figure}
      />
      <p class="small">
        充足率：{other.year} 年 {rateOf(other.content.city)}，{locked.year} 年{" "}
        {rateOf(locked.content.city)}。
      </p>
    </Card>
  );
}

/** How the books of today differ from what was locked, or that they do not. */
function LaterNotice({ locked, laterChanges }: YearPageProps) {
  if (laterChanges === null || laterChanges.length === 0) {
    return (
      <p class="quiet" role="status">
        {laterChanges === null
          ? "现在的账还在整理，暂时不能和锁定的数字比较。"
          : "锁定以后，这一年的账没有变动：现在的账和锁定的数字一致。"}
      </p>
    );
  }
  return (
    <Notice title="锁定以后，这一年的账有变动" tone="wait">
      <p>
        锁定的数字不改。现在的账和第 {locked.version}{" "}
        版有下面这些不同，例如后来补记、更正或补登记的：
      </p>
      <ul class="plain-list">
        {laterChanges.slice(0, CHANGES_SHOWN).map((change) => (
          <li key={change.name + change.figure}>
            {change.name || "全市"}：{FIGURE_WORDS[change.figure]} 锁定{" "}
            {formatYuan(change.lockedFen)} 元，现在 {formatYuan(change.nowFen)} 元
          </li>
        ))}
      </ul>
      {laterChanges.length > CHANGES_SHOWN && <p>一共 {laterChanges.length} 处不同。</p>}
    </Notice>
  );
}

const CHANGES_SHOWN = 12;

function LockFacts({ locked, versions }: YearPageProps) {
  const { year, version, hash, lockedAt, preparedAt } = locked;
  const path = `/disclosure/years/${year}`;
  const older = versions.filter((one) => one.version !== version);
  return (
    <Card title="锁定和下载" id="lock">
      <Facts
        facts={[
          { label: "整理", value: `财务员，${formatShanghaiTime(preparedAt)}` },
          { label: "锁定", value: `审批员，${formatShanghaiTime(lockedAt)}，第 ${version} 版` },
          { label: "SHA-256", value: <code class="hash">{hash}</code> },
          ...(older.length === 0
            ? []
            : [
                {
                  label: "其他版本",
                  value: older.map((one) => (
                    <a key={one.version} href={`${path}?version=${one.version}`}>
                      第 {one.version} 版{" "}
                    </a>
                  )),
                },
              ]),
        ]}
      />
      <p class="small">
        SHA-256 是锁定的 JSON 文件的校验码：下载以后自己算一遍，一样就说明没有人改过。
      </p>
      <Actions>
        <ButtonLink href={`${path}/locked.json?version=${version}`}>下载锁定的 JSON</ButtonLink>
        <ButtonLink href={`${path}/estates.csv?version=${version}`}>下载表格（CSV）</ButtonLink>
      </Actions>
    </Card>
  );
}

function CompareLinks({ locked, other, years }: YearPageProps) {
  const others = years.filter((year) => year !== locked.year && year !== other?.year);
  if (others.length === 0 && other === null) return null;
  return (
    <nav aria-label="和别的年份比较">
      <ul class="link-tabs">
        {other !== null && (
          <li>
            <a href={`/disclosure/years/${locked.year}`}>只看 {locked.year} 年</a>
          </li>
        )}
        {others.map((year) => (
          <li key={year}>
            <a href={`/disclosure/years/${locked.year}?with=${year}`}>和 {year} 年比较</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
