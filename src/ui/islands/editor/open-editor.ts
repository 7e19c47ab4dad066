import { Editor } from "@tiptap/core";
import { htmlOfPlain, isHtml } from "#src/kernel/rich-text/plain-convention.ts";
import { editorExtensions } from "./extensions.ts";
import { enableLinks } from "./link-line.ts";
import { pasteProps } from "./paste.ts";
import { enablePictures } from "./picture-upload.ts";
import { enableTools } from "./tools.ts";

/**
 * Puts an editor in the place of a text area, which keeps the text for the form. Where this does not run, the same
 * text is written in the text area.
 */
export function openEditor(field: HTMLElement): void {
  const source = field.querySelector("textarea") as HTMLTextAreaElement;
  const place = field.querySelector("[data-editor-place]") as HTMLElement;
  const { id } = source;
  source.id = `${id}-source`;
  const editor = new Editor({
    element: place,
    extensions: editorExtensions(),
    content: isHtml(source.value) ? source.value : htmlOfPlain(source.value),
    // A style sheet of its own would be one that the page's policy does not know.
    injectCSS: false,
    editorProps: {
      attributes: {
        id,
        class: "prose rich",
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": `${id}-label`,
        ...described(source),
      },
      ...pasteProps(field),
    },
  });
  source.hidden = true;
  place.hidden = false;
  keepForForm(editor, source);
  enableTools(editor, field);
  enableLinks(editor, field);
  enablePictures(editor, field);
}

function described(source: HTMLElement): Record<string, string> {
  const ids = source.getAttribute("aria-describedby");
  const isWrong = source.getAttribute("aria-invalid") === "true";
  return {
    ...(ids === null ? {} : { "aria-describedby": ids }),
    ...(isWrong ? { "aria-invalid": "true" } : {}),
  };
}

/** The form sends the text area; whoever leaves with changes is asked by the browser first. */
function keepForForm(editor: Editor, source: HTMLTextAreaElement): void {
  let isUnsaved = false;
  editor.on("update", () => {
    isUnsaved = true;
  });
  source.form?.addEventListener("submit", () => {
    if (isUnsaved) source.value = editor.isEmpty ? "" : editor.getHTML();
    isUnsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved) event.preventDefault();
  });
}
