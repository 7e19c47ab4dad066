import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { Choices } from "#src/ui/form/choices.tsx";
import { ErrorSummary } from "#src/ui/form/error-summary.tsx";
import { describedBy, Field } from "#src/ui/form/field.tsx";
import { FileLine } from "#src/ui/form/file-field.tsx";
import { Form, HiddenField } from "#src/ui/form/form.tsx";
import { type FormErrors, fieldId } from "#src/ui/form/form-errors.ts";
import { RichTextField } from "#src/ui/form/rich-text-field.tsx";
import { TextArea, TextField } from "#src/ui/form/text-field.tsx";
import { PageHead } from "#src/ui/layout.tsx";
import { fileSize } from "#src/ui/list/lines.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { DESK_FILE_PATH } from "./article-body.ts";
import { CATEGORIES } from "./article-states.ts";
import type { TypedForm } from "./read-article-form.ts";

export interface EditPageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  /** Null for a new article. */
  id: number | null;
  typed: TypedForm;
  errors: FormErrors;
  /** What the public reads, or shall read, of the article; null for nothing. */
  publicSide: PublicSide | null;
  /** Somebody saved another version meanwhile: where it can be compared. */
  compareHref?: string | undefined;
}

/** The version that was published, which is out or waits for its time. */
export interface PublicSide {
  version: number;
  from: Date;
  isOut: boolean;
}

const BODY_HINT = "可以从 Word 粘贴，多余的格式会自动去掉";

/** Where an article is written: its facts, its text, pictures and files to save. */
export function EditPage(props: EditPageProps) {
  const { shell, person, id, typed, errors, publicSide, compareHref } = props;
  const title = id === null ? "写新闻" : "编辑新闻";
  const back = id === null ? "/review/news" : `/review/news/${id}`;
  const action = id === null ? back : `${back}/edit`;
  return (
    <WorkbenchPage
      shell={shell}
      person={person}
      title={title}
      current="/review/news"
      hasErrors={Object.keys(errors).length > 0}
      longText="write"
    >
      <PageHead title={title}>
        每次保存都是一版，旧的版本都留着。写好后提交，由另一位编辑发布。
      </PageHead>
      <ErrorSummary errors={errors} />
      {compareHref && (
        <p>
          <a href={compareHref} target="_blank" rel="noreferrer">
            在新窗口看别人改了什么
          </a>
        </p>
      )}
      <Form action={action} hasFiles>
        {/* The first button of a form is the one that Enter presses. */}
        <button
          type="submit"
          class="heard"
          name="act"
          value="save"
          tabIndex={-1}
          aria-hidden="true"
        >
          保存
        </button>
        <HiddenField name="version" value={typed.version} />
        <HiddenField name="files" value={typed.files.map((file) => file.id).join(",")} />
        <Card>
          <div class="fields">
            <Facts typed={typed} errors={errors} />
            <RichTextField
              name="body"
              label="正文"
              hint={BODY_HINT}
              value={typed.body}
              error={errors["body"]}
            />
          </div>
        </Card>
        <PictureCard typed={typed} errors={errors} />
        <FilesCard typed={typed} errors={errors} />
        {publicSide && <WhatSavingDoes {...publicSide} />}
        <Actions>
          <Button kind="primary" name="act" value="save">
            保存
          </Button>
          <ButtonLink kind="text" href={back}>
            不保存，返回
          </ButtonLink>
        </Actions>
      </Form>
    </WorkbenchPage>
  );
}

function WhatSavingDoes({ version, from, isOut }: PublicSide) {
  if (isOut) {
    return <p>现在公开的是第 {version} 版。保存的新一版由另一位编辑发布以前，公开的仍是这一版。</p>;
  }
  return (
    <Notice title="保存会取消定时发布" tone="wait">
      <p>
        第 {version} 版定于 {formatShanghaiTime(from)}{" "}
        公开。保存以后，这次定时发布就取消，到时不会公开；新的一版要提交，由另一位编辑重新发布。
      </p>
    </Notice>
  );
}

interface PartProps {
  typed: TypedForm;
  errors: FormErrors;
}

function Facts({ typed, errors }: PartProps) {
  return (
    <>
      <TextField
        name="headline"
        label="标题"
        hint="最多 80 个字"
        value={typed.headline}
        error={errors["headline"]}
      />
      <Choices
        name="category"
        label="类别"
        columns={2}
        options={CATEGORIES.map((category) => ({ value: category, label: category }))}
        value={typed.category}
        error={errors["category"]}
      />
      <TextField
        name="source"
        label="来源"
        hint="发文的单位，例如 维修资金管理中心"
        width="long"
        value={typed.source}
        error={errors["source"]}
      />
      <TextArea
        name="summary"
        label="摘要"
        isOptional
        hint="显示在首页和订阅里，最多 200 个字；不填就用正文的第一段，正文改了它也跟着改"
        value={typed.summary}
        error={errors["summary"]}
      />
    </>
  );
}

function PictureCard({ typed, errors }: PartProps) {
  return (
    <Card title="正文里的图片">
      <div class="fields">
        <TextField
          name="pictureAlt"
          label="图片说明"
          hint="一句话说明图里是什么，读屏软件会读出来"
          value={typed.pictureAlt}
          error={errors["pictureAlt"]}
        />
        <FileInput
          name="picture"
          label="图片"
          hint="JPG 或 PNG，最大 10 MB；会缩小到适合网页，并去掉拍摄地点等信息"
          accept=".jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp"
          error={errors["picture"]}
        />
        <p role="status" data-picture-said />
        <Actions>
          <button type="submit" class="button" name="act" value="picture" data-picture-act>
            上传图片，放进正文
          </button>
        </Actions>
      </div>
    </Card>
  );
}

function FilesCard({ typed, errors }: PartProps) {
  return (
    <Card title="附件">
      <div class="fields">
        {typed.files.length > 0 && (
          <ul class="files">
            {typed.files.map((file) => (
              <FileLine
                key={file.id}
                id={file.id}
                name={file.name}
                href={DESK_FILE_PATH + file.id}
                about={fileSize(file.size_bytes)}
                removal={{ name: "removeFile", value: file.id }}
              />
            ))}
          </ul>
        )}
        <FileInput
          name="file"
          label="附件文件"
          hint="PDF、JPG 或 PNG，最大 10 MB；Word 文件请先另存为 PDF"
          accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
          error={errors["file"]}
        />
        <Actions>
          <Button name="act" value="file">
            上传附件
          </Button>
        </Actions>
      </div>
    </Card>
  );
}

function FileInput(props: {
  name: string;
  label: string;
  hint: string;
  accept: string;
  error: string | undefined;
}) {
  return (
    <Field {...props}>
      <input
        type="file"
        id={fieldId(props.name)}
        name={props.name}
        class="input file"
        accept={props.accept}
        aria-invalid={props.error ? "true" : undefined}
        aria-describedby={describedBy(props)}
      />
    </Field>
  );
}
