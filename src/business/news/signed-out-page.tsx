import type { SentForm } from "#src/platform/http/form.ts";
import { STAFF_SIGN_IN } from "#src/platform/staff/staff-session.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { DeskPage } from "#src/ui/desk-page.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import { RichTextField } from "#src/ui/form/rich-text-field.tsx";
import { TextArea, TextField } from "#src/ui/form/text-field.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";

export interface SignedOutPageProps {
  shell: PageShell;
  /** Where the form was sent, and goes again. */
  action: string;
  sent: SentForm;
  /** Files came with it, which are not taken from somebody who is not signed in. */
  hasFiles: boolean;
}

/** What travels with the text unseen. */
const UNSEEN = ["version", "category", "source", "files", "pictureAlt"] as const;

/** The text of an editor whose session was over when he saved: nothing was saved, and everything is here to go on. */
export function SignedOutPage({ shell, action, sent, hasFiles }: SignedOutPageProps) {
  const title = "还没有保存：登录已经结束";
  return (
    <DeskPage shell={shell} title={title} desk="fund-centre" longText="write">
      <h1>{title}</h1>
      <Notice title="您写的都在这一页，请不要关闭" tone="wait">
        <p>请先在新窗口登录，再回到这一页点“保存”。</p>
        {hasFiles && <p>刚才选的图片或附件没有收到，保存以后请再上传。</p>}
      </Notice>
      <Actions>
        <ButtonLink href={STAFF_SIGN_IN} opensNewTab>
          在新窗口登录
        </ButtonLink>
      </Actions>
      <Form action={action} hasFiles>
        {UNSEEN.map((name) => (
          <HiddenField key={name} name={name} value={sent[name] ?? ""} />
        ))}
        <Card>
          <div class="fields">
            <TextField name="headline" label="标题" value={sent["headline"]} />
            <TextArea name="summary" label="摘要" isOptional value={sent["summary"]} />
            <RichTextField
              name="body"
              label="正文"
              hint="登录以后可以接着写；为了稳妥，也可以先复制一份"
              value={sent["body"] ?? ""}
            />
          </div>
        </Card>
        <Actions>
          <Button kind="primary" name="act" value="save">
            保存
          </Button>
        </Actions>
      </Form>
    </DeskPage>
  );
}
