import { Icon } from "../drawing/icon.tsx";
import { describedBy, type FieldWords, HintAndError } from "./field.tsx";
import { fieldId } from "./form-errors.ts";

const TOOLS: readonly (readonly [tool: string, words: string])[] = [
  ["h2", "标题"],
  ["h3", "小标题"],
  ["bold", "粗体"],
  ["strike", "删除线"],
  ["sup", "上标"],
  ["sub", "下标"],
  ["ul", "项目列表"],
  ["ol", "编号列表"],
  ["quote", "引用"],
];
const TABLE_TOOLS: readonly (readonly [tool: string, words: string])[] = [
  ["row", "加一行"],
  ["column", "加一列"],
  ["row-out", "删这行"],
  ["column-out", "删这列"],
  ["table-out", "删表格"],
];
const BACK_TOOLS: readonly (readonly [tool: string, words: string])[] = [
  ["undo", "撤销"],
  ["redo", "重做"],
];

/**
 * A long text with headings, lists, links, tables and pictures. The script puts an editor in the place of the text
 * area; without it the text is written plainly or as HTML, as the hint says.
 */
export function RichTextField(props: FieldWords & { value: string }) {
  const id = fieldId(props.name);
  return (
    <div class={props.error ? "field in-error" : "field"} data-editor>
      <label class="label" id={`${id}-label`} for={id}>
        {props.label}
      </label>
      <HintAndError {...props} />
      <noscript>
        <p class="hint">
          空一行另起一段；行首写“## ”是标题、“- ”是列表、“&gt; ”是引用；**粗体**、[文字](网址)
          是粗体和链接。也可以写 HTML。
        </p>
      </noscript>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would name every tool after it */}
      <div class="editor-tools" role="group" aria-label="编辑工具" data-editor-tools hidden>
        <Tools tools={TOOLS} isToggle />
        <button type="button" class="button" data-link-open aria-expanded="false">
          链接
        </button>
        <Tools tools={[["table", "插入表格"]]} />
        <Tools tools={BACK_TOOLS} />
        <span data-in-table hidden>
          <Tools tools={TABLE_TOOLS} />
        </span>
      </div>
      <div class="editor-link" data-link-line hidden>
        <label>
          链接地址（空着就是去掉链接）
          <input class="input" type="text" inputMode="url" autocomplete="off" spellcheck={false} />
        </label>
        <button type="button" class="button" data-link-set>
          <Icon name="check" />
          确定
        </button>
      </div>
      <p class="hint" role="status" data-paste-said />
      <div data-editor-place hidden />
      <textarea
        id={id}
        name={props.name}
        class="input"
        rows={16}
        data-long
        aria-invalid={props.error ? "true" : undefined}
        aria-describedby={describedBy(props)}
        value={props.value}
      />
    </div>
  );
}

function Tools(props: {
  tools: readonly (readonly [tool: string, words: string])[];
  isToggle?: boolean;
}) {
  return (
    <>
      {props.tools.map(([tool, words]) => (
        <button
          key={tool}
          type="button"
          class="button"
          data-tool={tool}
          aria-pressed={props.isToggle ? "false" : undefined}
        >
          {words}
        </button>
      ))}
    </>
  );
}
