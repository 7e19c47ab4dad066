import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { listLockedYears } from "#src/ledger/locked-years/read-locked-years.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { SiteText } from "#src/platform/site-text.ts";

const LIVING: readonly Omit<SiteText, "kind" | "date">[] = [
  {
    href: "/disclosure",
    title: "维修资金公示",
    text: "全市维修资金的交存、使用、退款、利息、余额、充足率和户数，按年份和区公布，有图和表。",
  },
  {
    href: "/disclosure/estates",
    title: "各小区维修资金",
    text: "每个小区的户数、余额、充足率和没交清的户数，可以按名称和区查找、排序，和本区、全市比较。",
  },
  {
    href: "/disclosure/uses",
    title: "维修资金使用项目",
    text: "每一个用维修资金付款的项目：电梯、屋面、外墙、消防等，有范围、分摊户数、金额和日期。",
  },
  {
    href: "/disclosure/years",
    title: "历年锁定的公示",
    text: "每一年锁定的数字、校验码和下载，可以比较任意两年。",
  },
  {
    href: "/disclosure/data",
    title: "维修资金开放数据",
    text: "公示数字的 CSV 和 JSON 下载，以及字段说明和结构文件。",
  },
];

/** Lists the pages of 公示 for a search over the site: the five that are always there, and each locked year. */
export async function listDisclosurePages(db: Db): Promise<SiteText[]> {
  const locked = await listLockedYears(db);
  const newest = locked.filter(
    (one, at) => locked.findIndex(({ year }) => year === one.year) === at,
  );
  const years = newest.map(({ year, lockedAt }) => ({
    href: `/disclosure/years/${year}`,
    kind: "维修资金公示" as const,
    title: `${year} 年维修资金公示`,
    text: `${year} 年全市、各区、各小区维修资金的交存、利息、使用、退款和年末余额，已锁定。`,
    date: shanghaiDate(lockedAt),
  }));
  return [
    ...LIVING.map((one) => ({ ...one, kind: "维修资金公示" as const, date: null })),
    ...years,
  ];
}

/** Lists the addresses of 公示 for sitemap.xml: its pages, each locked year and each district. */
export async function listDisclosureAddresses(db: Db): Promise<string[]> {
  const pages = (await listDisclosurePages(db)).map(({ href }) => href);
  const districts = await db
    .selectFrom("estate")
    .select("district_code")
    .distinct()
    .orderBy("district_code")
    .execute();
  return [...pages, ...districts.map((row) => `/disclosure/districts/${row.district_code}`)];
}
