import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

/** 隐私说明: what is asked, why, who sees it, what is kept (个人信息保护法 art. 17). */
export function PrivacyPage({
  shell,
  isSmsAvailable,
}: {
  shell: PageShell;
  /** Whether text messages leave the house: a phone is used for them only then. */
  isSmsAvailable: boolean;
}) {
  return (
    <Page
      shell={shell}
      title="隐私说明"
      description="我们问您什么、为什么问、谁看得到、保存多久、浏览器里放什么，以及您的权利。"
      crumbs={[{ title: "隐私说明" }]}
      layout="narrow"
    >
      <PageHead title="隐私说明" />
      <div class="prose">
        <p>
          {shell.fundCentreName}按《中华人民共和国个人信息保护法》处理您的信息。办多少事，问多少话。
        </p>
        <h2>我们问什么，为什么</h2>
        <ul>
          <li>交款：交款人姓名和手机号码，用来开通知单，出了问题能找到您。</li>
          <li>查询：只要房屋地址或业务单编号，不问您是谁。</li>
          <li>
            {isSmsAvailable
              ? "手机号码还用来发短信：您换了手机或电脑时的验证码，和办理进度的通知。短信里只有业务单编号的后 4 位。发完以后，发件记录里不再留号码和验证码。"
              : "本站没有接通短信，手机号码不用来发短信；有事要找您的时候，才打这个号码。"}
          </li>
        </ul>
        <h2>谁看得到</h2>
        <ul>
          <li>公开查询只显示金额、日期和种类，不显示姓名、证件号码和手机号码。</li>
          <li>交款通知单和银行柜面上，姓名、证件和手机只显示一部分。</li>
          <li>我们不把您的信息卖给别人，也不用来做广告。</li>
        </ul>
        <h2>怎样保存</h2>
        <ul>
          <li>姓名、证件号码和手机号码加密保存。谁看过、改过，都有记录。</li>
          <li>每一笔钱的账按会计档案的规定长期保存。</li>
        </ul>
        <h2>我们在浏览器里放什么</h2>
        <ul>
          <li>一个记号，让您能回来打印自己提交的通知单，180 天后失效。</li>
          <li>您选的显示方式：适老版、深色。</li>
          <li>查明细时算过题、核对过业主信息的记号，10 分钟后失效。</li>
          <li>
            登录以后：登录的记号，30 分钟不用或满 12 小时就失效；和记得这台设备的记号，最长 90 天。
            {isSmsAvailable && "用手机动态密码登录的，加密记住手机号码 15 分钟。"}
          </li>
          <li>登录以后，页面自己记着几点会退出，好提前提醒您；关掉页面就没有了。</li>
          <li>没有别家的统计或广告脚本。</li>
        </ul>
        <h2>您的权利</h2>
        <p>
          您可以查询、更正自己的信息，要一份副本，或对某一笔账申请核对。请带身份证到
          {shell.fundCentreName}窗口，或打 <a href="tel:12345">12345</a>。
        </p>
      </div>
    </Page>
  );
}
