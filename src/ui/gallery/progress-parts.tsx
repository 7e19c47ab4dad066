import { makeApplicationNumber } from "#src/kernel/application-number.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { Card } from "../box/card.tsx";
import { Tag } from "../drawing/tag.tsx";
import { Columns } from "../layout.tsx";
import { ApplicationNumber } from "../progress/application-number.tsx";
import { LockCountdown } from "../progress/lock-countdown.tsx";
import { ProgressBar } from "../progress/progress-bar.tsx";
import { ResendCountdown } from "../progress/resend-countdown.tsx";
import { Steps } from "../progress/steps.tsx";
import { Timeline } from "../progress/timeline.tsx";

const NUMBER = makeApplicationNumber("11", calendarDate("2026-11-23"), "048271953");

/** How far something is: steps, timeline, number, countdowns, import. */
export function ProgressParts() {
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
