import type { ChainedCommands, Editor } from "@tiptap/core";

interface Tool {
  act: (chain: ChainedCommands) => ChainedCommands;
  /** What the cursor stands in while the tool counts as pressed. */
  isOn?: (editor: Editor) => boolean;
}

const TOOLS: Readonly<Record<string, Tool>> = {
  h2: {
    act: (chain) => chain.toggleHeading({ level: 2 }),
    isOn: (editor) => editor.isActive("heading", { level: 2 }),
  },
  h3: {
    act: (chain) => chain.toggleHeading({ level: 3 }),
    isOn: (editor) => editor.isActive("heading", { level: 3 }),
  },
  bold: { act: (chain) => chain.toggleBold(), isOn: (editor) => editor.isActive("bold") },
  strike: { act: (chain) => chain.toggleStrike(), isOn: (editor) => editor.isActive("strike") },
  sup: { act: (chain) => chain.toggleMark("sup"), isOn: (editor) => editor.isActive("sup") },
  sub: { act: (chain) => chain.toggleMark("sub"), isOn: (editor) => editor.isActive("sub") },
  ul: {
    act: (chain) => chain.toggleBulletList(),
    isOn: (editor) => editor.isActive("bulletList"),
  },
  ol: {
    act: (chain) => chain.toggleOrderedList(),
    isOn: (editor) => editor.isActive("orderedList"),
  },
  quote: {
    act: (chain) => chain.toggleBlockquote(),
    isOn: (editor) => editor.isActive("blockquote"),
  },
  table: { act: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }) },
  row: { act: (chain) => chain.addRowAfter() },
  column: { act: (chain) => chain.addColumnAfter() },
  "row-out": { act: (chain) => chain.deleteRow() },
  "column-out": { act: (chain) => chain.deleteColumn() },
  "table-out": { act: (chain) => chain.deleteTable() },
  undo: { act: (chain) => chain.undo() },
  redo: { act: (chain) => chain.redo() },
};

/** Shows the tools and makes them work; those of a table only while the cursor stands in one. */
export function enableTools(editor: Editor, field: HTMLElement): void {
  const bar = field.querySelector<HTMLElement>("[data-editor-tools]");
  if (bar === null) return;
  bar.hidden = false;
  const buttons = [...bar.querySelectorAll<HTMLButtonElement>("button[data-tool]")];
  for (const button of buttons) {
    const tool = TOOLS[button.dataset["tool"] ?? ""];
    button.addEventListener("click", () => tool?.act(editor.chain().focus()).run());
  }
  const inTable = bar.querySelector<HTMLElement>("[data-in-table]");
  const show = () => {
    for (const button of buttons) {
      const isOn = TOOLS[button.dataset["tool"] ?? ""]?.isOn;
      if (isOn) button.setAttribute("aria-pressed", String(isOn(editor)));
    }
    inTable?.toggleAttribute("hidden", !editor.isActive("table"));
  };
  editor.on("transaction", show);
  show();
}
