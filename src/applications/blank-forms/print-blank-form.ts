import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { BlankForm } from "./blank-form.ts";

const TEMPLATE = join(import.meta.dirname, "blank-form.typ");
const SLIP = join(import.meta.dirname, "../../platform/pdf/slip.typ");

/** Stands in every blank form: with a date of its own, each printing would have other bytes. */
const CREATED_AT = new Date("2026-01-01T00:00:00+08:00");

/** What is printed besides the form's own words. */
export interface BlankFormFrame {
  fundCentreName: string;
  isDemo: boolean;
}

/** What a blank form is printed from: template, words, and the compiler, which decides about the bytes too. */
export function blankFormSource(form: BlankForm, frame: BlankFormFrame): string {
  return createHash("sha256")
    .update(printerMark())
    .update(JSON.stringify([form, frame]))
    .digest("hex");
}

let mark: string | null = null;

function printerMark(): string {
  const compiler = createRequire(import.meta.url)(
    "@myriaddreamin/typst-ts-node-compiler/package.json",
  ) as { version: string };
  mark ??= [compiler.version, readFileSync(TEMPLATE, "utf8"), readFileSync(SLIP, "utf8")].join(
    "\n",
  );
  return mark;
}

/** What the template draws a blank form from. */
export function blankFormData(form: BlankForm, frame: BlankFormFrame): Record<string, unknown> {
  const { sections = [], papers = [], paragraphs = [], matters = [] } = form;
  return {
    title: form.title,
    lead: form.lead,
    authority: frame.fundCentreName,
    example: frame.isDemo,
    edition: blankFormSource(form, frame).slice(0, 8),
    sections,
    papers: papers.map(({ title, rules }) => ({
      title,
      rows: rules.map((rule) => ({
        title: rule.title,
        need: rule.isRequired ? "必备" : "需要时",
        hint: rule.hint ?? "",
      })),
    })),
    paragraphs,
    matters,
    declaration: form.declaration ?? "",
    signatures: form.signatures ?? [],
    boxes: form.boxes ?? [],
    legalBasis: form.legalBasis ?? "",
  };
}

/** Prints a blank form. The same words give the same bytes on any day. Rejects with a PrinterError. */
export async function printBlankForm(
  printer: Printer,
  form: BlankForm,
  frame: BlankFormFrame,
): Promise<Uint8Array> {
  const data = blankFormData(form, frame);
  return await printer.print({ template: TEMPLATE, createdAt: CREATED_AT, data });
}
