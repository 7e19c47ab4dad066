import { groupNumber } from "#src/kernel/application-number.ts";
import { type Fen, formatYuan } from "#src/kernel/money.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { DocumentViewer } from "#src/ui/list/document-viewer.tsx";
import { WorkbenchPage } from "#src/ui/workbench-page.tsx";
import { CASE_FORM_ID, CaseForm, type CaseFormProps, lookOf } from "./case-form.tsx";
import { CaseTimeline } from "./case-timeline.tsx";
import type { DeskFrame } from "./desk-frame.ts";
import type { Case } from "./load-case.ts";
import { pageToOpen } from "./read-documents.ts";
import { Shortcuts } from "./shortcuts.tsx";

export interface CasePageProps extends DeskFrame, CaseFormProps {
  /** The words of the decision that the reader took a moment ago, or null. */
  justDecided: string | null;
}

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
        <button type="submit" form={CASE_FORM_ID} disabled hidden />
        {open && (
          <DocumentViewer
            documents={documents}
            open={open}
            formId={CASE_FORM_ID}
            action={`/review/applications/${shown.application.number}/look`}
          />
        )}
        <CaseForm {...props} />
      </div>
      <Card title="办理进度" id="progress">
        <CaseTimeline steps={shown.history} waitsFor={stage?.title ?? null} />
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
          <span class="whole">{title}</span>{" "}
          <span class="whole">{groupNumber(application.number)}</span>
        </h1>
        <ul class="case-about quiet">
          {about.map((one) => (
            <li key={one}>{one}</li>
          ))}
          {view.amountFen !== null && !isCompared(view.comparisons, view.amountFen) && (
            <li>¥{formatYuan(view.amountFen)}</li>
          )}
        </ul>
        {shown.stage && shown.hindrance === null && (
          <a class="to-decision" href="#decision-title">
            到{shown.stage.title}决定
          </a>
        )}
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

/** Whether the sum stands in the comparison already, which says more about it than the head could. */
function isCompared(comparisons: Case["view"]["comparisons"], amount: Fen): boolean {
  const sum = formatYuan(amount).replaceAll(".", "\\.");
  // 12,000.00 does not tell 2,000.00.
  const whole = new RegExp(`(?<![\\d,.−-])${sum}(?!\\d)`);
  return comparisons.some(({ applied }) => whole.test(applied));
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
