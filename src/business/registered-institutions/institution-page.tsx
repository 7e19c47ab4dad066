import { INSTITUTION_KIND_WORDS } from "#src/accounts/institutions/institution-user.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { Form } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { type InstitutionAct, isPossible } from "./act-on-institution.ts";
import type { KeptBinding, KeptEvent, KeptInstitution } from "./queries.ts";
import { STATE_WORDS } from "./state-words.ts";

/** An act that was refused, with what was typed for it. */
export interface TriedAct {
  /** Which of the page's forms: `suspend-`, `renew-SL0126`. */
  form: string;
  reason: string;
  endsOn: string;
  errors: FormErrors;
}

export interface InstitutionPageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  institution: KeptInstitution;
  tried: TriedAct | null;
  isDone: boolean;
}

/** One institution: what it is, its estates, what was done to it, and what can be done. */
export function InstitutionPage(props: InstitutionPageProps) {
  const { institution, tried, isDone } = props;
  const errors = tried?.errors ?? {};
  return (
    <WorkbenchPage
      {...props}
      title={institution.name}
      current="/review/institutions"
      hasErrors={Object.keys(errors).length > 0}
    >
      <p>
        <a href="/review/institutions">机构</a>
      </p>
      <h1>{institution.name}</h1>
      <ErrorSummary errors={errors} scope={tried?.form} />
      {isDone && tried === null && <Done />}
      <Card
        title="机构信息"
        aside={
          <Tag tone={STATE_WORDS[institution.state].tone}>
            {STATE_WORDS[institution.state].label}
          </Tag>
        }
      >
        <Facts
          facts={[
            { label: "机构类型", value: INSTITUTION_KIND_WORDS[institution.kind] },
            { label: "代码或备案号", value: institution.code },
            { label: "在用的用户", value: `${institution.users} 个` },
            { label: "注册业务单", value: institution.applicationNumber ?? "没有，由管理中心建立" },
          ]}
        />
        <Acts {...props} />
      </Card>
      <Card title="绑定的物业区域">
        {institution.bindings.length === 0 ? (
          <p class="quiet">没有绑定物业区域。</p>
        ) : (
          <ul class="offer-list">
            {institution.bindings.map((binding) => (
              <Binding key={binding.estateCode} {...props} binding={binding} />
            ))}
          </ul>
        )}
      </Card>
      <Card title="办理记录">
        {institution.events.length === 0 ? (
          <p class="quiet">注册以后还没有停用、恢复、注销、终止或延期。</p>
        ) : (
          <Facts facts={institution.events.map(eventFact)} />
        )}
      </Card>
    </WorkbenchPage>
  );
}

function Done() {
  return (
    <section class="notice done-notice" role="status">
      <Tag tone="ok" mark="tick">
        已办好
      </Tag>
    </section>
  );
}

const ACT_WORDS: Readonly<Record<InstitutionAct, { label: string; what: string }>> = {
  suspend: { label: "停用", what: "停用后，正在使用的登录立即结束，机构不能办理业务，绑定保留。" },
  resume: { label: "恢复", what: "恢复后，机构用原来的用户名和密码接着用。" },
  close: {
    label: "注销",
    what: "注销后，正在使用的登录立即结束，绑定全部失效，不能恢复；机构可以重新注册。",
  },
};

function Acts(props: InstitutionPageProps) {
  const { institution } = props;
  const acts = (["suspend", "resume", "close"] as const).filter((act) =>
    isPossible(act, institution.state),
  );
  return (
    <>
      {acts.map((act) => (
        <ActForm
          key={act}
          {...props}
          form={`${act}-`}
          action={`/review/institutions/${institution.id}/${act}`}
          label={ACT_WORDS[act].label}
          what={ACT_WORDS[act].what}
          isDanger={act !== "resume"}
        />
      ))}
    </>
  );
}

interface ActFormProps extends InstitutionPageProps {
  form: string;
  action: string;
  label: string;
  what: string;
  isDanger: boolean;
  asksForDay?: boolean;
}

function ActForm(props: ActFormProps) {
  const { form, action, label, what, tried, isDanger, asksForDay } = props;
  const own = tried?.form === form ? tried : null;
  const errors = own?.errors ?? {};
  return (
    <Disclosure summary={label} isOpen={own !== null}>
      <Form action={action} label={`${label} ${form.split("-")[1] ?? ""}`.trim()}>
        <p class="quiet">{what}</p>
        {asksForDay && (
          <DateField
            name="endsOn"
            scope={form}
            label="新的截止日期"
            value={own?.endsOn ?? ""}
            error={errors["endsOn"]}
          />
        )}
        <TextField
          name="reason"
          scope={form}
          label="原因"
          hint="机构的用户会看到，不要写个人信息"
          value={own?.reason ?? ""}
          error={errors["reason"]}
        />
        <Actions>
          <Button kind={isDanger ? "danger" : "plain"}>{label}</Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}

function Binding(props: InstitutionPageProps & { binding: KeptBinding }) {
  const { binding, institution } = props;
  const base = `/review/institutions/${institution.id}/estates/${binding.estateCode}`;
  const canAct = !binding.isEnded && ["active", "suspended", "expired"].includes(institution.state);
  return (
    <li>
      <div>
        <strong>{binding.estateName}</strong>
        <span class="quiet">{bindingWords(binding)}</span>
        {canAct && binding.endsOn !== null && (
          <ActForm
            {...props}
            form={`renew-${binding.estateCode}`}
            action={`${base}/renew`}
            label={`延期 ${binding.estateName}`}
            what="续签了合同或换届以后延长到新的截止日期；已到期的机构随即可以办理业务。"
            isDanger={false}
            asksForDay
          />
        )}
        {canAct && (
          <ActForm
            {...props}
            form={`end-${binding.estateCode}`}
            action={`${base}/end`}
            label={`终止 ${binding.estateName}`}
            what="终止后，这个机构立即看不到这个物业区域，别的单位可以绑定。不能恢复。"
            isDanger
          />
        )}
      </div>
      {binding.isEnded && <Tag tone="mute">已终止</Tag>}
    </li>
  );
}

function bindingWords({ estateCode, contractNo, startsOn, endsOn }: KeptBinding): string {
  const contract = contractNo === "" ? [] : [`合同 ${contractNo}`];
  const span =
    startsOn === null && endsOn === null
      ? ["没有期限"]
      : [`${startsOn ?? "起始不限"} 至 ${endsOn ?? "没有期限"}`];
  return [estateCode, ...contract, ...span].join("，");
}

const EVENT_WORDS: Readonly<Record<KeptEvent["act"], string>> = {
  suspended: "停用",
  resumed: "恢复",
  closed: "注销",
  expired: "到期自动限制",
  "binding-ended": "终止绑定",
  "binding-renewed": "延期",
};

function eventFact({ act, at, actor, reason, estateName }: KeptEvent) {
  const who = actor === "system" ? "系统" : actor.replace(/^staff:/, "工作人员 ");
  const estate = estateName === null ? "" : ` ${estateName}`;
  return {
    label: formatShanghaiTime(at),
    value: `${EVENT_WORDS[act]}${estate}：${reason}（${who}）`,
  };
}
