import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Actions, Button } from "#src/ui/form/button.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { SelectField } from "#src/ui/form/select-field.tsx";
import { PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { WorkbenchPage, type WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import type { ComparedPart } from "./compare-versions.ts";
import type { ArticleVersion } from "./desk-queries.ts";

export interface ComparePageProps {
  shell: PageShell;
  person: WorkbenchPerson;
  id: number;
  latest: number;
  from: ArticleVersion;
  to: ArticleVersion;
  parts: readonly ComparedPart[];
  nameOf: (actor: string) => string;
}

/** Two versions of an article in one text: what was added is underlined, what was removed is struck out. */
export function ComparePage(props: ComparePageProps) {
  const { shell, person, id, latest, from, to, parts, nameOf } = props;
  const isSame = parts.every(({ kind }) => kind === "same");
  return (
    <WorkbenchPage
      shell={shell}
      person={person}
      title={`比较第 ${from.version} 版和第 ${to.version} 版`}
      current="/review/news"
      longText="read"
    >
      <p>
        <a href={`/review/news/${id}`}>返回这篇新闻</a>
      </p>
      <PageHead title={`比较第 ${from.version} 版和第 ${to.version} 版`}>
        增加的字有下划线，前面有“［增］”；删去的字有删除线，前面有“［删］”。
      </PageHead>
      <CompareForm id={id} latest={latest} from={from.version} to={to.version} />
      <Card title={isSame ? "两版的文字没有不同" : "改了什么"}>
        <p class="quiet">
          第 {from.version} 版：{nameOf(from.author)}，{formatShanghaiTime(from.saved_at)}；第{" "}
          {to.version} 版：{nameOf(to.author)}，{formatShanghaiTime(to.saved_at)}
        </p>
        <div class="compared">
          {parts.map((part, at) => (
            <Part key={at} {...part} />
          ))}
        </div>
      </Card>
    </WorkbenchPage>
  );
}

function Part({ kind, text }: ComparedPart) {
  if (kind === "added") return <ins>{text}</ins>;
  if (kind === "removed") return <del>{text}</del>;
  return <>{text}</>;
}

/** Chooses two versions to compare; the last two unless told. */
export function CompareForm(props: { id: number; latest: number; from?: number; to?: number }) {
  const { id, latest, from = latest - 1, to = latest } = props;
  const options = Array.from({ length: latest }, (_, at) => ({
    value: String(at + 1),
    label: `第 ${at + 1} 版`,
  }));
  return (
    <Form action={`/review/news/${id}/compare`} method="get" label="比较两版">
      <SelectField
        name="from"
        label="原来的"
        width="short"
        options={options}
        value={String(from)}
      />
      <SelectField name="to" label="后来的" width="short" options={options} value={String(to)} />
      <Actions>
        <Button>比较</Button>
      </Actions>
    </Form>
  );
}
