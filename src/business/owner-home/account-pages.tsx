import { HomeFrame } from "#src/accounts/owners/home-frame.tsx";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import type { ListedSession } from "#src/platform/sessions.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { CheckField } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
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

interface FormPageProps {
  shell: PageShell;
  errors: FormErrors;
}

function hasErrors(errors: FormErrors): boolean {
  return Object.keys(errors).length > 0;
}

/** 更换手机号码: the new number, to which a code goes. */
export function NewPhonePage({
  shell,
  errors,
  typed,
  isSmsAvailable,
}: FormPageProps & { typed: string; isSmsAvailable: boolean }) {
  return (
    <HomeFrame
      shell={shell}
      title="更换手机号码"
      current="/me/account"
      isBelow
      hasErrors={hasErrors(errors)}
    >
      <ErrorSummary errors={errors} />
      {isSmsAvailable ? (
        <Form action="/me/account/phone">
          <Card>
            <TextField
              name="phone"
              label="新的手机号码"
              hint="我们往这个号码发动态密码，收到并填上才算换好"
              type="tel"
              inputMode="tel"
              autocomplete="tel"
              width="short"
              value={typed}
              error={errors["phone"]}
            />
            <Actions>
              <Button kind="primary">获取动态密码</Button>
              <a href="/me/account">返回账户与登录</a>
            </Actions>
          </Card>
        </Form>
      ) : (
        <Notice title="现在不能发短信，换不了手机号码" tone="wait">
          <p>请带身份证到维修资金管理中心窗口办理，或打 12345。</p>
        </Notice>
      )}
    </HomeFrame>
  );
}

/** The code that went to the new number. */
export function NewPhoneCodePage({
  shell,
  errors,
  maskedPhone,
}: FormPageProps & { maskedPhone: string }) {
  return (
    <HomeFrame
      shell={shell}
      title="填写动态密码"
      lead={`已发到 ${maskedPhone}，5 分钟内有效`}
      current="/me/account"
      isBelow
      hasErrors={hasErrors(errors)}
    >
      <ErrorSummary errors={errors} />
      <Form action="/me/account/phone/code">
        <Card>
          <TextField
            name="code"
            label="动态密码"
            hint="短信里的 6 位数字"
            inputMode="numeric"
            autocomplete="one-time-code"
            width="short"
            error={errors["code"]}
          />
          <Actions>
            <Button kind="primary">更换手机号码</Button>
            <a href="/me/account/phone">没有收到，重新获取</a>
          </Actions>
        </Card>
      </Form>
    </HomeFrame>
  );
}

export interface PasswordPageProps extends FormPageProps {
  username: string;
  /** What is asked of a password, before anything is typed. */
  hint: string;
}

/** User name and password, for signing in without a text message. */
export function PasswordPage({ shell, errors, username, hint }: PasswordPageProps) {
  return (
    <HomeFrame
      shell={shell}
      title="设置用户名和密码"
      lead="设好以后，没有手机也能登录。保存时其他地方的登录会退出"
      current="/me/account"
      isBelow
      hasErrors={hasErrors(errors)}
    >
      <ErrorSummary errors={errors} />
      <Form action="/me/account/password">
        <Card>
          <TextField
            name="username"
            label="用户名"
            hint="4 到 20 位字母、数字、- 或 _，以字母开头"
            autocomplete="username"
            width="medium"
            value={username}
            error={errors["username"]}
          />
          <TextField
            name="password"
            label="新密码"
            hint={hint}
            type="password"
            autocomplete="new-password"
            width="medium"
            error={errors["password"]}
          />
          <TextField
            name="passwordAgain"
            label="再填一次新密码"
            type="password"
            autocomplete="new-password"
            width="medium"
            error={errors["passwordAgain"]}
          />
          <Actions>
            <Button kind="primary">保存</Button>
            <a href="/me/account">返回账户与登录</a>
          </Actions>
        </Card>
      </Form>
    </HomeFrame>
  );
}

/** 注销账户: what it means, and a box to tick. */
export function ClosePage({ shell, errors }: FormPageProps) {
  return (
    <HomeFrame
      shell={shell}
      title="注销账户"
      current="/me/account"
      isBelow
      hasErrors={hasErrors(errors)}
    >
      <ErrorSummary errors={errors} />
      <Form action="/me/account/close">
        <Card>
          <p>
            注销以后，账户的姓名、手机号、用户名和房屋关联都删除，不能恢复；所有登录都退出。房屋登记、维修资金和已经提交的业务不受影响。
          </p>
          <CheckField name="isSure" label="我知道注销不能恢复" error={errors["isSure"]} />
          <Actions>
            <Button kind="danger">注销账户</Button>
            <a href="/me/account">返回账户与登录</a>
          </Actions>
        </Card>
      </Form>
    </HomeFrame>
  );
}
