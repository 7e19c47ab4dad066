import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { BuildingChart } from "./building-chart.tsx";
import { Facts } from "./facts.tsx";
import { HouseResult } from "./house-result.tsx";
import { keepWhole } from "./keep-whole.tsx";
import { FileLine, fileKind, fileSize, NewsLine } from "./lines.tsx";
import { Pager } from "./pager.tsx";
import { Table } from "./table.tsx";

const HOSTILE = `<script>alert(1)</script>`;

test("a table has a caption, scopes, and roles that survive its folding", () => {
  const html = render(
    <Table
      kind="ledger"
      caption="每一笔"
      columns={[
        { title: "日期", cell: (row: { on: string; what: string }) => row.on, isWhole: true },
        { title: "摘要", cell: (row) => row.what, isRowHeader: true, place: "top" },
        { title: "余额（元）", cell: () => "1.00", isMoney: true, label: "余额" },
      ]}
      rows={[{ on: "2026-06-30", what: HOSTILE }]}
      rowKey={(row) => row.on}
      total={[null, "合计", "1.00"]}
    />,
  );
  expect(html).toContain("<caption>每一笔</caption>");
  expect(html.match(/scope="col"/g)).toHaveLength(3);
  expect(html).toContain('scope="row"');
  expect(html).toContain('data-label="余额"');
  expect(html).toContain('<table class="table ledger">');
  expect(html).toContain("<tfoot");
  expect(html).not.toContain("<script>");
});

test("a register labels each value with its column where the head is folded away", () => {
  const html = render(
    <Table
      kind="register"
      caption="小区"
      hidesCaption
      columns={[{ title: "名称", cell: (row: string) => row }]}
      rows={["示例花园"]}
      rowKey={(row) => row}
    />,
  );
  expect(html).toContain('data-label="名称"');
  expect(html).toContain('<caption><span class="heard">小区</span></caption>');
});

test("a sheet stands its name and its main figure above the others, each of which says what it is", () => {
  const html = render(
    <Table
      kind="sheet"
      caption="各区"
      columns={[
        { title: "区", isRowHeader: true, cell: (row: string) => row },
        { title: "户数", cell: () => "18" },
        { title: "余额（元）", isMoney: true, place: "top", label: "", cell: () => "1.00" },
      ]}
      rows={["示范区"]}
      rowKey={(row) => row}
    />,
  );
  expect(html).toContain('<th class="at-top" scope="row">示范区</th>');
  expect(html).toContain('<td class="at-bottom" data-label="户数">18</td>');
  expect(html).toContain('<td class="money at-top" data-label>1.00</td>');
});

test("the pager says which entries are shown and links to the neighbours and the ends", () => {
  const html = render(
    <Pager page={5} pageSize={20} totalCount={199} hrefOf={(n) => `?page=${n}`} />,
  );
  expect(html).toContain("第 81–100 条，共 199 条");
  expect(html).toContain('<a href="?page=4" rel="prev">上一页</a>');
  expect(html).toContain('<a href="?page=6" rel="next">下一页</a>');
  expect(html).toContain('aria-current="page"');
  expect([...html.matchAll(/aria-label="第 (\d+) 页"/g)].map(([, n]) => n)).toEqual([
    "1",
    "4",
    "6",
    "10",
  ]);
  expect(html.match(/…/g)).toHaveLength(2);
});

test("the last page ends with the last entry, and one page needs no pager", () => {
  const last = render(<Pager page={10} pageSize={20} totalCount={199} hrefOf={String} />);
  expect(last).toContain("第 181–199 条");
  expect(last).not.toContain("下一页");
  expect(render(<Pager page={1} pageSize={20} totalCount={20} hrefOf={String} />)).toBe("");
});

test("an exact house offers its one primary act, near ones none", () => {
  const props = {
    address: "示例花园 12幢3单元502",
    houseCode: "SL0126-12-3-0502",
    area: "98.76",
    depositHref: "/deposit/SL0126-12-3-0502",
    detailHref: "/fund/SL0126-12-3-0502",
  };
  const exact = render(<HouseResult {...props} isExact mainAct="detail" />);
  expect(exact).toContain("与您输入的一致");
  expect(exact.match(/class="button primary"/g)).toHaveLength(1);
  expect(exact).toMatch(/class="button primary">查看明细<\/a>/);
  expect(exact).not.toContain(">退款<");
  expect(render(<HouseResult {...props} />)).not.toContain("primary");
});

test("a house's standing is a mark and a word", () => {
  const html = render(
    <HouseResult
      address="甲"
      houseCode="X"
      area="1.00"
      state={{ tone: "bad", mark: "ring", words: "未交，应交 11,851.20 元" }}
    />,
  );
  expect(html).toMatch(
    /<span class="tag bad"><svg class="mark".*<\/svg>未交，应交 11,851.20 元<\/span>/s,
  );
});

test("each unit of a building is a table of its own, from its own highest floor down", () => {
  const cell = (text: string) => ({ text, name: `${text}室` });
  const html = render(
    <BuildingChart
      building="12幢"
      units={[
        { label: "1单元", doorCount: 1 },
        { label: "2单元", doorCount: 7 },
      ]}
      floors={[
        { label: "2", cells: [null, ...Array.from({ length: 7 }, (_, at) => cell(`20${at}`))] },
        { label: "1", cells: [cell("101"), ...Array.from({ length: 7 }, () => null)] },
      ]}
    />,
  );
  const [first = "", second = "", ...more] = html.match(/<table.*?<\/table>/gs) ?? [];
  expect(more).toEqual([]);
  expect(first).toContain("12幢1单元 楼盘表");
  expect(first.match(/scope="row"/g)).toHaveLength(1);
  expect(first).toContain("101室");
  expect(second.match(/20\d室/g)).toHaveLength(7);
  expect(html.match(/左右滑动看全部/g)).toHaveLength(1);
});

test("facts are pairs of terms and values", () => {
  expect(render(<Facts facts={[{ label: "坐落", value: HOSTILE }]} />)).toBe(
    '<dl class="facts"><div><dt>坐落</dt><dd>&lt;script>alert(1)&lt;/script></dd></div></dl>',
  );
});

test("a line of news leaves the year out on the home page, never in its machine-readable day", () => {
  const props = {
    href: "/news/1",
    category: "政策",
    title: "甲",
    publishedOn: calendarDate("2026-11-22"),
  };
  expect(render(<NewsLine {...props} isShort />)).toContain('datetime="2026-11-22">11-22<');
  expect(render(<NewsLine {...props} />)).toContain(">2026-11-22<");
});

test("a file line says type and size before it is saved", () => {
  const html = render(
    <FileLine href="/downloads/1" title="用户手册" fileName="手册.pdf" sizeBytes={1258291} />,
  );
  expect(html).toContain(">PDF<");
  expect(html).toContain(">1.2 MB<");
  expect([fileSize(1), fileSize(190_464), fileSize(1_048_576)]).toEqual([
    "1 KB",
    "186 KB",
    "1.0 MB",
  ]);
  expect(fileKind("没有后缀")).toBe("文件");
});

test.each([
  ["建设部 财政部令第165号，自 2008-02-01 起施行", ["第165号", "2008-02-01"]],
  ["123.45 ㎡ × 120.00 元/㎡ = 14,814.00 元", ["123.45 ㎡", "120.00 元/㎡", "14,814.00 元"]],
  ["网上填写约 3 分钟，共 5 个工作日", ["3 分钟", "5 个工作日"]],
  ["一般 3个月内到账", ["3个月"]],
  ["没有数的话", []],
])("a number stays with its measure word: %s", (text, wholes) => {
  const html = render(<p>{keepWhole(text)}</p>);
  expect([...html.matchAll(/<span class="whole">(.*?)<\/span>/g)].map(([, one]) => one)).toEqual(
    wholes,
  );
  expect(html.replace(/<[^>]*>/g, "")).toBe(text);
});
