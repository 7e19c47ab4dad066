import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { OBJECTION_WAYS } from "./objections.ts";
import type { QuestionGroup } from "./questions.ts";

/** 常见问题: every question in its group, its answer one step away. */
export function QuestionsPage({
  shell,
  groups,
}: {
  shell: PageShell;
  groups: readonly QuestionGroup[];
}) {
  const crumbs = [{ title: "帮助", href: "/help" }, { title: "常见问题" }];
  return (
    <Page
      shell={shell}
      title="常见问题"
      description="交款、退款、查询、登录遇到的常见问题和回答：通知单过期、收不到验证码、不会用电脑怎么办。"
      crumbs={crumbs}
      layout="narrow"
    >
      <PageHead title="常见问题">点问题看回答。</PageHead>
      {groups.map((group) => (
        <Card key={group.id} title={group.title} id={group.id}>
          {group.questions.map(({ question, answer, links = [] }) => (
            <Disclosure key={question} summary={question}>
              <p>{answer}</p>
              {links.map(([words, href]) => (
                <p key={href}>
                  <a href={href}>{words}</a>
                </p>
              ))}
            </Disclosure>
          ))}
        </Card>
      ))}
      <CallOn />
    </Page>
  );
}

/** 意见、投诉与复核: what to do about wrong figures, slow work, bad service, and a result one does not accept. */
export function ObjectionsPage({ shell }: { shell: PageShell }) {
  const crumbs = [{ title: "帮助", href: "/help" }, { title: "意见、投诉与复核" }];
  return (
    <Page
      shell={shell}
      title="意见、投诉与复核"
      description="对账目、办理时间或审核结果有意见的，怎样提意见、投诉和申请复核，找谁、多久有答复、依据是什么。"
      crumbs={crumbs}
      layout="narrow"
    >
      <PageHead title="意见、投诉与复核">账不对、办得慢、不同意结果，都有地方说。</PageHead>
      {OBJECTION_WAYS.map(({ id, title, what, steps, basis }) => (
        <Card key={id} title={title} id={id}>
          <p>{what}</p>
          <div class="prose after-lines">
            <ul>
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ul>
          </div>
          {basis && <p class="quiet after-lines">依据：{basis}</p>}
        </Card>
      ))}
      <CallOn />
    </Page>
  );
}

function CallOn() {
  return (
    <Actions>
      <ButtonLink href="tel:12345" icon="phone" isLarge>
        打 12345 找人帮办
      </ButtonLink>
      <ButtonLink href="/help" kind="text">
        返回帮助
      </ButtonLink>
    </Actions>
  );
}
