import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { Table } from "#src/ui/list/table.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import type { TellerAccount } from "./queries.ts";

export interface TellersPageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  /** As it stands beside a request: who asked cannot do it as well. */
  ownActor: string;
  tellers: readonly TellerAccount[];
  areCodesOn: boolean;
  /** What was just done: ask, do, withdraw; anything else says nothing. */
  done: string | null;
  errors: FormErrors;
  now: Date;
}

const DONE_WORDS: Readonly<Record<string, string>> = {
  ask: "已申请重置，请另一位管理员在 24 小时内确认",
  do: "动态口令已重置，柜员下次登录时用自己的密码重新添加验证器",
  withdraw: "重置申请已撤回",
};

/** The banks' tellers: whether their codes are set up, and resetting one with four eyes. */
export function TellersPage(props: TellersPageProps) {
  const { tellers, errors } = props;
  const done = props.done === null ? undefined : DONE_WORDS[props.done];
  return (
    <WorkbenchPage
      {...props}
      title="银行柜员"
      current="/review/tellers"
      hasErrors={Object.keys(errors).length > 0}
    >
      <h1>银行柜员</h1>
      <ErrorSummary errors={errors} />
      {done !== undefined && <Done words={done} />}
      {!props.areCodesOn && (
        <Notice title="柜员登录现在只用密码" tone="wait">
          <p>动态口令由运维人员开启（TELLER_CODES=on），开启以后柜员首次登录时设置。</p>
        </Notice>
      )}
      <Card>
        <Table
          caption="各银行的柜员"
          hidesCaption
          kind="register"
          rows={tellers}
          rowKey={({ username }) => username}
          columns={[
            { title: "用户名", isRowHeader: true, cell: ({ username }) => username },
            { title: "柜员", cell: (teller) => `${teller.displayName}（${teller.tellerNo}）` },
            { title: "网点", cell: (teller) => `${teller.bankName} ${teller.branchName}` },
            { title: "动态口令", cell: (teller) => <State {...teller} /> },
            { title: "办理", cell: (teller) => <Acts {...props} teller={teller} /> },
          ]}
        />
        <p class="quiet">
          重置须先核实是柜员本人，由两位管理员办理：一位申请，另一位在 24
          小时内确认。新增柜员，请联系系统运维。
        </p>
      </Card>
    </WorkbenchPage>
  );
}

function Done({ words }: { words: string }) {
  return (
    <section class="notice done-notice" role="status">
      <Tag tone="ok" mark="tick">
        已办好
      </Tag>
      <h2>{words}</h2>
    </section>
  );
}

function State({ isDisabled, hasCode }: TellerAccount) {
  if (isDisabled) {
    return (
      <Tag tone="bad" mark="ring">
        已停用
      </Tag>
    );
  }
  return hasCode ? "已设置" : "还没有设置";
}

const DAY_MS = 24 * 3_600_000;

function Acts({ teller, ownActor, now }: TellersPageProps & { teller: TellerAccount }) {
  const { username, displayName, hasCode, resetAskedBy, resetAskedAt } = teller;
  const base = `/review/tellers/${username}`;
  const isAsked = resetAskedAt !== null && now.getTime() - resetAskedAt.getTime() < DAY_MS;
  if (!isAsked) {
    return hasCode ? (
      <Form action={`${base}/ask-reset`} label={`办理 ${displayName}`}>
        <Button>申请重置动态口令</Button>
      </Form>
    ) : (
      "–"
    );
  }
  const isOwn = resetAskedBy === ownActor;
  return (
    <Form action={`${base}/${isOwn ? "withdraw-reset" : "reset"}`} label={`办理 ${displayName}`}>
      <p class="small">
        {isOwn ? "您" : (resetAskedBy ?? "").replace("staff:", "")}于{" "}
        {formatShanghaiTime(resetAskedAt)} 申请重置，待{isOwn ? "另一位管理员" : "您"}确认
      </p>
      <Actions>
        {!isOwn && <Button kind="danger">确认重置</Button>}
        <Button formAction={`${base}/withdraw-reset`}>撤回申请</Button>
      </Actions>
    </Form>
  );
}
