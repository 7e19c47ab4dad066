import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

const GROUPS: readonly { title: string; links: readonly (readonly [string, string])[] }[] = [
  {
    title: "快捷服务",
    links: [
      ["业主自主办理区", "/owner-service"],
      ["未备案房屋交款", "/unrecorded-deposit"],
      ["进入我的小区", "/my-estate"],
      ["维修资金查询", "/fund"],
      ["业务受理状态查询", "/status"],
    ],
  },
  {
    title: "办事指南",
    links: [
      ["办事指南", "/guides"],
      ["业主交款办事指南", "/guides/owner-deposit"],
      ["未备案房屋交款办事指南", "/guides/unrecorded-deposit"],
      ["业主退款办事指南", "/guides/owner-refund"],
      ["进入我的小区办事指南", "/guides/my-estate"],
      ["计算器", "/calculator"],
      ["验真", "/verify"],
    ],
  },
  {
    title: "信息",
    links: [
      ["新闻", "/news"],
      ["新闻订阅（RSS）", "/news/feed.xml"],
      ["资料下载", "/downloads"],
      ["政策", "/policies"],
      ["维修资金公示", "/disclosure"],
    ],
  },
  {
    title: "帮助",
    links: [
      ["帮助", "/help"],
      ["常见问题", "/help/questions"],
      ["银行网点", "/help/branches"],
      ["意见、投诉与复核", "/help/objections"],
      ["搜索", "/search"],
    ],
  },
  {
    title: "账号",
    links: [
      ["登录", "/sign-in"],
      ["注册", "/register"],
      ["银行柜面登录", "/bank"],
      ["管理中心登录", "/review"],
    ],
  },
  {
    title: "关于",
    links: [
      ["无障碍声明", "/accessibility"],
      ["隐私说明", "/privacy"],
    ],
  },
];

/** 网站地图: every page that can be reached without a number. */
export function SitemapPage({ shell }: { shell: PageShell }) {
  return (
    <Page
      shell={shell}
      title="网站地图"
      description="网站地图：交款、退款、查询、公示、政策、帮助，每一页的入口都在这里。"
      crumbs={[{ title: "网站地图" }]}
    >
      <PageHead title="网站地图" />
      <div class="sitemap">
        {GROUPS.map((group) => (
          <section key={group.title} class="card">
            <h2>{group.title}</h2>
            <ul class="lines">
              {group.links.map(([title, href]) => (
                <li key={href} class="line">
                  <a href={href}>{title}</a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Page>
  );
}
