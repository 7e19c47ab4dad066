/** One line of the summary at the top: the field it leads to ("" for the form as a whole), the sentence. */
export interface SummaryLine {
  field: string;
  sentence: string;
}

/** A page of ours as a reader without eyes finds it. Reads only markup that our own components write. */
export interface ReadPage {
  title: string;
  headings: string[];
  summary: SummaryLine[];
  /** The sentence beside each refused field. */
  errors: Record<string, string>;
  /** What each text box and hidden field holds. */
  values: Record<string, string>;
  /** The chosen answer of each group of radio buttons. */
  choices: Record<string, string>;
  /** Everything that is shown, tags dropped. */
  text: string;
}

/** Reads a page of ours back from its HTML. */
export function readPage(html: string): ReadPage {
  const inputs = [...html.matchAll(/<input\b((?:"[^"]*"|[^">])*)>/g)].map(([, tag = ""]) =>
    attributes(tag),
  );
  const isBox = (input: Attributes) => !["radio", "checkbox"].includes(input["type"] ?? "");
  const named = (chosen: Attributes[]) =>
    Object.fromEntries(chosen.map((input) => [input["name"] ?? "", input["value"] ?? ""]));
  return {
    title: textOf(/<title>(.*?)<\/title>/s.exec(html)?.[1] ?? ""),
    headings: [...html.matchAll(/<h1\b[^>]*>(.*?)<\/h1>/gs)].map(([, inner = ""]) => textOf(inner)),
    summary: readSummary(html),
    errors: Object.fromEntries(
      [...html.matchAll(/<p class="error" id="(?:[\w-]+-)?field-(\w+)-error">(.*?)<\/p>/gs)].map(
        ([, name = "", inner = ""]) => [name, textOf(inner)],
      ),
    ),
    values: named(inputs.filter(isBox)),
    choices: named(inputs.filter((input) => input["type"] === "radio" && "checked" in input)),
    text: textOf(html.replace(/<head>.*?<\/head>/s, "")),
  };
}

function readSummary(html: string): SummaryLine[] {
  const section = /<section class="error-summary".*?<\/section>/s.exec(html)?.[0] ?? "";
  return [...section.matchAll(/<li>(.*?)<\/li>/gs)].map(([, inner = ""]) => ({
    field: /href="#(?:[\w-]+-)?field-(\w+)"/.exec(inner)?.[1] ?? "",
    sentence: textOf(inner),
  }));
}

type Attributes = Record<string, string>;

function attributes(tag: string): Attributes {
  const found = [...tag.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(found.map(([, name = "", value = ""]) => [name, unescapeHtml(value)]));
}

function textOf(html: string): string {
  const shown = html.replace(/<(svg|script|style)\b.*?<\/\1>/gs, "").replace(/<[^>]*>/g, " ");
  return unescapeHtml(shown).replace(/\s+/g, " ").trim();
}

function unescapeHtml(text: string): string {
  const signs: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => signs[name] ?? "");
}
