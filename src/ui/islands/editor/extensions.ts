import type { Extensions } from "@tiptap/core";
import { Image } from "@tiptap/extension-image";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { StarterKit } from "@tiptap/starter-kit";

/** Without widths: they would be styles, and no page of ours has any. */
const PlainTable = Table.extend({
  renderHTML() {
    return ["table", ["tbody", 0]];
  },
});

/** What can be written: what the server's list of allowed tags knows, and nothing else. */
export function editorExtensions(): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [2, 3] },
      code: false,
      codeBlock: false,
      strike: false,
      underline: false,
      dropcursor: false,
      link: {
        openOnClick: false,
        autolink: false,
        protocols: ["mailto", "tel"],
        HTMLAttributes: { target: null, rel: null },
      },
    }),
    Image.configure({ allowBase64: false }),
    PlainTable.configure({ resizable: false }),
    TableRow,
    TableHeader,
    TableCell,
  ];
}
