/**
 * The refusals of one form, by field name, in the order of the fields; each is a sentence that says what
 * to do. The empty name holds what concerns the form as a whole.
 */
export type FormErrors = Readonly<Record<string, string>>;

/** The id of a field's control (of the first choice for a choice), which the error summary links to. */
export function fieldId(name: string): string {
  return `field-${name}`;
}
