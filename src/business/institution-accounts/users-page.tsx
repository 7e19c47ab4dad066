import type { SentForm } from "#src/platform/http/form.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { UserAct } from "./change-users.ts";
import type { ListedUser } from "./queries.ts";

export interface UsersPageProps {
  shell: PageShell;
  person: InstitutionPerson;
  /** Nobody acts on his own account. */
  ownUsername: string;
  users: readonly ListedUser[];
  /** What was typed into the invitation. */
  typed: SentForm;
  errors: FormErrors;
  /** What was just done, and the password that is shown once. */
  done: { username: string; act: UserAct | "invite"; password: string | null } | null;
}

const DONE_WORDS: Readonly<Record<UserAct | "invite", string>> = {
  invite: "已添加，第一次登录时本人另设密码",
  disable: "已停用，正在使用的登录已经结束",
  enable: "已恢复",
  "reset-password": "已发放初始密码，下次登录时本人另设密码",
};

/** 人员账号: who of the institution signs in, and what its administrator can do about it. */
export function UsersPage(props: UsersPageProps) {
  const { shell, person, users, typed, errors, done } = props;
  return (
    <InstitutionPage
      shell={shell}
      person={person}
      title="人员账号"
      current="/workbench/users"
      hasErrors={Object.keys(errors).length > 0}
    >
      <h1>人员账号</h1>
      <ErrorSummary errors={errors} />
      {done && <Done {...done} />}
      <Card title="本单位的账号" id="users">
        <Table
          caption="本单位能登录的人"
          hidesCaption
          kind="register"
          rows={users}
          rowKey={({ username }) => username}
          columns={[
            { title: "用户名", isRowHeader: true, cell: ({ username }) => username },
            { title: "姓名", cell: ({ name }) => name },
            { title: "手机号码", isWhole: true, cell: ({ phone }) => phone },
            { title: "身份", cell: ({ isAdmin }) => (isAdmin ? "管理员" : "经办人") },
            { title: "账号", cell: (user) => <State {...user} /> },
            {
              title: "办理",
              cell: (user) => (user.username === props.ownUsername ? "本人" : <Acts {...user} />),
            },
          ]}
        />
      </Card>
      <Card title="添加人员" id="invite">
        <Form action="/workbench/users" label="添加人员">
          <TextField
            name="username"
            label="用户名"
            hint="字母开头，4 到 20 位字母、数字、下划线或短横线"
            width="medium"
            value={typed["username"]}
            error={errors["username"]}
          />
          <TextField
            name="personName"
            label="姓名"
            width="medium"
            value={typed["personName"]}
            error={errors["personName"]}
          />
          <TextField
            name="phone"
            label="手机号码"
            type="tel"
            inputMode="tel"
            width="medium"
            value={typed["phone"]}
            error={errors["phone"]}
          />
          <Choices
            name="isAdmin"
            label="身份"
            value={typed["isAdmin"] ?? ""}
            error={errors["isAdmin"]}
            options={[
              { value: "", label: "经办人" },
              { value: "yes", label: "管理员，可以管人员和单位资料" },
            ]}
          />
          <Actions>
            <Button kind="primary">添加</Button>
          </Actions>
        </Form>
      </Card>
    </InstitutionPage>
  );
}

function Done({ username, act, password }: NonNullable<UsersPageProps["done"]>) {
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

function State({ isDisabled, isPasswordInitial }: ListedUser) {
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

function Acts({ username, name, isDisabled }: ListedUser) {
  const base = `/workbench/users/${username}`;
  return (
    <Disclosure summary={`办理 ${name}`}>
      <Form action={`${base}/${isDisabled ? "enable" : "disable"}`} label={`办理 ${username}`}>
        <Actions>
          <Button kind={isDisabled ? "plain" : "danger"}>{isDisabled ? "恢复" : "停用"}</Button>
          <Button formAction={`${base}/reset-password`}>发放初始密码</Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}
