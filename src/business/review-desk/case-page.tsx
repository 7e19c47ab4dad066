import type { Comparison } from "#src/applications/review-descriptor.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { DocumentViewer } from "#src/ui/list/document-viewer.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Table } from "#src/ui/list/table.tsx";
import { Timeline } from "#src/ui/progress/timeline.tsx";
import { WorkbenchPage } from "#src/ui/workbench-page.tsx";
import type { HistoryStep } from "./case-history.ts";
import { SlipLinks } from "./case-slips.tsx";
import { ChecklistCard, DecisionCard } from "./decision-form.tsx";
import type { DeskFrame } from "./desk-frame.ts";
import type { Case, Hindrance } from "./load-case.ts";
import { pageToOpen } from "./read-documents.ts";
import type { Revealed } from "./reveal.ts";
import { RevealCard } from "./reveal-card.tsx";
import type { SentDecision } from "./schema.ts";
import { Shortcuts } from "./shortcuts.tsx";

export interface CasePageProps extends DeskFrame {
  shown: Case;
  /** What was typed, when the page comes back. */
  sent: SentDecision | null;
  errors: FormErrors;
  /** Personal data in clear, on the one answer to 查看明文. */
  revealed: Revealed | null;
  /** The words of the decision that the reader took a moment ago, or null. */
  justDecided: string | null;
}

const FORM_ID = "case";

/** One application: documents beside what was applied for, what is on record, checklist and decision. */
export function CasePage(props: CasePageProps) {
  const { shown, errors } = props;
  const { stage, documents } = shown;
  const open = pageToOpen(documents, lookOf(props));
  const title = `${shown.title}${stage ? stage.title : ""}`;
  return (
    <WorkbenchPage
      {...props}
      title={title}
      current="/review"
      hasErrors={Object.keys(errors).length > 0}
    >
      <CaseHead {...props} title={title} />
      <ErrorSummary errors={errors} />
      {props.justDecided !== null && <JustDecided {...props} words={props.justDecided} />}
      <div class={documents.length > 0 ? "case with-documents" : "case"}>
        {/* Enter in a field must press neither a decision nor a page: a disabled button takes it. */}
        <button type="submit" form={FORM_ID} disabled hidden />
        {open && (
          <DocumentViewer
            documents={documents}
            open={open}
            formId={FORM_ID}
            action={`/review/applications/${shown.application.number}/look`}
          />
        )}
        <CaseForm {...props} />
      </div>
      <Card title="办理进度" id="progress">
        <History steps={shown.history} waitsFor={stage?.title ?? null} />
      </Card>
      <Shortcuts keys={["a", "n"]} />
    </WorkbenchPage>
  );
}

function CaseHead({ shown, title }: CasePageProps & { title: string }) {
  const { application, view, deadline, nextNumber } = shown;
  const about = [view.subject, view.applicant, view.reason].filter((one) => one !== "");
  return (
    <div class="case-head">
      <div>
        <p class="quiet">
          <a href="/review">待办</a> › {shown.title}
        </p>
        <h1>
          {title} <span class="whole">{groupNumber(application.number)}</span>
        </h1>
        <ul class="case-about quiet">
          {about.map((one) => (
            <li key={one}>{one}</li>
          ))}
          {view.amountFen !== null && <li>¥{formatYuan(view.amountFen)}</li>}
        </ul>
      </div>
      <div class="actions">
        {deadline ? (
          <Tag tone={deadline.tone} mark={deadline.mark}>
            {deadline.words}
            {application.promisedOn && `（承诺 ${application.promisedOn.slice(5)}）`}
          </Tag>
        ) : (
          <Tag tone={shown.story.state.tone}>{shown.story.state.label}</Tag>
        )}
        <ButtonLink href="#progress">办理进度</ButtonLink>
        {nextNumber && <NextLink number={nextNumber} />}
      </div>
    </div>
  );
}

function NextLink({ number }: { number: string }) {
  return (
    <a class="button" href={`/review/applications/${number}`} data-next-case>
      下一件
    </a>
  );
}

function JustDecided({ shown, words }: CasePageProps & { words: string }) {
  const { next } = shown.story;
  return (
    <section class="notice done-notice" role="status">
      <Tag tone="ok" mark="tick">
        已办好
      </Tag>
      <div>
        <h2>{words}</h2>
        <p>
          {shown.stage && next.who === "us"
            ? `下一步：${shown.stage.title}，由另一个人来办。`
            : `申请人看到的下一步：${next.text}`}
        </p>
        <div class="actions">
          {shown.nextNumber ? (
            <a class="button primary" href={`/review/applications/${shown.nextNumber}`}>
              办下一件
            </a>
          ) : (
            <ButtonLink href="/review" kind="primary">
              回到待办
            </ButtonLink>
          )}
        </div>
      </div>
    </section>
  );
}

/** Everything that can be sent stands in one form, so that looking at data in clear loses nothing typed. */
function CaseForm(props: CasePageProps) {
  const { shown, sent, errors } = props;
  const { application, stage, view } = shown;
  const base = `/review/applications/${application.number}`;
  return (
    <Form action={`${base}/decide`} label="审核" id={FORM_ID}>
      <HiddenField name="state" value={application.state} />
      <HiddenField name="seen" value={view.seen} />
      <HiddenField name="looking" value={lookOf(props)} />
      <div class="case-form">
        <div class="stack">
          <Comparisons comparisons={view.comparisons} />
          <CaseFacts {...props} />
          <RevealCard
            action={`${base}/reveal`}
            revealed={props.revealed}
            typed={sent?.fields["revealReason"] ?? ""}
            error={errors["revealReason"]}
          />
        </div>
        <div class="stack">
          {stage && shown.hindrance === null ? (
            <>
              <ChecklistCard stage={stage} ticked={sent?.ticked ?? NONE} errors={errors} />
              <DecisionCard
                stage={stage}
                consequences={view.consequences}
                sent={sent}
                errors={errors}
              />
            </>
          ) : (
            <NoDecision {...props} />
          )}
        </div>
      </div>
    </Form>
  );
}

/** The page of a document that is asked for, or was open when the form was sent. */
function lookOf({ sent }: CasePageProps): string {
  return sent?.fields["look"] ?? sent?.fields["looking"] ?? "";
}

const NONE: ReadonlySet<string> = new Set();

const HINDRANCES: Readonly<Record<Hindrance, string>> = {
  "no-stage": "现在不需要管理中心办理",
  "other-role": "这一步由别的岗位办理",
  "own-work": "您已经用别的岗位办过这笔业务，审批要由另一个人来办",
};

function NoDecision({ shown, sent }: CasePageProps) {
  const { hindrance, story } = shown;
  return (
    <Notice title={HINDRANCES[hindrance ?? "no-stage"]} icon="clock">
      <p>
        申请人看到的是：{story.next.title}
        {story.next.text && `：${story.next.text}`}
      </p>
      {sent && sent.opinion !== "" && (
        <>
          <p>您刚才填的意见没有记录：</p>
          <p class="typed-text">{sent.opinion}</p>
        </>
      )}
    </Notice>
  );
}

function Comparisons({ comparisons }: { comparisons: readonly Comparison[] }) {
  if (comparisons.length === 0) return null;
  return (
    <Card title="申请与登记对照">
      <Table
        caption="申请填写的与系统登记的对照"
        hidesCaption
        kind="register"
        rows={comparisons}
        rowKey={({ label }) => label}
        columns={[
          { title: "项", isRowHeader: true, isWhole: true, cell: ({ label }) => label },
          { title: "申请填写", cell: ({ applied }) => applied },
          { title: "系统登记", cell: ({ recorded }) => recorded || "–" },
          { title: "对照", isWhole: true, cell: (one) => <Match {...one} /> },
        ]}
      />
    </Card>
  );
}

function Match({ matches, verdict }: Pick<Comparison, "matches" | "verdict">) {
  if (matches === null) return <span class="quiet">无须对照</span>;
  return matches ? (
    <Tag tone="ok" mark="tick">
      {verdict ?? "一致"}
    </Tag>
  ) : (
    <Tag tone="bad" mark="cross">
      {verdict ?? "不一致"}
    </Tag>
  );
}

function CaseFacts({ shown }: CasePageProps) {
  const { facts, links } = shown.view;
  if (facts.length + links.length + shown.slips.length === 0) return null;
  return (
    <Card title="申请内容">
      <Facts facts={facts.map(([label, value]) => ({ label, value }))} />
      {links.length > 0 && (
        <div class="actions">
          {links.map(({ href, words }) => (
            <a key={href} href={href}>
              {words}
            </a>
          ))}
        </div>
      )}
      <SlipLinks number={shown.application.number} slips={shown.slips} />
    </Card>
  );
}

function History({ steps, waitsFor }: { steps: readonly HistoryStep[]; waitsFor: string | null }) {
  const done = steps.map((step) => ({
    state: "done" as const,
    what: step.what,
    when: <StepDetails {...step} />,
  }));
  const now = waitsFor === null ? [] : [{ state: "now" as const, what: `待${waitsFor}` }];
  return <Timeline steps={[...done, ...now]} />;
}

function StepDetails({ who, time, remark, opinion, ticked, documentCount }: HistoryStep) {
  return (
    <>
      {who}，{time}
      {remark && <span class="line-note">申请人看到的意见：{remark}</span>}
      {opinion && <span class="line-note">内部意见：{opinion}</span>}
      {ticked.length > 0 && <span class="line-note">已核对：{ticked.join("；")}</span>}
      {documentCount > 0 && <span class="line-note">依据 {documentCount} 份要件</span>}
    </>
  );
}
