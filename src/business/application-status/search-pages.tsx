import { Card } from "#src/ui/box/card.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { SearchBar } from "#src/ui/form/search-bar.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

export interface StatusSearchPageProps {
  shell: PageShell;
  typed: string;
  /** What is wrong with the number, or null before anything was typed. */
  sentence: string | null;
}

/** 业务受理状态查询: the search itself, and what to do when it found nothing. */
export function StatusSearchPage({ shell, typed, sentence }: StatusSearchPageProps) {
  return (
    <Page
      shell={shell}
      title="业务受理状态查询"
      description="输入单据上的 18 位业务单编号，看维修资金业务办到哪一步、还差什么、几号办好。"
      crumbs={[{ title: "业务受理状态查询" }]}
      hasErrors={sentence !== null}
      layout="narrow"
    >
      <PageHead title="业务受理状态查询">
        输入单据上的 18 位业务单编号，看办到哪一步、还差什么、几号办好。
      </PageHead>
      {sentence !== null && <ErrorSummary errors={{ "": sentence }} />}
      <SearchBar
        id="status"
        action="/status"
        name="number"
        label="业务单编号"
        placeholder="18 位业务单编号"
        inputMode="numeric"
        value={typed}
        hasWord
        hasFocus={sentence === null}
      />
      <Card title="编号在哪里？">
        <p>
          提交业务后页面上显示的 18
          位数字就是业务单编号，交款通知单和申请单上印在“单号”一栏，二维码旁边。
        </p>
        <p>
          找不到单据的，登录后在<a href="/me/applications">我的业务</a>里看；也可以重新提交，或打{" "}
          <a href="tel:12345">12345</a> 询问。
        </p>
      </Card>
    </Page>
  );
}

/** A number that is in order but belongs to nothing that anyone may see. */
export function UnknownNumberPage({ shell, typed }: { shell: PageShell; typed: string }) {
  return (
    <StatusSearchPage
      shell={shell}
      typed={typed}
      sentence="没有这个业务单编号。请核对 18 位数字，看是不是抄错了"
    />
  );
}
