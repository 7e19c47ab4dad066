import { expect, test } from "vitest";
import { DeskPage } from "./desk-page.tsx";
import { Icon } from "./drawing/icon.tsx";
import { ErrorPage, type ErrorPageProps } from "./error-pages.tsx";
import { Page, PageHead } from "./layout.tsx";
import type { PageShell } from "./page-shell.ts";
import { renderPage } from "./render.ts";

const SHELL: PageShell = {
  cssHref: "/assets/a.css",
  jsHref: "/assets/a.js",
  path: "/fund?q=示例 花园&x=1",
  mode: "standard",
  theme: "auto",
  authorityName: "示例市住房和城乡建设局",
  fundCentreName: "示例市物业专项维修资金管理中心",
  cityName: "示例市",
  isDemo: false,
};
const HOSTILE = `"><script>alert('x')</script>&\u{1F600}`;

function draw(shell: Partial<PageShell> = {}, hasErrors = false): string {
  return renderPage(
    <Page
      shell={{ ...SHELL, ...shell }}
      title="维修资金查询"
      current="guides"
      crumbs={[{ title: "办事指南", href: "/guides" }, { title: "维修资金查询" }]}
      hasErrors={hasErrors}
    >
      <PageHead title="维修资金查询" />
    </Page>,
  );
}

test("a page names its business first and the site after it, in Chinese", () => {
  const html = draw();
  expect(html).toMatch(/^<!doctype html><html lang="zh-CN"/);
  expect(html).toContain("<title>维修资金查询 - 物业专项维修资金公众服务平台</title>");
});

test("a page with errors says so at the very start of its title", () => {
  expect(draw({}, true)).toContain("<title>出错：维修资金查询 - ");
});

test("the first thing the keyboard reaches is the way past the header", () => {
  const body = draw().split("<body")[1] ?? "";
  expect(body.match(/<(a|button|input)\b[^>]*>/)?.[0]).toBe('<a class="skip" href="#main">');
  expect(body).toContain('<main id="main"');
});

test("the navigation holds the six entries of the manual and marks the current one", () => {
  const nav = draw().match(/<nav class="nav".*?<\/nav>/s)?.[0] ?? "";
  expect([...nav.matchAll(/>([^<]+)<\/a>/g)].map(([, word]) => word)).toEqual([
    "首页",
    "新闻",
    "资料下载",
    "办事指南",
    "登录",
    "注册",
  ]);
  expect(nav).toContain('<a href="/guides" aria-current="page">办事指南</a>');
});

test("for a signed-in owner 我的 and a button 退出 take the place of 登录 and 注册", () => {
  const nav = draw({ isOwner: true }).match(/<nav class="nav".*?<\/nav>/s)?.[0] ?? "";
  expect(nav).toContain('<a href="/me">我的</a>');
  expect(nav).toContain(
    '<form action="/sign-out" method="post"><button type="submit">退出</button></form>',
  );
  expect(nav).not.toMatch(/登录|注册/);
});

test("the switch to 适老版 comes back to the page with its query, and back again", () => {
  const back = encodeURIComponent(SHELL.path);
  expect(draw()).toContain(`href="/display?mode=elder&amp;back=${back}">适老版</a>`);
  const elder = draw({ mode: "elder" });
  expect(elder).toContain('data-mode="elder"');
  expect(elder).toContain(`href="/display?mode=standard&amp;back=${back}">标准版</a>`);
});

test("the footer offers what differs from the display chosen", () => {
  expect(draw({ theme: "dark" })).toContain("浅色显示");
  expect(draw({ theme: "dark" })).not.toContain("深色显示");
  expect(draw({ theme: "light" })).toContain("深色显示");
  expect(draw({ theme: "dark" })).toContain('data-theme="dark"');
  expect(draw()).not.toContain("data-theme");
});

test("only a demonstration says that its data are made up", () => {
  expect(draw()).not.toContain("演示");
  expect(draw({ isDemo: true })).toContain('href="/demo/outbox"');
});

test("the crumbs start at 首页 and end with the page itself, which is no link", () => {
  const crumbs = draw().match(/<nav class="crumbs.*?<\/nav>/s)?.[0] ?? "";
  expect(crumbs).toContain('<a href="/">首页</a>');
  expect(crumbs).toContain('<span aria-current="page">维修资金查询</span>');
});

test("the sprite holds only the icons of the page", () => {
  const html = renderPage(
    <Page shell={SHELL} title="图标">
      <Icon name="bank" />
    </Page>,
  );
  expect([...html.matchAll(/<symbol id="i-([a-z]+)"/g)].map(([, name]) => name).sort()).toEqual([
    "bank",
    "phone",
  ]);
});

test("hostile text stays text in titles, crumbs and headings", () => {
  const html = renderPage(
    <Page shell={SHELL} title={HOSTILE} crumbs={[{ title: HOSTILE }]}>
      <PageHead title={HOSTILE} />
    </Page>,
  );
  expect(html).not.toContain("<script>");
  expect(html.match(/&lt;script>|&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(3);
});

test("text that looks like a use of an icon brings no shape into the sprite", () => {
  const html = renderPage(
    <Page shell={SHELL} title="x">
      <p>{'<use href="#i-rotate"'}</p>
    </Page>,
  );
  expect(html).not.toContain('id="i-rotate"');
});

test("the bank desk names branch and teller, and 退出 is a posted form", () => {
  const html = renderPage(
    <DeskPage shell={SHELL} title="收款" branchName="示例银行民生支行" tellerName="柜员 0217">
      <h1>收款</h1>
    </DeskPage>,
  );
  expect(html).toContain("示例银行民生支行");
  expect(html).toContain("柜员 0217");
  expect(html).toMatch(
    /<form class="who" action="\/bank\/sign-out" method="post">.*退出<\/button>/s,
  );
  expect(html).toContain('<meta name="robots" content="noindex"');
});

test.each([400, 403, 404, 405, 413, 429, 500, 503] as const)(
  "the page for %d says what to do and which request it was",
  (status) => {
    const html = renderPage(
      <ErrorPage
        shell={SHELL}
        status={status}
        requestNumber="9f2c81aa01b2c3d4"
        retryAfterSeconds={90}
      />,
    );
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain("9f2c81aa01b2c3d4");
    expect(html).toContain('href="tel:12345"');
    expect(html).not.toMatch(/非法|异常|失败|Error/);
  },
);

test.each([
  ["/review/staff", "/review", "回到工作台"],
  ["/review?stage=1", "/review", "回到工作台"],
  ["/bank/notices/112611230482719537", "/bank", "回到银行柜面"],
  ["/workbench/estates", "/workbench", "回到工作台"],
  ["/reviews", "/", "回到首页"],
  ["/refund/SL0126-12-3-0503", "/", "回到首页"],
])("who may not do something at %s is led back to %s", (path, href, words) => {
  const shell = { ...SHELL, path };
  const html = renderPage(<ErrorPage shell={shell} status={403} requestNumber="x" />);
  const actions = html.slice(html.indexOf('<div class="actions">'));
  expect(actions).toContain(`href="${href}"`);
  expect(actions).toContain(words);
  expect(html.includes("请从首页重新进入")).toBe(href === "/");
});

test("too many look-ups says how long to wait", () => {
  const wait = (seconds: number) =>
    renderPage(
      <ErrorPage shell={SHELL} status={429} requestNumber="x" retryAfterSeconds={seconds} />,
    );
  expect(wait(20)).toContain("请过 20 秒再试");
  expect(wait(61)).toContain("请过 2 分钟再试");
});

const problemOf = (props: Omit<ErrorPageProps, "shell" | "requestNumber">) =>
  renderPage(
    <ErrorPage shell={{ ...SHELL, path: "/fund/A-1?page=2" }} requestNumber="x" {...props} />,
  );

test.each([429, 500, 503] as const)("a page that met %d can be asked for again", (status) => {
  const html = problemOf({ status });
  expect(html).toContain('<a href="/fund/A-1?page=2" class="button primary large">再试一次</a>');
  expect(html).not.toContain("您填的内容");
});

test.each([413, 429, 500, 503] as const)("a form that met %d is gone back to", (status) => {
  const html = problemOf({ status, sentForm: { page: "/deposit/A-1" } });
  expect(html).toContain("您填的内容还在上一页");
  expect(html).toContain("data-back");
  expect(html).not.toContain("再试一次");
});

test("a form that no page of ours sent is opened anew", () => {
  const sentence = "这张表单不是从本站打开的，没有收下；请重新打开这个页面再填";
  for (const status of [400, 403] as const) {
    const html = problemOf({ status, sentence, sentForm: { page: "/deposit/A-1" } });
    expect(html).toMatch(/<a href="\/deposit\/A-1"[^>]*>重新打开刚才的页面/);
    expect(html).toContain(sentence);
    expect(html).not.toContain("换账号的");
  }
  const refused = problemOf({ status: 403, sentForm: { page: "/deposit/A-1" } });
  expect(refused).not.toContain("重新打开刚才的页面");
});

test("a refused request says its own sentence, as text", () => {
  const html = renderPage(
    <ErrorPage
      shell={SHELL}
      status={400}
      requestNumber="x"
      sentence="提交的内容太长，<b>请删减</b>"
    />,
  );
  expect(html).toContain("提交的内容太长，&lt;b");
});
