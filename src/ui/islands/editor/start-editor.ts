import { openEditor } from "./open-editor.ts";

for (const field of document.querySelectorAll<HTMLElement>("[data-editor]")) openEditor(field);
