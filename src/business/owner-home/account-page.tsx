import { HomeFrame } from "#src/accounts/owners/home-frame.tsx";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import type { ListedSession } from "#src/platform/sessions.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

export interface AccountPageProps {
  shell: PageShell;
  name: string | null;
  maskedPhone: string;
  username: string | null;
  sessions: readonly ListedSession[];
  /** What has just been done, in a sentence; null when nothing has. */
  done: string | null;
}

/** 账户与登录: who the account belongs to, how one signs in, where one is signed in, and leaving. */
export function AccountPage(props: AccountPageProps) {
  const { shell, name, maskedPhone, username, sessions, done } = props;
  return (
    <HomeFrame shell={shell} title="账户与登录" current="/me/account">
      {done !== null && <p role="status">{done}</p>}
      <Card title="我的资料">
        <Facts
          columns={2}
          facts={[
            { label: "姓名", value: name ?? "还没有关联房屋" },
            { label: "手机号码", value: maskedPhone },
            { label: "用户名", value: username ?? "还没有设置" },
            { label: "密码", value: username === null ? "还没有设置" : "已设置" },
          ]}
        />
        <p class="quiet">姓名以房屋登记为准。不对的，请带身份证到维修资金管理中心窗口改登记。</p>
        <Actions>
          <ButtonLink href="/me/account/phone">更换手机号码</ButtonLink>
          <ButtonLink href="/me/account/password">
            {username === null ? "设置用户名和密码" : "修改用户名和密码"}
          </ButtonLink>
        </Actions>
      </Card>
      <Sessions sessions={sessions} />
      <Card title="我的数据">
        <p>导出我们保存的您的资料、房屋和每一笔钱、业务、登录记录，JSON 格式。</p>
        <Actions>
          <ButtonLink href="/me/data.json">导出我的数据</ButtonLink>
        </Actions>
      </Card>
      <Disclosure summary="注销账户">
        <p>
          注销以后，账户的姓名、手机号、用户名和房屋关联都删除，不能恢复。房屋登记、钱和已经提交的业务不受影响，以后可以用手机号重新开通。
        </p>
        <p>
          <ButtonLink href="/me/account/close">去注销</ButtonLink>
        </p>
      </Disclosure>
    </HomeFrame>
  );
}

function Sessions({ sessions }: { sessions: readonly ListedSession[] }) {
  return (
    <Card
      title="在哪里登录了"
      id="sessions"
      aside={
        sessions.length > 1 && (
          <Form action="/me/account/sessions/end-others" label="退出其他登录">
            <Button>退出其他所有登录</Button>
          </Form>
        )
      }
    >
      <Table
        kind="register"
        caption="现在有效的登录"
        hidesCaption
        rows={sessions}
        rowKey={({ id }) => id}
        columns={[
          {
            title: "浏览器",
            isRowHeader: true,
            cell: ({ browserWords }) => browserWords || "不认识的浏览器",
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
          { title: "操作", cell: (session) => <SessionAct session={session} /> },
        ]}
      />
    </Card>
  );
}

function SessionAct({ session }: { session: ListedSession }) {
  if (session.isThis) {
    return (
      <Tag tone="brand" mark="tick">
        就是这里
      </Tag>
    );
  }
  const when = formatShanghaiTime(session.startedAt);
  return (
    <Form action={`/me/account/sessions/${session.id}/end`} isInline label={`退出 ${when} 的登录`}>
      <Button>退出</Button>
    </Form>
  );
}
