import { makeApplicationNumber } from "#src/kernel/application-number.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { Card } from "../box/card.tsx";
import { ICON_NAMES, Icon } from "../drawing/icon.tsx";
import { Tag } from "../drawing/tag.tsx";
import { Actions, Button, ButtonLink, CopyButton, PrintButton } from "../form/button.tsx";

const NUMBER = makeApplicationNumber("11", calendarDate("2026-11-23"), "048271953");

/** Buttons, links that look like them, and links in a sentence. */
export function Buttons() {
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

/** What says how something stands, and every icon. */
export function Tags() {
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
