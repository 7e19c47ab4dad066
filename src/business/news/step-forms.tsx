import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { DateField } from "#src/ui/form/date-field.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextArea, TextField } from "#src/ui/form/text-field.tsx";
import { isOut } from "./article-states.ts";
import type { ArticleVersion, DeskLine } from "./desk-queries.ts";

/** What was typed into the forms of the steps, as it was typed. */
export interface TypedSteps {
  timing: string;
  day: string;
  time: string;
  returnReason: string;
  withdrawReason: string;
}

export interface StepFormsProps {
  article: DeskLine & ArticleVersion;
  now: Date;
  isOwn: boolean;
  typed: TypedSteps;
  errors: FormErrors;
}

/** What can be done with an article now, by whoever looks: each step a form of its own. */
export function StepForms(props: StepFormsProps) {
  const { article, isOwn, errors, typed } = props;
  return (
    <>
      {article.state === "draft" && <Submit {...props} />}
      {article.state === "submitted" && (isOwn ? <Waiting /> : <Publish {...props} />)}
      {article.state === "submitted" && !isOwn && (
        <Disclosure summary="退回给作者" isOpen={errors["returnReason"] !== undefined}>
          <Step {...props} step="return" label="退回">
            <TextArea
              name="returnReason"
              label="退回原因"
              value={typed.returnReason}
              error={errors["returnReason"]}
            />
            <Actions>
              <Button>退回</Button>
            </Actions>
          </Step>
        </Disclosure>
      )}
      {article.state === "withdrawn" ? (
        <Card title="已撤下">
          <p>要重新发布，请编辑后保存为新的一版，再提交。</p>
        </Card>
      ) : (
        <Disclosure summary="撤下" isOpen={errors["withdrawReason"] !== undefined}>
          <Step {...props} step="withdraw" label="撤下">
            <TextArea
              name="withdrawReason"
              label="撤下原因"
              hint="只有编辑看得到。撤下后，文章、图片和附件立即打不开，首页上的标题 5 秒内、搜索里的 15 秒内消失"
              value={typed.withdrawReason}
              error={errors["withdrawReason"]}
            />
            <Actions>
              <Button kind="danger">撤下这篇新闻</Button>
            </Actions>
          </Step>
        </Disclosure>
      )}
    </>
  );
}

function Step(props: {
  article: DeskLine;
  step: string;
  label: string;
  children: preact.ComponentChildren;
}) {
  const { id, latest_version } = props.article;
  return (
    <Form action={`/review/news/${id}/${props.step}`} label={props.label}>
      <HiddenField name="version" value={String(latest_version)} />
      {props.children}
    </Form>
  );
}

function Submit(props: StepFormsProps) {
  const { article, isOwn } = props;
  return (
    <Card title="提交">
      {isOwn ? (
        <Step {...props} step="submit" label="提交">
          <p>提交后由另一位编辑看过再发布。</p>
          <Actions>
            <Button kind="primary">提交第 {article.latest_version} 版</Button>
          </Actions>
        </Step>
      ) : (
        <>
          <p>这一版是另一位编辑写的，由写的人提交。您也可以编辑，保存为自己的一版。</p>
          <Actions>
            <ButtonLink href={`/review/news/${article.id}/edit`}>编辑</ButtonLink>
          </Actions>
        </>
      )}
    </Card>
  );
}

function Waiting() {
  return (
    <Card title="等待发布">
      <p>这一版是您自己写的，要由另一位编辑发布。</p>
    </Card>
  );
}

function Publish(props: StepFormsProps) {
  const { article, now, typed, errors } = props;
  return (
    <Card title="发布">
      <Step {...props} step="publish" label="发布">
        {isOut(article, now) ? (
          <Correction error={errors["timing"]} />
        ) : (
          <>
            <Choices
              name="timing"
              label="什么时候公开"
              columns={1}
              options={[
                { value: "now", label: "立即发布" },
                { value: "later", label: "定时发布" },
              ]}
              value={typed.timing}
              error={errors["timing"]}
            />
            <DateField
              name="day"
              label="发布日期"
              hint="定时发布时填写"
              value={typed.day}
              error={errors["day"]}
            />
            <TextField
              name="time"
              label="发布时间"
              hint="北京时间，例如 9:00"
              width="short"
              value={typed.time}
              error={errors["time"]}
            />
          </>
        )}
        <Actions>
          <Button kind="primary">发布第 {article.latest_version} 版</Button>
        </Actions>
      </Step>
    </Card>
  );
}

/** A correction of what is out has no time of its own: it is published at once or not yet. */
function Correction({ error }: { error: string | undefined }) {
  return (
    <>
      <p>这篇新闻已经公开。发布后，新的一版立即代替公开的那一版，页面上注明更正的时间。</p>
      {error === undefined ? (
        <HiddenField name="timing" value="now" />
      ) : (
        <Choices
          name="timing"
          label="什么时候公开"
          columns={1}
          options={[{ value: "now", label: "立即发布" }]}
          value="now"
          error={error}
        />
      )}
    </>
  );
}
