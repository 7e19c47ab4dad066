import { type Extensions, Mark } from "@tiptap/core";
import { Image } from "@tiptap/extension-image";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { StarterKit } from "@tiptap/starter-kit";

/** Without widths: they would be styles, and no page of ours has any. */
const PlainTable = Table.extend({
  renderHTML() {
    return ["table", ["tbody", 0]];
  },
});

/** Signs that stand higher or lower, such as those of m² and CO₂; never both at once. */
function placeMark(name: "sup" | "sub", other: "sup" | "sub") {
  return Mark.create({
    name,
    excludes: `${name} ${other}`,
    parseHTML: () => [{ tag: name }],
    renderHTML: () => [name, 0],
  });
}

/** What can be written: what the server's list of allowed tags knows, and nothing else. */
export function editorExtensions(): Extensions {
  return [
    StarterKit.configure({
      heading: { levels: [2, 3] },
      code: false,
      codeBlock: false,
      underline: false,
      dropcursor: false,
      link: {
        openOnClick: false,
        autolink: false,
        protocols: ["mailto", "tel"],
        HTMLAttributes: { target: null, rel: null },
      },
    }),
    placeMark("sup", "sub"),
    placeMark("sub", "sup"),
    Image.configure({ allowBase64: false }),
    PlainTable.configure({ resizable: false }),
    TableRow,
    TableHeader,
    TableCell,
  ];
}
