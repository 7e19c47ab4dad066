import { groupNumber } from "#src/kernel/application-number.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Explanation } from "#src/ui/box/explanation.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

export interface CancelPageProps {
  shell: PageShell;
  /** The business in the manual's words. */
  title: string;
  number: string;
  facts: readonly (readonly [label: string, value: string])[];
  consequence: string;
  /** Why it cannot be taken back, or null where it can. */
  refusal: string | null;
}

/** Asks once more before an application is taken back, and says what that means. */
export function CancelPage(props: CancelPageProps) {
  const { shell, title, number, facts, refusal } = props;
  return (
    <Page
      shell={shell}
      title={`撤销${title}`}
      crumbs={[{ title: "业务单", href: `/applications/${number}` }, { title: "撤销" }]}
      layout="narrow"
      isPrivate
      hasErrors={refusal !== null}
    >
      <PageHead title={refusal === null ? "要撤销这笔业务吗？" : "没有撤销"} />
      {refusal !== null && <ErrorSummary errors={{ "": refusal }} />}
      <Card title={title}>
        <Facts
          facts={[
            { label: "业务单编号", value: groupNumber(number) },
            ...facts.map(([label, value]) => ({ label, value })),
          ]}
        />
      </Card>
      {refusal === null ? <Ask {...props} /> : <Back number={number} />}
    </Page>
  );
}

function Ask({ number, consequence }: CancelPageProps) {
  return (
    <>
      <Explanation>
        <p>{consequence}。</p>
      </Explanation>
      <Form action={`/applications/${number}/cancel`}>
        <Actions>
          <Button kind="danger">撤销这笔业务</Button>
          <a href={`/applications/${number}`}>不撤销，返回业务单</a>
        </Actions>
      </Form>
    </>
  );
}

function Back({ number }: { number: string }) {
  return (
    <Actions>
      <ButtonLink href={`/applications/${number}`} kind="primary">
        看办理进度
      </ButtonLink>
    </Actions>
  );
}
