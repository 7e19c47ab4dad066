import { Timeline } from "#src/ui/progress/timeline.tsx";
import type { HistoryStep } from "./case-history.ts";

/** The case step by step, with the opinions that the applicant does not see. */
export function CaseTimeline({
  steps,
  waitsFor,
}: {
  steps: readonly HistoryStep[];
  waitsFor: string | null;
}) {
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
