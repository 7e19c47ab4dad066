import { Card } from "#src/ui/box/card.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { SessionList, type ShownSession } from "#src/ui/list/session-list.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

/** 我的登录: where the visitor is signed in, and the way to end each of it. */
export function SessionsPage(props: {
  shell: PageShell;
  person: InstitutionPerson;
  sessions: readonly ShownSession[];
}) {
  const { shell, person, sessions } = props;
  return (
    <InstitutionPage shell={shell} person={person} title="我的登录" current="/workbench/sessions">
      <h1>我的登录</h1>
      <Card>
        <SessionList
          sessions={sessions}
          endAction="/workbench/sessions/end"
          endOthersAction="/workbench/sessions/end-others"
        />
        <p class="quiet">有不认识的登录，请先退出它，再请本单位管理员发放初始密码，换一个密码。</p>
      </Card>
    </InstitutionPage>
  );
}
