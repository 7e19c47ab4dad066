import { Notice } from "#src/ui/box/notice.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { CaseFacts, Comparisons } from "./case-facts.tsx";
import { ChecklistCard, DecisionCard } from "./decision-form.tsx";
import type { Case, Hindrance } from "./load-case.ts";
import type { Revealed } from "./reveal.ts";
import { RevealedCard, RevealRequest } from "./reveal-card.tsx";
import type { SentDecision } from "./schema.ts";

export interface CaseFormProps {
  shown: Case;
  /** What was typed, when the page comes back. */
  sent: SentDecision | null;
  errors: FormErrors;
  /** Personal data in clear, on the one answer to 查看明文. */
  revealed: Revealed | null;
}

/** The form that every button about the case belongs to. */
export const CASE_FORM_ID = "case";

/** Everything that can be sent stands in one form, so that looking at data in clear loses nothing typed. */
export function CaseForm(props: CaseFormProps) {
  const { shown, sent, errors } = props;
  const { application, view } = shown;
  const decidable = shown.hindrance === null ? (shown.stage ?? null) : null;
  const base = `/review/applications/${application.number}`;
  return (
    <Form action={`${base}/decide`} label="审核" id={CASE_FORM_ID}>
      <HiddenField name="state" value={application.state} />
      <HiddenField name="seen" value={view.seen} />
      <HiddenField name="looking" value={lookOf(props)} />
      <div class="case-form">
        <div class="stack">
          {props.revealed !== null && <RevealedCard revealed={props.revealed} />}
          <Comparisons
            comparisons={view.comparisons}
            aside={
              props.revealed === null && (
                <RevealRequest
                  action={`${base}/reveal`}
                  typed={sent?.fields["revealReason"] ?? ""}
                  error={errors["revealReason"]}
                />
              )
            }
          />
          {decidable && (
            <ChecklistCard stage={decidable} ticked={sent?.ticked ?? NONE} errors={errors} />
          )}
        </div>
        <div class="stack">
          {decidable ? (
            <DecisionCard
              stage={decidable}
              consequences={view.consequences}
              sent={sent}
              errors={errors}
            />
          ) : (
            <NoDecision {...props} />
          )}
          <CaseFacts shown={shown} isOpen={decidable === null} />
        </div>
      </div>
    </Form>
  );
}

/** The page of a document that is asked for, or was open when the form was sent. */
export function lookOf({ sent }: Pick<CaseFormProps, "sent">): string {
  return sent?.fields["look"] ?? sent?.fields["looking"] ?? "";
}

const NONE: ReadonlySet<string> = new Set();

const HINDRANCES: Readonly<Record<Hindrance, string>> = {
  "no-stage": "现在不需要管理中心办理",
  "other-role": "这一步由别的岗位办理",
  "own-work": "您已经用别的岗位办过这笔业务，审批要由另一个人来办",
};

function NoDecision({ shown, sent }: CaseFormProps) {
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
