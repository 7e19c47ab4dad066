import type { Editor } from "@tiptap/core";

/** 链接: a line with the address, above the text, that takes the place of a window of the browser's. */
export function enableLinks(editor: Editor, field: HTMLElement): void {
  const button = field.querySelector<HTMLButtonElement>("[data-link-open]");
  const line = field.querySelector<HTMLElement>("[data-link-line]");
  const input = line?.querySelector("input");
  if (!button || !line || !input) return;
  const close = () => {
    line.hidden = true;
    button.setAttribute("aria-expanded", "false");
  };
  const set = () => {
    const href = input.value.trim();
    const chain = editor.chain().focus().extendMarkRange("link");
    if (href === "") chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link")) {
      chain
        .insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] })
        .run();
    } else chain.setLink({ href }).run();
    close();
  };
  button.addEventListener("click", () => {
    if (!line.hidden) return close();
    line.hidden = false;
    button.setAttribute("aria-expanded", "true");
    input.value = String(editor.getAttributes("link")["href"] ?? "");
    input.focus();
  });
  line.querySelector("[data-link-set]")?.addEventListener("click", set);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      editor.commands.focus();
    }
    // Enter would send the whole form.
    if (event.key !== "Enter") return;
    event.preventDefault();
    set();
  });
}
