import {
  INSTITUTION_KIND_WORDS,
  type InstitutionState,
} from "#src/accounts/institutions/institution-user.ts";
import type { ApplicationStory } from "#src/applications/descriptor.ts";
import { Card } from "#src/ui/box/card.tsx";
import { NextStep } from "#src/ui/box/next-step.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { InstitutionPage, type InstitutionPerson } from "#src/ui/institution-page.tsx";
import { Columns } from "#src/ui/layout.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { ApplicationNumber } from "#src/ui/progress/application-number.tsx";
import { Timeline } from "#src/ui/progress/timeline.tsx";

export interface OwnRegistrationPageProps {
  shell: PageShell;
  person: InstitutionPerson;
  state: InstitutionState;
  /** Null for an institution that the fund centre set up without a registration. */
  application: { number: string; story: ApplicationStory } | null;
  /** Why it was suspended, closed or expired; "" for none. */
  reason: string;
  /** Where its administrator corrects the registration; null when it is not his turn. */
  correctionHref: string | null;
}

/** An institution's own registration: where it is, what comes next, why it does not work. */
export function OwnRegistrationPage(props: OwnRegistrationPageProps) {
  const { shell, person, application } = props;
  return (
    <InstitutionPage
      shell={shell}
      title="机构注册"
      person={person}
      current="/workbench/registration"
      isRestricted={props.state !== "active"}
    >
      <h1>机构注册</h1>
      {application === null ? (
        <>
          <Standing {...props} />
          <Card title="机构信息">
            <Facts
              facts={[
                { label: "机构类型", value: INSTITUTION_KIND_WORDS[person.kind] },
                { label: "机构名称", value: person.institutionName },
              ]}
            />
          </Card>
        </>
      ) : (
        <Columns side={<Progress story={application.story} />}>
          <Standing {...props} />
          <Card title="业务单编号">
            <p>
              <ApplicationNumber number={application.number as never} />
            </p>
            <p class="quiet">
              <a href={`/applications/${application.number}`}>打开业务单</a>
              ，没有办完的可以在那里撤销。
            </p>
          </Card>
          <Card title="注册信息">
            <Facts facts={application.story.facts.map(([label, value]) => ({ label, value }))} />
          </Card>
        </Columns>
      )}
    </InstitutionPage>
  );
}

/** What the institution's state means, and what there is to do. */
function Standing(props: OwnRegistrationPageProps) {
  const why = props.reason === "" ? null : <p>原因：{props.reason}</p>;
  switch (props.state) {
    case "active":
      return (
        <Notice title="注册已通过" icon="check">
          <p>可以办理业务。机构信息变了的，请在系统里申请变更。</p>
          <Actions>
            <ButtonLink href="/workbench" kind="primary">
              进入系统
            </ButtonLink>
          </Actions>
        </Notice>
      );
    case "expired":
      return (
        <Notice title="绑定的物业区域已到期" tone="wait">
          {why}
          <p>
            到期以后不能办理业务，已经办理的不受影响。续签了合同或换届了的，
            {props.person.isAdmin ? "请申请变更" : "请本单位的管理员登录后申请变更"}
            ，填新的日期，上传新的合同或备案证明；也可以带材料到维修资金管理中心窗口办理。批准以后，用原来的用户名和密码接着用。
          </p>
          {props.person.isAdmin && (
            <Actions>
              <ButtonLink href="/workbench/profile/change" kind="primary">
                申请变更
              </ButtonLink>
            </Actions>
          )}
        </Notice>
      );
    case "suspended":
      return (
        <Notice title="账号已停用" tone="bad">
          {why}
          <p>
            停用期间不能办理业务。有疑问的，请联系维修资金管理中心，或打{" "}
            <a href="tel:12345">12345</a>。
          </p>
        </Notice>
      );
    case "closed":
      return (
        <Notice title="账号已注销" tone="bad">
          {why}
          <p>
            要重新使用的，请<a href="/register">重新注册</a>。
          </p>
        </Notice>
      );
    default:
      return props.application && <Next {...props} story={props.application.story} />;
  }
}

function Next({ story, correctionHref }: OwnRegistrationPageProps & { story: ApplicationStory }) {
  const { next } = story;
  return (
    <NextStep turn={next.who === "us" ? "ours" : "yours"} title={next.title}>
      <p>{next.text}。</p>
      {(story.corrections ?? []).length > 0 && (
        <ul>
          {story.corrections?.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
      {correctionHref !== null && (
        <Actions>
          <ButtonLink href={correctionHref} kind="primary">
            补正
          </ButtonLink>
        </Actions>
      )}
      {story.links?.map(({ href, words }) => (
        <p key={href}>
          <a href={href}>{words}</a>
        </p>
      ))}
    </NextStep>
  );
}

function Progress({ story }: { story: ApplicationStory }) {
  return (
    <Card title="办理进度" aside={<Tag tone={story.state.tone}>{story.state.label}</Tag>}>
      <Timeline
        steps={story.timeline.map((step) => ({
          state: step.state,
          what: step.label,
          when: step.detail,
        }))}
      />
    </Card>
  );
}
