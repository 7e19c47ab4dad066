import type {
  ApplicationStory,
  NextStep as Next,
  SlipDescriptor,
} from "#src/applications/descriptor.ts";
import type { ApplicationNumber as Number18 } from "#src/kernel/application-number.ts";
import { formatDayInSentence } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Confirmation } from "#src/ui/box/confirmation.tsx";
import { NextStep } from "#src/ui/box/next-step.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, ButtonLink, CopyButton } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { SearchBar } from "#src/ui/form/search-bar.tsx";
import { Columns, Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { ApplicationNumber } from "#src/ui/progress/application-number.tsx";
import { QrBox } from "#src/ui/progress/qr-box.tsx";
import { Timeline } from "#src/ui/progress/timeline.tsx";

export interface StatusSearchPageProps {
  shell: PageShell;
  typed: string;
  /** What is wrong with the number, or null before anything was typed. */
  sentence: string | null;
}

/** 业务受理状态查询: the search itself, and what to do when it found nothing. */
export function StatusSearchPage({ shell, typed, sentence }: StatusSearchPageProps) {
  return (
    <Page
      shell={shell}
      title="业务受理状态查询"
      crumbs={[{ title: "业务受理状态查询" }]}
      hasErrors={sentence !== null}
      layout="narrow"
    >
      <PageHead title="业务受理状态查询">
        输入单据上的 18 位业务单编号，看办到哪一步、还差什么、几号办好。
      </PageHead>
      {sentence !== null && <ErrorSummary errors={{ "": sentence }} />}
      <SearchBar
        id="status"
        action="/status"
        name="number"
        label="业务单编号"
        placeholder="18 位业务单编号"
        inputMode="numeric"
        value={typed}
        hasWord
        hasFocus={sentence === null}
      />
      <Card title="编号在哪里？">
        <p>
          提交业务后页面上显示的 18 位数字就是业务单编号，交款通知单上印在“单号”一栏，二维码旁边。
        </p>
        <p>
          找不到单据，可以重新提交，或打 <a href="tel:12345">12345</a> 询问。
        </p>
      </Card>
    </Page>
  );
}

export interface ApplicationPageProps {
  shell: PageShell;
  /** The business in the manual's words. */
  title: string;
  number: Number18;
  story: ApplicationStory;
  /** Right after 提交: says so in green. */
  isJustSubmitted: boolean;
  /** Whether this browser made the application and so may print its slips. */
  isApplicant: boolean;
  /** Whether the house and its amounts may be told: to who applied, and where houses are open. */
  isHouseTold: boolean;
  slips: readonly SlipDescriptor[];
  qrSvg: string;
  detailHref: string | null;
}

/** One application: its number, what comes next, its timeline. What a scanned slip opens, too. */
export function ApplicationPage(props: ApplicationPageProps) {
  const { shell, title, story, isJustSubmitted } = props;
  return (
    <Page
      shell={shell}
      title={`${title} ${story.state.label}`}
      crumbs={[{ title: "业务单" }]}
      isPrivate
    >
      {isJustSubmitted ? (
        <Confirmation title="提交成功">
          <p>{story.next.text}。</p>
        </Confirmation>
      ) : (
        <PageHead title={title}>{story.next.who === "nobody" ? story.next.text : null}</PageHead>
      )}
      <Columns side={<Progress story={story} />}>
        <NumberCard {...props} />
        <WhatNext {...props} />
        {props.isHouseTold && (
          <Card title="业务信息">
            <Facts facts={story.facts.map(([label, value]) => ({ label, value }))} />
          </Card>
        )}
      </Columns>
    </Page>
  );
}

function NumberCard({ number, qrSvg }: ApplicationPageProps) {
  return (
    <Card>
      <div class="number-and-qr">
        <div>
          <p class="quiet">业务单编号</p>
          <p>
            <ApplicationNumber number={number} />
          </p>
          <Actions>
            <CopyButton text={number}>复制编号</CopyButton>
          </Actions>
        </div>
        <QrBox svg={qrSvg} caption="扫码看进度" />
      </div>
    </Card>
  );
}

function WhatNext(props: ApplicationPageProps) {
  const { story, isJustSubmitted } = props;
  const { next } = story;
  if (next.who === "nobody") return <Slips {...props} isPrimary={false} />;
  return (
    <NextStep turn={next.who === "applicant" ? "yours" : "ours"} title={next.title}>
      {!isJustSubmitted && <p>{next.text}。</p>}
      {story.expectedOn && (
        <p class="quiet">最晚办理：{formatDayInSentence(story.expectedOn)}（含当天）</p>
      )}
      <Slips {...props} isPrimary={isPayable(next)} />
    </NextStep>
  );
}

/** While the applicant has to go somewhere with the slip, printing it is the act of the page. */
function isPayable(next: Next): boolean {
  return next.who === "applicant" && next.title === "到银行交款";
}

function Slips({
  slips,
  number,
  story,
  isApplicant,
  isPrimary,
  detailHref,
}: ApplicationPageProps & { isPrimary: boolean }) {
  const printable = slips.filter((slip) => story.printable.includes(slip.name));
  return (
    <>
      {isApplicant && (
        <Actions>
          {printable.map((slip, index) => (
            <ButtonLink
              key={slip.name}
              href={`/applications/${number}/slips/${slip.name}`}
              kind={isPrimary && index === 0 ? "primary" : "plain"}
              icon="print"
              isLarge={isPrimary && index === 0}
              opensNewTab
            >
              {slip.title}
            </ButtonLink>
          ))}
          {detailHref && <a href={detailHref}>查看明细</a>}
        </Actions>
      )}
      {!isApplicant && (
        <>
          {detailHref && (
            <Actions>
              <ButtonLink href={detailHref}>查看明细</ButtonLink>
            </Actions>
          )}
          {printable.length > 0 && isPayable(story.next) && (
            <p class="quiet">
              通知单只能在提交时用的手机或电脑上打印。换了设备的，可以重新提交，领一张新的。
            </p>
          )}
        </>
      )}
    </>
  );
}

function Progress({ story }: { story: ApplicationStory }) {
  const tone = story.state.tone;
  return (
    <Card title="办理进度" aside={<Tag tone={tone}>{story.state.label}</Tag>}>
      <Timeline
        steps={story.timeline.map((step) => ({
          state: step.state,
          what: step.label,
          when: step.detail,
        }))}
      />
    </Card>
  );
}

/** A number that is in order but belongs to nothing that anyone may see. */
export function UnknownNumberPage({ shell, typed }: { shell: PageShell; typed: string }) {
  return (
    <StatusSearchPage
      shell={shell}
      typed={typed}
      sentence="没有这个业务单编号。请核对 18 位数字，看是不是抄错了"
    />
  );
}

/** Told instead of the slip to a browser that did not make the application. */
export function NotYourSlipPage({ shell, number }: { shell: PageShell; number: string }) {
  return (
    <Page shell={shell} title="不能打印" layout="narrow">
      <PageHead title="这台设备不能打印这张单据" />
      <Notice title="请用提交时的手机或电脑打印" tone="wait">
        <p>
          单据只给提交的人打印，我们靠当时用的浏览器认出您。换了设备的，可以重新提交，领一张新的。
        </p>
        <Actions>
          <ButtonLink href={`/applications/${number}`} kind="primary">
            看办理进度
          </ButtonLink>
        </Actions>
      </Notice>
    </Page>
  );
}
