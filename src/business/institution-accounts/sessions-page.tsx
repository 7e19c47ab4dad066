import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import type { ListedSession } from "#src/platform/sessions.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

/** 我的登录: where the visitor is signed in, and the way to end each of it. */
export function SessionsPage(props: {
  shell: PageShell;
  person: InstitutionPerson;
  sessions: readonly ListedSession[];
}) {
  const { shell, person, sessions } = props;
  return (
    <InstitutionPage shell={shell} person={person} title="我的登录" current="/workbench/sessions">
      <h1>我的登录</h1>
      <Card>
        <Table
          kind="register"
          caption="正在使用的登录"
          hidesCaption
          rows={sessions}
          rowKey={({ id }) => id}
          columns={[
            {
              title: "浏览器",
              isRowHeader: true,
              cell: ({ browserWords, isThis }) =>
                `${browserWords || "没有说明的浏览器"}${isThis ? "（这一个）" : ""}`,
            },
            {
              title: "登录时间",
              isWhole: true,
              cell: ({ startedAt }) => formatShanghaiTime(startedAt),
            },
            {
              title: "最近使用",
              isWhole: true,
              cell: ({ lastSeenAt }) => formatShanghaiTime(lastSeenAt),
            },
            {
              title: "办理",
              cell: ({ id, isThis, startedAt }) =>
                isThis ? (
                  "用右上角的退出"
                ) : (
                  <Form
                    action={`/workbench/sessions/${id}/end`}
                    label={`结束 ${formatShanghaiTime(startedAt)} 的登录`}
                    isInline
                  >
                    <Button>结束这个登录</Button>
                  </Form>
                ),
            },
          ]}
        />
        {sessions.length > 1 && (
          <Form action="/workbench/sessions/end-others" label="结束其他登录">
            <Actions>
              <Button kind="danger">结束其他全部登录</Button>
            </Actions>
          </Form>
        )}
        <p class="quiet">有不认识的登录，请结束它，再请本单位管理员发放初始密码，换一个密码。</p>
      </Card>
    </InstitutionPage>
  );
}
