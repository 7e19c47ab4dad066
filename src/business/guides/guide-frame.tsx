import type { ComponentChildren } from "preact";
import type { DocumentRule } from "#src/applications/descriptor.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Actions, ButtonLink, PrintButton } from "#src/ui/form/button.tsx";
import { Columns, Page, PageHead } from "#src/ui/layout.tsx";
import { type Fact, Facts } from "#src/ui/list/facts.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

export interface GuideFrameProps {
  shell: PageShell;
  /** The business in the manual's words. */
  title: string;
  lead: string;
  /** Who, what to bring, how long, what one gets. */
  facts: readonly Fact[];
  /** Where it is done, and the button's words. */
  act: { href: string; words: string };
  children: ComponentChildren;
}

/** What every guide looks like: its cards, beside them the facts at a glance, below them the way in. */
export function GuideFrame({ shell, title, lead, facts, act, children }: GuideFrameProps) {
  const crumbs = [{ title: "办事指南", href: "/guides" }, { title }];
  const glance = (
    <Card title="一看就懂">
      <Facts facts={facts} />
    </Card>
  );
  return (
    <Page shell={shell} title={`${title}办事指南`} current="guides" crumbs={crumbs}>
      <PageHead title={title}>{lead}</PageHead>
      <Columns side={glance}>{children}</Columns>
      <Actions>
        <ButtonLink href={act.href} kind="primary" isLarge>
          {act.words}
        </ButtonLink>
        <PrintButton>打印指南</PrintButton>
      </Actions>
    </Page>
  );
}

/** One step: what it is called, and what to do. */
export type GuideStep = readonly [title: string, text: string];

/** The steps of a business, numbered. */
export function GuideSteps({ title, steps }: { title: string; steps: readonly GuideStep[] }) {
  return (
    <Card title={title}>
      <ol class="numbered">
        {steps.map(([name, text]) => (
          <li key={name}>
            <h3>{name}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The papers of a business as a list; what only some need says who. */
export function PaperList({ papers }: { papers: readonly DocumentRule[] }) {
  return (
    <div class="prose">
      <ul>
        {papers.map(({ code, title, hint, isRequired }) => (
          <li key={code}>
            {title}
            {!isRequired && "（需要时）"}
            {hint && `：${hint}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
