/**
 * The refusals of one form, by field name, in the order of the fields; each is a sentence that says what
 * to do. The empty name holds what concerns the form as a whole.
 */
export type FormErrors = Readonly<Record<string, string>>;

/**
 * The id of a field's control (of the first choice for a choice), which the error summary links to. Where several
 * forms of a page have a field of this name, `scope` tells their ids apart.
 */
export function fieldId(name: string, scope = ""): string {
  return scope === "" ? `field-${name}` : `${scope}-field-${name}`;
}
