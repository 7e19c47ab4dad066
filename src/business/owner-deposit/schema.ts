import { z } from "zod";
import { OFFERED_KINDS } from "#src/bank/deposit-offer.ts";
import { parseYuanText } from "#src/kernel/money.ts";
import { nameField, phoneField } from "#src/register/person-fields.ts";

/** What the form 购房人交款 sends, in the order of its fields. */
export const depositForm = z.object({
  depositKind: z.enum(OFFERED_KINDS, { error: "请选择交款类别" }),
  payer: nameField("交款人姓名"),
  phone: phoneField(),
});
export type DepositForm = z.infer<typeof depositForm>;

/** The hidden part: made by the page, so that anything else in it did not come from the form. */
export const depositFormSeal = z.object({
  /** Made when the form was shown; the same form makes one application. */
  submissionKey: z.uuid(),
  /** The amount that the payer saw, in yuan: a stale page is told from a fresh one by it. */
  amountSeen: z.string().transform((text, context) => {
    const amount = parseYuanText(text);
    if (amount.ok) return amount.fen;
    context.addIssue({ code: "custom", message: amount.reason });
    return z.NEVER;
  }),
});
export type DepositFormSeal = z.infer<typeof depositFormSeal>;
