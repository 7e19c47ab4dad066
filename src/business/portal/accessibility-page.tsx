import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

/** 无障碍声明: what was done so that everybody can use the site, what is still missing, whom to tell. */
export function AccessibilityPage({ shell }: { shell: PageShell }) {
  return (
    <Page
      shell={shell}
      title="无障碍声明"
      description="这个网站的适老版、深色显示、键盘操作和读屏支持，符合的标准，遇到障碍怎样反映。"
      crumbs={[{ title: "无障碍声明" }]}
      layout="narrow"
    >
      <PageHead title="无障碍声明" />
      <div class="prose">
        <p>我们希望每一位业主都能自己办事。这个网站按 WCAG 2.2 的 AA 级制作。</p>
        <h2>您可以这样用</h2>
        <ul>
          <li>看不清小字：点页面上方的“适老版”，字变大，页面变简单；也可以用浏览器放大到 400%。</li>
          <li>怕刺眼：点页面下方的“深色显示”。系统设为高对比度的，页面跟着变。</li>
          <li>不用鼠标：只用键盘就能办完每一件事，光标在哪里一直看得见。</li>
          <li>用读屏软件：每个输入框、按钮和图都有名称，填错的地方会先读出来。</li>
          <li>打印的通知单和证明（PDF）也有读屏标记；同样的内容在业务单页面上都有。</li>
          <li>看图、听音都不方便：验证码下面有“让这台设备代算”，等几秒，就不用再填。</li>
          <li>动作慢：登录快到时间，页面会先问您要不要继续；填好的内容不会丢。</li>
          <li>手机旧、网速慢：不用脚本也能办，页面很小。</li>
        </ul>
        <h2>还不够好的地方</h2>
        <ul>
          <li>还没有请平时就用读屏软件的人从头到尾试过。读不通的地方，请告诉我们。</li>
        </ul>
        <h2>遇到困难</h2>
        <p>
          请打 <a href="tel:12345">12345</a>
          ，说明是哪个页面、卡在哪一步。工作人员可以在电话里陪您办，也可以在
          {shell.fundCentreName}窗口替您办。
        </p>
      </div>
    </Page>
  );
}
