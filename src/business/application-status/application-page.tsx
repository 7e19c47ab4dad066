import type { ApplicationStory, SlipDescriptor } from "#src/applications/descriptor.ts";
import type { ApplicationNumber as Number18 } from "#src/kernel/application-number.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Confirmation } from "#src/ui/box/confirmation.tsx";
import { NextStep } from "#src/ui/box/next-step.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, ButtonLink, CopyButton } from "#src/ui/form/button.tsx";
import { Columns, Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Amount } from "#src/ui/money/amount.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { ApplicationNumber } from "#src/ui/progress/application-number.tsx";
import { QrBox } from "#src/ui/progress/qr-box.tsx";
import { Timeline } from "#src/ui/progress/timeline.tsx";
import type { Opinion } from "./opinions.ts";

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
  /** What the applicant can do about it now, besides printing. */
  acts: { correctHref: string | null; canCancel: boolean };
  opinions: readonly Opinion[];
  /** Titles of the documents that are still to be handed in. */
  missingDocuments: readonly string[];
  /** Where the slip that led here is checked; null for who came without one. */
  verifyHref: string | null;
  qrSvg: string;
  detailHref: string | null;
}

/** One application: its number, what comes next, its timeline. What a scanned slip opens, too. */
export function ApplicationPage(props: ApplicationPageProps) {
  const { shell, title, story, isJustSubmitted } = props;
  // What the applicant has to do comes before what he may copy down, in sight and for the keyboard alike.
  const isMyTurn = story.next.who === "applicant";
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
        {isMyTurn ? <WhatNext {...props} /> : null}
        <NumberCard {...props} />
        {isMyTurn ? null : <WhatNext {...props} />}
        <Opinions opinions={props.opinions} />
        {props.isHouseTold && (
          <Card title="业务信息">
            <Facts facts={story.facts.map(([label, value]) => ({ label, value }))} />
          </Card>
        )}
        <CancelLink {...props} />
        <ProveFirst {...props} />
      </Columns>
    </Page>
  );
}

function NumberCard(props: ApplicationPageProps) {
  const { number, qrSvg, verifyHref } = props;
  return (
    <Card>
      <div class="number-and-qr">
        <div>
          <p class="quiet">业务单编号</p>
          <p>
            <ApplicationNumber number={number} />
          </p>
          {props.isHouseTold && <AmountToPay {...props} />}
          <Actions>
            <CopyButton text={number}>复制编号</CopyButton>
            {verifyHref && <a href={verifyHref}>验一验手里的单据是不是真的</a>}
          </Actions>
        </div>
        <QrBox svg={qrSvg} caption="扫码看进度" />
      </div>
    </Card>
  );
}

function AmountToPay({ title, story }: ApplicationPageProps) {
  const { amountFen, facts } = story;
  if (amountFen === undefined) return null;
  const address = facts.find(([label]) => label === "房屋")?.[1];
  return (
    <>
      <p class="quiet">{[title, address].filter(Boolean).join(" · ")}</p>
      <p>
        <Amount fen={amountFen} size="due" hasSign />
      </p>
    </>
  );
}

function WhatNext(props: ApplicationPageProps) {
  const { story, isJustSubmitted } = props;
  const { next } = story;
  if (next.who === "nobody") return <Acts {...props} />;
  return (
    <NextStep turn={next.who === "applicant" ? "yours" : "ours"} title={next.title}>
      {!isJustSubmitted && <p>{next.text}。</p>}
      <PutRight corrections={story.corrections ?? []} missing={props.missingDocuments} />
      <Acts {...props} />
    </NextStep>
  );
}

interface PutRightProps {
  corrections: readonly string[];
  missing: readonly string[];
}

function PutRight({ corrections, missing }: PutRightProps) {
  if (corrections.length + missing.length === 0) return null;
  return (
    <div class="prose">
      <Points title="要补正的" points={corrections} />
      <Points title="还缺的要件" points={missing} />
    </div>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  if (points.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </>
  );
}

/** While the applicant has to go somewhere with the slip, printing it is the act of the page. */
function isSlipNext({ next }: ApplicationStory): boolean {
  return next.goTo !== undefined;
}

function isBankNext({ next }: ApplicationStory): boolean {
  return next.goTo === "bank";
}

/** Where neither a slip nor a correction is the applicant's next step, the first link is. */
function isLinkNext({ story, acts }: ApplicationPageProps): boolean {
  return story.next.who === "applicant" && acts.correctHref === null && !isSlipNext(story);
}

function Acts(props: ApplicationPageProps) {
  const { story, isApplicant, acts, detailHref } = props;
  const links = story.links ?? [];
  const hasActs = isApplicant && (acts.correctHref !== null || printableOf(props).length > 0);
  if (!hasActs && links.length === 0 && !detailHref && !isBankNext(story)) return null;
  return (
    <Actions>
      {isApplicant && acts.correctHref !== null && (
        <ButtonLink href={acts.correctHref} kind="primary" isLarge>
          补正
        </ButtonLink>
      )}
      {isApplicant && <SlipLinks {...props} />}
      {isBankNext(story) && <ButtonLink href="/help/branches">附近网点</ButtonLink>}
      {links.map(({ href, words }, index) =>
        index === 0 && isLinkNext(props) ? (
          <ButtonLink key={href} href={href} kind="primary" isLarge>
            {words}
          </ButtonLink>
        ) : (
          <a key={href} href={href}>
            {words}
          </a>
        ),
      )}
      {detailHref && (isApplicant || story.next.who !== "nobody") && (
        <a href={detailHref}>查看明细</a>
      )}
      {detailHref && !isApplicant && story.next.who === "nobody" && (
        <ButtonLink href={detailHref}>查看明细</ButtonLink>
      )}
    </Actions>
  );
}

function printableOf({ slips, story }: ApplicationPageProps): readonly SlipDescriptor[] {
  return slips.filter((slip) => story.printable.includes(slip.name));
}

function SlipLinks(props: ApplicationPageProps) {
  const isMainAct = isSlipNext(props.story) && props.acts.correctHref === null;
  return (
    <>
      {printableOf(props).map((slip, index) => (
        <ButtonLink
          key={slip.name}
          href={`/applications/${props.number}/slips/${slip.name}`}
          kind={isMainAct && index === 0 ? "primary" : "plain"}
          icon="print"
          isLarge={isMainAct && index === 0}
          opensNewTab
        >
          {slip.title}
        </ButtonLink>
      ))}
    </>
  );
}

function CancelLink({ number, acts, isApplicant }: ApplicationPageProps) {
  if (!isApplicant || !acts.canCancel) return null;
  return (
    <p class="quiet">
      不办了？可以<a href={`/applications/${number}/cancel`}>撤销这笔业务</a>。
    </p>
  );
}

/** For somebody with another phone or computer: what he could do here, and how he proves that he may. */
function ProveFirst(props: ApplicationPageProps) {
  const { number, isApplicant, acts } = props;
  const words = [
    acts.correctHref !== null && "补正",
    printableOf(props).length > 0 && "打印",
    acts.canCancel && "撤销",
  ].filter(Boolean);
  if (isApplicant || words.length === 0) return null;
  return (
    <Card title="换了手机或电脑？">
      <p>{words.join("、")}只有提交的人能办。用提交时留的手机号验证，就可以在这台设备上办。</p>
      <Actions>
        <ButtonLink href={`/applications/${number}/proof`}>用手机号验证</ButtonLink>
      </Actions>
    </Card>
  );
}

function Opinions({ opinions }: { opinions: readonly Opinion[] }) {
  if (opinions.length === 0) return null;
  return (
    <Card title="经办意见">
      <Facts
        facts={opinions.map(({ at, text }) => ({ label: formatShanghaiTime(at), value: text }))}
      />
    </Card>
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
