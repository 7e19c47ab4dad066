import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Button } from "#src/ui/form/button.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { Table } from "#src/ui/list/table.tsx";
import { type DaySpan, spanWords } from "./day-spans.ts";

const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"];
const KIND_WORDS = { holiday: "放假", workday: "上班" } as const;

interface SpansProps {
  caption: string;
  spans: readonly DaySpan[];
  /** Past days stay: promises were counted by them. */
  canRemove?: boolean;
}

/** Spans of days, the earliest first; those that may change can be taken out day by day. */
export function Spans({ caption, spans, canRemove }: SpansProps) {
  const remove = {
    title: "删除",
    label: "",
    cell: (span: DaySpan) => <RemoveSpan {...span} />,
  };
  return (
    <Table
      caption={caption}
      hidesCaption
      kind="sheet"
      rows={spans}
      rowKey={({ days }) => days[0] ?? ""}
      columns={[
        { title: "日期", isWhole: true, isRowHeader: true, cell: spanWords },
        { title: "名称", label: "", place: "top", cell: ({ name }) => name },
        { title: "安排", label: "", cell: ({ kind }) => KIND_WORDS[kind] },
        { title: "星期", label: "", cell: weekdaysOf },
        { title: "天数", label: "", isMoney: true, cell: ({ days }) => `${days.length} 天` },
        ...(canRemove ? [remove] : []),
      ]}
    />
  );
}

function weekdaysOf({ days }: DaySpan): string {
  const [first, last] = [days[0], days.at(-1)].map((day) => (day ? `星期${weekdayOf(day)}` : ""));
  return days.length === 1 ? `${first}` : `${first}–${last}`;
}

function weekdayOf(day: CalendarDate): string {
  return WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
}

/** A day is taken out by itself: what was entered wrongly is often one end of a span. */
function RemoveSpan({ days, name }: DaySpan) {
  const [only] = days;
  if (days.length === 1 && only) return <Remove day={only} name={name} words="删除" />;
  return (
    <Disclosure summary={`删除${name}的一天`}>
      {days.map((day) => (
        <Remove key={day} day={day} name={name} words={spanWords({ days: [day] })} />
      ))}
    </Disclosure>
  );
}

function Remove({ day, name, words }: { day: CalendarDate; name: string; words: string }) {
  return (
    <Form action="/review/calendar/remove" label={`删除 ${day} ${name}`}>
      <Button kind="text" name="day" value={day}>
        {words}
      </Button>
    </Form>
  );
}
