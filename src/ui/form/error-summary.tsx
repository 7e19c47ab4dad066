import { Icon } from "../drawing/icon.tsx";
import { type FormErrors, fieldId } from "./form-errors.ts";

/**
 * What has to be changed, before the form: as many links as fields, with the field's own sentence. Takes
 * the focus when the page opens. Shows nothing for a form without errors. It is described, not named, by
 * its headline: a name that quotes a field's label would be found in place of the field. `scope` is that of the
 * form's fields.
 */
export function ErrorSummary({
  errors,
  scope,
}: {
  errors: FormErrors;
  scope?: string | undefined;
}) {
  const entries = Object.entries(errors);
  if (entries.length === 0) return null;
  const fieldCount = entries.filter(([name]) => name !== "").length;
  const [only] = entries.length === 1 && fieldCount === 0 ? entries : [];
  return (
    <section
      class="error-summary"
      aria-label="出错"
      aria-describedby="errors-title"
      tabIndex={-1}
      data-error-summary
    >
      <h2 id="errors-title">
        <Icon name="alert" />
        {only?.[1] ?? headline(fieldCount)}
      </h2>
      {!only && <Sentences entries={entries} scope={scope} />}
    </section>
  );
}

function headline(fieldCount: number): string {
  return fieldCount === 0 ? "这次没有办成" : `有 ${fieldCount} 处要改，改好再提交`;
}

interface SentencesProps {
  entries: readonly [string, string][];
  scope: string | undefined;
}

function Sentences({ entries, scope }: SentencesProps) {
  return (
    <ul>
      {entries.map(([name, sentence]) => (
        <li key={name}>
          {name === "" ? sentence : <a href={`#${fieldId(name, scope)}`}>{sentence}</a>}
        </li>
      ))}
    </ul>
  );
}
