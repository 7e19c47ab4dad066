import { Card, SectionHead } from "../box/card.tsx";
import { HelpLine } from "../box/help-line.tsx";
import { MARK_NAMES, StateMark } from "../drawing/state-mark.tsx";
import { Actions, Button } from "../form/button.tsx";
import { CategoryTag } from "../list/lines.tsx";
import { MarkedText } from "../list/marked-text.tsx";
import { QrBox } from "../progress/qr-box.tsx";

const FOUND = [
  { words: "业主", isMarked: false },
  { words: "退款", isMarked: true },
  { words: "办事指南", isMarked: false },
];
const SQUARES =
  '<svg viewBox="0 0 9 9" aria-hidden="true"><path d="M1 1h2v2H1zM6 1h2v2H6zM1 6h2v2H1zM4 4h1v1H4zM6 6h2v2H6z"/></svg>';

/** Small parts that stand within others: marks, kinds, what was found, the last line, a code to scan. */
export function SmallParts() {
  return (
    <>
      <SectionHead title="小部件" id="small-parts" aside={<a href="#main">回到正文</a>} />
      <Card title="记号、种类、找到的词">
        <div class="actions">
          {MARK_NAMES.map((mark) => (
            <StateMark key={mark} mark={mark} />
          ))}
          <CategoryTag category="政策" />
          <CategoryTag category="公告" />
        </div>
        <p>
          <MarkedText pieces={FOUND} />
        </p>
        <HelpLine />
        <QrBox svg={SQUARES} caption="扫码看办到哪一步" />
      </Card>
      <Card title="登录快到时间，和设备代算好以后">
        <SessionEndShown />
        <p class="captcha-told">已代算好，不用再填验证码。</p>
      </Card>
    </>
  );
}

/** As ui/islands/session-dialog.ts shows it over a page. */
function SessionEndShown() {
  return (
    <div class="session-end">
      <p class="session-title">快要退出了</p>
      <p>您已有 28 分钟没有操作，2 分钟后退出。还要继续吗？</p>
      <Actions>
        <Button type="button" kind="primary">
          继续
        </Button>
        <Button type="button">退出</Button>
      </Actions>
    </div>
  );
}
