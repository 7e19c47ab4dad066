import { groupNumber } from "#src/kernel/application-number.ts";
import { formatDayInSentence, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Confirmation } from "#src/ui/box/confirmation.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { NextStep } from "#src/ui/box/next-step.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button, ButtonLink, CopyButton } from "#src/ui/form/button.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { ApplicationNumber } from "#src/ui/progress/application-number.tsx";
import { Steps } from "#src/ui/progress/steps.tsx";
import {
  ALL_REGISTRATIONS,
  APPLICATION_SLIP,
  REGISTRATIONS,
  type Registration,
  SLIP_TITLE,
} from "./descriptor.ts";
import type { ListedDraft } from "./drafts.ts";
import { STEPS } from "./form-pages.tsx";
import { REVIEW_DAYS } from "./review-stages.ts";

export interface RegisterPageProps {
  shell: PageShell;
  drafts: readonly ListedDraft[];
  /** A code just brought them to this browser. */
  isBrought: boolean;
  /** Whether text messages leave the house: else none is promised. */
  isSmsAvailable: boolean;
}

/** 注册: three entries, each with what it needs (manual, D1). */
export function RegisterPage({ shell, drafts, isBrought, isSmsAvailable }: RegisterPageProps) {
  const result = isSmsAvailable ? "结果用短信告诉联系人" : "结果用业务单编号在本站查看";
  return (
    <Page shell={shell} title="注册" current="register" crumbs={[{ title: "注册" }]} isPrivate>
      <Steps steps={STEPS} current={1} />
      <PageHead title="注册">
        机构注册，请选您的单位。{`提交后 ${REVIEW_DAYS} 个工作日内审核，${result}。`}
      </PageHead>
      {drafts.length > 0 && <Drafts drafts={drafts} isBrought={isBrought} />}
      {ALL_REGISTRATIONS.map((registration) => (
        <Entry key={registration.kind} registration={registration} />
      ))}
      <Card title="填到一半，换了手机或电脑？">
        <p>
          {isSmsAvailable ? (
            <>
              保存过的表单 30 天内可以接着填：<a href="/register/continue">用联系人手机继续填写</a>
              。
            </>
          ) : (
            "保存过的表单，30 天内用原来的手机或电脑打开本页接着填；换了的，请重新填写。"
          )}
          已经提交的，用业务单编号 <a href="/status">查进度</a>。
        </p>
      </Card>
      <p class="quiet">
        业主不用在这里注册：
        {isSmsAvailable ? (
          <>
            用手机号 <a href="/sign-in">登录</a> 就有账户。
          </>
        ) : (
          <>
            交款、退款、查询不登录也能办，<a href="/owner-service">按地址找房屋</a>。
          </>
        )}
      </p>
    </Page>
  );
}

const ESTATES_NEEDED: Readonly<Record<Registration["estates"], string>> = {
  optional: "项目所在的物业区域（可以以后添加）",
  several: "管理的物业区域，每个的合同编号、起止日期和服务类型",
  one: "所在的物业区域和任期",
};

function Entry({ registration }: { registration: Registration }) {
  const { title, who, path, documents, estates, institution } = registration;
  const code =
    institution === "committee" ? "统一社会信用代码，没有的用备案号" : "统一社会信用代码";
  return (
    <Card>
      <div class="prose">
        <div>
          <h2>
            <a href={path}>{title}</a>
          </h2>
          <p>{who}。</p>
          <p class="quiet">
            要准备：{code}；{ESTATES_NEEDED[estates]}；要件的照片或扫描件。{REVIEW_DAYS}{" "}
            个工作日办好。
          </p>
        </div>
        <Disclosure summary={`要件清单（${documents.length} 种）`}>
          <ul>
            {documents.map(({ code: paper, title: name, isRequired, hint }) => (
              <li key={paper}>
                {name}
                {isRequired ? "" : "（可不交）"}
                {hint && <span class="quiet">，{hint}</span>}
              </li>
            ))}
          </ul>
        </Disclosure>
      </div>
    </Card>
  );
}

function Drafts({ drafts, isBrought }: Pick<RegisterPageProps, "drafts" | "isBrought">) {
  return (
    <Card title={isBrought ? "找到了您没有提交的表单" : "您没有提交的表单"}>
      <ul class="offer-list">
        {drafts.map((draft) => {
          const { path, title } = REGISTRATIONS[draft.kind];
          const name = draft.name === "" ? "还没有填名称" : draft.name;
          return (
            <li key={draft.submissionKey}>
              <span>
                <strong>{title}</strong>
                <span class="quiet">
                  {name}，{formatDayInSentence(shanghaiDate(draft.savedAt))}保存
                </span>
              </span>
              <ButtonLink href={`${path}?form=${draft.submissionKey}`} kind="primary">
                接着填写
              </ButtonLink>
              <Form action="/register/drafts/remove" label={`删除 ${name}`}>
                <HiddenField name="submissionKey" value={draft.submissionKey} />
                <Button kind="text">
                  删除<span class="heard"> {name} 的表单</span>
                </Button>
              </Form>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

export interface RegisteredPageProps {
  shell: PageShell;
  registration: Registration;
  number: string;
  state: { label: string; tone: "ok" | "wait" | "bad" | "mute" };
  institutionName: string;
  username: string;
  /** The day by which the first look is done. */
  promisedWords: string;
  /** Who already works for the estates, in sentences. */
  conflicts: readonly string[];
  /** Whether text messages leave the house: else none is promised. */
  isSmsAvailable: boolean;
}

/** Step five: 注册成功, with number, 待审核, what comes next and by when (manual, D4). */
export function RegisteredPage(props: RegisteredPageProps) {
  const { shell, number, state, registration, conflicts, isSmsAvailable } = props;
  return (
    <Page
      shell={shell}
      title={`${registration.title}成功`}
      current="register"
      crumbs={[{ title: "注册", href: "/register" }, { title: "注册成功" }]}
      isPrivate
    >
      <Steps steps={STEPS} current={3} />
      <Confirmation title="注册成功">
        <p>
          {props.institutionName}的注册已经提交，{state.label}。{REVIEW_DAYS}{" "}
          {isSmsAvailable
            ? "个工作日内短信告诉您结果。"
            : "个工作日内办好。本站没有接通短信，请用下面的编号来看结果。"}
        </p>
      </Confirmation>
      <Card title="业务单编号" aside={<Tag tone={state.tone}>{state.label}</Tag>}>
        <p>
          <ApplicationNumber number={number as never} />
        </p>
        <Actions>
          <CopyButton text={number}>复制编号</CopyButton>
        </Actions>
        <p class="quiet">请记下编号 {groupNumber(number)}，查进度、补正都用它。</p>
      </Card>
      <NextStep turn="ours" title="维修资金管理中心审核">
        <p>
          先核对填写的内容和要件，再审批{props.promisedWords}
          。要补正的，{isSmsAvailable ? "短信会告诉您" : "办理进度里会写明"}
          ，编号不变。批准以后，用用户名 {props.username}{" "}
          从“机构登录”进入系统；在此之前登录，只能看进度和补正。
        </p>
        {conflicts.map((sentence) => (
          <p key={sentence}>请注意：{sentence}。原来的合同或任期终止以后才能批准。</p>
        ))}
        <Actions>
          <ButtonLink href={`/applications/${number}`} kind="primary">
            查看办理进度
          </ButtonLink>
          <ButtonLink
            href={`/applications/${number}/slips/${APPLICATION_SLIP}`}
            icon="print"
            opensNewTab
          >
            {SLIP_TITLE}
          </ButtonLink>
        </Actions>
      </NextStep>
    </Page>
  );
}
