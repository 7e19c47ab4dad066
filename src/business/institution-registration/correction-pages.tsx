import type { ComponentChildren } from "preact";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { ContactCard, type ContactCardProps } from "./contact-card.tsx";
import { EstatesCard } from "./estates-card.tsx";
import { AccountCard, DocumentsCard, FirstButton, InstitutionCard } from "./form-cards.tsx";

const TITLE = "补正材料";

export interface CorrectionPageProps extends ContactCardProps {
  shell: PageShell;
  number: string;
  institutionName: string;
  /** What the fund centre wants to be put right. */
  wishes: readonly string[];
  /** Whoever signed in for the institution; null for an applicant who proved to be it. */
  person: InstitutionPerson | null;
}

/** 补正: the same form under the same number, without user name and password, which stay. */
export function CorrectionPage(props: CorrectionPageProps) {
  const { action, errors, number, person } = props;
  const back = person === null ? `/applications/${number}` : "/workbench/registration";
  return (
    <Frame {...props}>
      <ErrorSummary errors={errors} />
      <Notice title="请补正下面的内容" tone="wait">
        {props.wishes.map((wish) => (
          <p key={wish}>{wish}</p>
        ))}
        <p>业务单编号不变，登录用户名和密码不变。</p>
      </Notice>
      <Form action={action} hasFiles>
        <FirstButton />
        <InstitutionCard {...props} />
        <ContactCard {...props} />
        <AccountCard {...props} />
        <EstatesCard {...props} />
        <DocumentsCard {...props} />
        <Actions>
          <Button kind="primary" isLarge>
            提交
          </Button>
          <a href={back}>返回</a>
        </Actions>
      </Form>
    </Frame>
  );
}

function Frame(props: CorrectionPageProps & { children: ComponentChildren }) {
  const { shell, person, number, institutionName, children } = props;
  const hasErrors = Object.keys(props.errors).length > 0;
  if (person !== null) {
    return (
      <InstitutionPage
        shell={shell}
        title={TITLE}
        person={person}
        current="/workbench/registration"
        hasErrors={hasErrors}
        isRestricted
      >
        <h1>{TITLE}</h1>
        {children}
      </InstitutionPage>
    );
  }
  return (
    <Page
      shell={shell}
      title={TITLE}
      crumbs={[{ title: "业务单", href: `/applications/${number}` }, { title: TITLE }]}
      hasErrors={hasErrors}
      isPrivate
    >
      <PageHead title={TITLE}>{institutionName}</PageHead>
      {children}
    </Page>
  );
}
