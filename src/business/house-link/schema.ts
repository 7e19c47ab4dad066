import { z } from "zod";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";
import { ownDocumentField } from "#src/register/own-document.ts";
import { nameField } from "#src/register/person-fields.ts";

const NOTE_LENGTH_MAX = 200;

const note = z
  .string()
  .default("")
  .transform((text, context) => {
    const typed = cleanText(text);
    const wrong = hasForbiddenCharacters(text, { isMultiline: true })
      ? "说明里有不能识别的字符，请删掉后重新输入"
      : [...typed].length > NOTE_LENGTH_MAX && `说明太长，最多 ${NOTE_LENGTH_MAX} 个字`;
    if (!wrong) return typed;
    context.addIssue({ code: "custom", message: wrong });
    return z.NEVER;
  });

/** What an owner says of himself and his house. */
export const linkForm = z.object({
  realName: nameField("业主姓名"),
  documentNo: ownDocumentField(),
  note,
});

/** The same when it is put right: a number that is left empty stays as it was, since it is never shown again. */
export const correctedLinkForm = z.object({
  realName: nameField("业主姓名"),
  documentNo: z.string().transform((text, context) => {
    if (cleanText(text) === "") return null;
    const read = ownDocumentField().safeParse(text);
    if (read.success) return read.data;
    const message = read.error.issues[0]?.message ?? "";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }),
  note,
});

/** The hidden part: made by the page, so that anything else in it did not come from the form. */
export const linkSeal = z.object({ submissionKey: z.uuid() });
