import type { EditorOptions } from "@tiptap/core";
import { readPasted } from "#src/kernel/rich-text/read-pasted.ts";

type PasteProps = Pick<
  EditorOptions["editorProps"],
  "transformPastedHTML" | "transformPasted" | "transformPastedText"
>;

const LOST = "粘贴的内容有一部分没有放进来，例如图形或输入框里的字。请和原文对照，缺的字请补上。";

/** Cleans what is pasted, and says at once where words of it did not arrive: the server never sees them. */
export function pasteProps(field: HTMLElement): PasteProps {
  const said = field.querySelector<HTMLElement>("[data-paste-said]");
  let expected = 0;
  return {
    transformPastedHTML: (pasted) => {
      const { html, dropped } = readPasted(pasted);
      expected = countLetters(shownText(html)) + countLetters(shownText(dropped));
      return html;
    },
    transformPastedText: (text) => {
      expected = 0;
      return text;
    },
    transformPasted: (slice) => {
      const { content } = slice;
      const arrived = countLetters(content.textBetween(0, content.size, "\n"));
      if (said) said.textContent = arrived < expected ? LOST : "";
      return slice;
    },
  };
}

function shownText(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent;
}

function countLetters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
