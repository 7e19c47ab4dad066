import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { type CalendarDay, missingYearSentence } from "#src/register/work-calendar.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { EmptyState, Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Columns, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { spansOf } from "./day-spans.ts";
import { Spans } from "./span-table.tsx";

const TITLE = "工作日历";

/** What was typed to enter days, as it was typed. */
export interface TypedEntry {
  kind: string;
  firstDay: string;
  lastDay: string;
  name: string;
}

export interface CalendarPageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  year: number;
  days: readonly CalendarDay[];
  /** Years that are needed and that nobody has entered. */
  missingYears: readonly number[];
  today: CalendarDate;
  lastDay: CalendarDate;
  typed: TypedEntry;
  errors: FormErrors;
}

/** 工作日历: the days of a year that are not what their weekday says, to be entered and taken out. */
export function CalendarPage(props: CalendarPageProps) {
  const { shell, person, year, errors, missingYears } = props;
  return (
    <WorkbenchPage
      shell={shell}
      person={person}
      title={`${TITLE} ${year} 年`}
      current="/review/calendar"
      hasErrors={Object.keys(errors).length > 0}
    >
      <PageHead title={`${year} 年${TITLE}`}>
        对群众承诺的办理期限按工作日算。国务院公布下一年的放假安排后，请在这里填上。
      </PageHead>
      <ErrorSummary errors={errors} />
      {missingYears.map((missing) => (
        <Notice key={missing} title={missingYearSentence(missing)} tone="wait">
          <p>没有填的年份只按星期算，承诺的日期会不准。</p>
        </Notice>
      ))}
      <Columns side={<EntryForm {...props} />}>
        <Card title="与星期不同的日子" aside={<Years year={year} />}>
          <Days {...props} />
        </Card>
      </Columns>
    </WorkbenchPage>
  );
}

function Years({ year }: { year: number }) {
  return (
    <nav aria-label="年份" class="actions">
      <a href={`/review/calendar?year=${year - 1}`}>{year - 1} 年</a>
      <a href={`/review/calendar?year=${year + 1}`}>{year + 1} 年</a>
    </nav>
  );
}

function Days({ year, days, today }: CalendarPageProps) {
  if (days.length === 0) {
    return (
      <EmptyState title={missingYearSentence(year)}>
        <p>填上的放假和调休上班的日子会出现在这里。</p>
      </EmptyState>
    );
  }
  const coming = spansOf(days.filter(({ day }) => day >= today));
  const past = spansOf(days.filter(({ day }) => day < today));
  return (
    <>
      {coming.length > 0 ? (
        <Spans caption={`${year} 年还没到的`} spans={coming} canRemove />
      ) : (
        <p>{year} 年填过的日子都过去了。</p>
      )}
      {past.length > 0 && (
        <Disclosure summary={`已过去的 ${past.length} 段`}>
          <Spans caption={`${year} 年已过去的`} spans={past} />
        </Disclosure>
      )}
    </>
  );
}

function EntryForm({ year, typed, errors, today, lastDay }: CalendarPageProps) {
  const limits = { min: today, max: lastDay };
  return (
    <Form action={`/review/calendar?year=${year}`}>
      <Card title="填一段日子">
        <div class="fields">
          <Choices
            name="kind"
            label="安排"
            options={[
              { value: "holiday", label: "放假" },
              { value: "workday", label: "周末调休上班" },
            ]}
            value={typed.kind}
            error={errors["kind"]}
          />
          <DateField
            name="firstDay"
            label="第一天"
            value={typed.firstDay}
            error={errors["firstDay"]}
            {...limits}
          />
          <DateField
            name="lastDay"
            label="最后一天"
            hint="只有一天的不用填"
            isOptional
            value={typed.lastDay}
            error={errors["lastDay"]}
            {...limits}
          />
          <TextField
            name="name"
            label="名称"
            hint="例如 元旦、春节调休"
            width="medium"
            value={typed.name}
            error={errors["name"]}
          />
          <Actions>
            <Button kind="primary">填入日历</Button>
          </Actions>
        </div>
      </Card>
    </Form>
  );
}
