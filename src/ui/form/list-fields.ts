import type { ComponentChildren, VNode } from "preact";
import { Card, type CardProps } from "../box/card.tsx";
import { type Choice, Choices } from "./choices.tsx";
import { DateField } from "./date-field.tsx";
import type { FieldWords } from "./field.tsx";
import { SelectField } from "./select-field.tsx";
import { TextArea, TextField } from "./text-field.tsx";

/** A field of a form as paper asks for it. */
export interface PaperField {
  name: string;
  label: string;
  hint: string;
  isOptional: boolean;
  kind: "line" | "lines" | "date" | "choice";
  /** What stands behind the blank: ㎡, 元. */
  suffix: string;
  /** Of a choice: the words to tick. */
  options: readonly string[];
}

/** The fields of one card of a form. */
export interface PaperSection {
  title: string;
  fields: readonly PaperField[];
}

const KINDS = new Map<unknown, PaperField["kind"]>([
  [TextField, "line"],
  [TextArea, "lines"],
  [DateField, "date"],
  [Choices, "choice"],
  [SelectField, "choice"],
]);

interface OpenSection {
  title: string;
  fields: PaperField[];
}

/**
 * Lists the fields of a form as it is drawn, card by card, so that a form on paper asks what the form on the
 * screen asks and in its words. Components must be pure functions of their props, as all of ours are. Files,
 * hidden fields, passwords and cards without fields are left out.
 */
export function listFields(form: ComponentChildren): PaperSection[] {
  const sections: OpenSection[] = [{ title: "", fields: [] }];
  visit(form, sections);
  return sections.filter(({ fields }) => fields.length > 0);
}

function visit(node: ComponentChildren, sections: OpenSection[]): void {
  if (Array.isArray(node)) {
    for (const child of node) visit(child, sections);
    return;
  }
  if (typeof node !== "object" || node === null || !("type" in node)) return;
  const { type, props } = node as VNode<FieldWords & CardProps>;
  const kind = KINDS.get(type);
  if (kind !== undefined) {
    const field = paperField(kind, props);
    if (field !== null) sections.at(-1)?.fields.push(field);
    return;
  }
  if (type === Card) sections.push({ title: props.title ?? "", fields: [] });
  const drawn =
    typeof type === "function" && type !== Card
      ? (type as (given: unknown) => ComponentChildren)(props)
      : props.children;
  visit(drawn, sections);
}

function paperField(
  kind: PaperField["kind"],
  props: FieldWords & { options?: readonly Choice[]; suffix?: string; type?: string },
): PaperField | null {
  if (props.type === "password") return null;
  return {
    name: props.name,
    label: props.label,
    hint: props.hint ?? "",
    isOptional: props.isOptional === true,
    kind,
    suffix: props.suffix ?? "",
    options: (props.options ?? []).map(({ label }) => label),
  };
}
