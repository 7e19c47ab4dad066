import { roleWords } from "#src/platform/staff/staff-members.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import type { AccountAct } from "./act-on-account.ts";
import type { StaffAccount } from "./queries.ts";

export interface AccountsPageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  /** Nobody acts on his own account. */
  ownUsername: string;
  accounts: readonly StaffAccount[];
  errors: FormErrors;
  /** What was just done, and the password that is shown once. */
  done: { username: string; act: AccountAct; password: string | null } | null;
}

const DONE_WORDS: Readonly<Record<AccountAct, string>> = {
  disable: "已停用，正在使用的登录已经结束",
  enable: "已恢复",
  "reset-code": "动态口令已重置，下次登录时重新添加验证器",
  "reset-password": "已发放初始密码，下次登录时本人另设密码",
};

/** The fund centre's people: who they are, and what an administrator can do about their accounts. */
export function AccountsPage(props: AccountsPageProps) {
  const { accounts, errors, done } = props;
  return (
    <WorkbenchPage
      {...props}
      title="工作人员"
      current="/review/staff"
      hasErrors={Object.keys(errors).length > 0}
    >
      <h1>工作人员</h1>
      <ErrorSummary errors={errors} />
      {done && <Done {...done} />}
      <Card>
        <Table
          caption="管理中心的工作人员"
          hidesCaption
          kind="register"
          rows={accounts}
          rowKey={({ username }) => username}
          columns={[
            { title: "用户名", isRowHeader: true, cell: ({ username }) => username },
            { title: "姓名", cell: ({ displayName }) => displayName },
            { title: "岗位", cell: (account) => roleWords(account) || "–" },
            { title: "账号", cell: (account) => <State {...account} /> },
            {
              title: "动态口令",
              cell: ({ hasCodes }) => (hasCodes ? "已设置" : "还没有设置"),
            },
            {
              title: "办理",
              cell: (account) =>
                account.username === props.ownUsername ? "本人" : <Acts {...account} />,
            },
          ]}
        />
        <p class="quiet">新增人员、调整岗位，请联系系统运维。</p>
      </Card>
    </WorkbenchPage>
  );
}

function Done({ username, act, password }: NonNullable<AccountsPageProps["done"]>) {
  return (
    <section class="notice done-notice" role="status">
      <Tag tone="ok" mark="tick">
        已办好
      </Tag>
      <div>
        <h2>
          {username}：{DONE_WORDS[act]}
        </h2>
        {password !== null && (
          <p>
            初始密码只显示这一次，请当面交给本人：<strong data-initial-password>{password}</strong>
          </p>
        )}
      </div>
    </section>
  );
}

function State({ isDisabled, isPasswordInitial }: StaffAccount) {
  if (isDisabled) {
    return (
      <Tag tone="bad" mark="ring">
        已停用
      </Tag>
    );
  }
  return (
    <Tag tone="ok" mark="full">
      {isPasswordInitial ? "在用，初始密码还没有换" : "在用"}
    </Tag>
  );
}

function Acts({ username, displayName, isDisabled }: StaffAccount) {
  const base = `/review/staff/${username}`;
  return (
    <Disclosure summary={`办理 ${displayName}`}>
      <Form action={`${base}/${isDisabled ? "enable" : "disable"}`} label={`办理 ${displayName}`}>
        <Actions>
          <Button kind={isDisabled ? "plain" : "danger"}>{isDisabled ? "恢复" : "停用"}</Button>
          <Button formAction={`${base}/reset-code`}>重置动态口令</Button>
          <Button formAction={`${base}/reset-password`}>发放初始密码</Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}
