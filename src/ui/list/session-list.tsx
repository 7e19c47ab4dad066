import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Actions, Button } from "../form/button.tsx";
import { Form, HiddenField } from "../form/form.tsx";
import { Table } from "./table.tsx";

/** One place where the reader is signed in; `listSessions` of platform/sessions.ts answers with these. */
export interface ShownSession {
  id: number;
  /** 'Chrome · Windows', or empty when the browser did not say. */
  browserWords: string;
  startedAt: Date;
  lastSeenAt: Date;
  /** Whether it is the one that the list is read in. */
  isThis: boolean;
}

export interface SessionListProps {
  sessions: readonly ShownSession[];
  /** Takes the field `session`, the id of the one to end. */
  endAction: string;
  /** Ends all but this one. */
  endOthersAction: string;
}

/** Where one is signed in, when each was last used, and a way to end those that are not one's own. */
export function SessionList({ sessions, endAction, endOthersAction }: SessionListProps) {
  return (
    <>
      <Table
        caption="登录的设备"
        kind="register"
        rows={sessions}
        rowKey={({ id }) => id}
        columns={[
          { title: "浏览器", cell: (session) => nameOf(session), isRowHeader: true },
          {
            title: "登录时间",
            cell: ({ startedAt }) => formatShanghaiTime(startedAt),
            isWhole: true,
          },
          {
            title: "最近使用",
            cell: ({ lastSeenAt }) => formatShanghaiTime(lastSeenAt),
            isWhole: true,
          },
          { title: "操作", cell: (session) => <End session={session} action={endAction} /> },
        ]}
      />
      {sessions.some(({ isThis }) => !isThis) && (
        <Form action={endOthersAction}>
          <Actions>
            <Button>退出其他全部设备</Button>
          </Actions>
        </Form>
      )}
    </>
  );
}

function nameOf({ browserWords }: ShownSession): string {
  return browserWords === "" ? "未知浏览器" : browserWords;
}

function End({ session, action }: { session: ShownSession; action: string }) {
  if (session.isThis) return <>当前设备</>;
  return (
    <Form action={action} label={`退出 ${nameOf(session)}`}>
      <HiddenField name="session" value={String(session.id)} />
      <Button kind="text">退出这台</Button>
    </Form>
  );
}
