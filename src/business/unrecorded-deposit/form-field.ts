import type { DocumentRule } from "#src/applications/descriptor.ts";
import type { StoredDocument } from "#src/applications/documents/stored-document.ts";
import type { Choice } from "#src/ui/form/choices.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { Typed } from "./drafts.ts";
import type { TwinAdvice } from "./rules.ts";

/** The form as it stands: what was typed, what was uploaded, what is wrong. */
export interface FormState {
  submissionKey: string;
  typed: Typed;
  errors: FormErrors;
  rules: readonly DocumentRule[];
  documents: readonly StoredDocument[];
  /** The house is there already. */
  twin: TwinAdvice | null;
  /** Some standard of the city goes by the price, so the price is asked for. */
  hasPriceField: boolean;
}

/** What a card has to know of the form to show its fields. */
export type Field = { typed: Typed; errors: FormErrors };

/** The choices of a field whose values have fixed words. */
export function choicesOf(words: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

/** What every field of the form has: its name, what was typed in it, what is wrong with it. */
export function fieldOf({ typed, errors }: Field, name: string) {
  return { name, value: typed[name] ?? "", error: errors[name] };
}
