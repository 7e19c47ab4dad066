import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "@swc/core";

/** One file of the project as text. */
export interface SourceFile {
  path: string;
  text: string;
}

const NOT_OURS = new Set(["node_modules", ".git", "data", "dist", "test-results", ".cache"]);

/** Every file of the project whose name ends as asked, with paths from the project's root. */
export function readSourceFiles(folder: string, ending: RegExp): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "." ? entry.name : join(folder, entry.name);
    if (entry.isDirectory()) {
      return NOT_OURS.has(entry.name) ? [] : readSourceFiles(path, ending);
    }
    return ending.test(entry.name) ? [{ path, text: readFileSync(path, "utf8") }] : [];
  });
}

/** Each line that the test picks out, written as `path:line: text`, for a readable failure. */
export function linesWhere(
  files: readonly SourceFile[],
  isFound: (line: string, before: string) => boolean,
): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.split("\n");
    return lines.flatMap((line, at) =>
      isFound(line, lines[at - 1] ?? "") ? [`${path}:${at + 1}: ${line.trim()}`] : [],
    );
  });
}

/** Names that this file gives to things: variables, parameters, functions, types, properties of types. */
export function declaredNames({ path, text }: SourceFile): string[] {
  const names = new Set<string>();
  visit(parseSync(text, { syntax: "typescript", tsx: path.endsWith("x") }), names);
  return [...names];
}

/** In which field of which node a declared name stands, in the parser's vocabulary. */
const NAMING_FIELDS: Record<string, readonly string[]> = {
  FunctionDeclaration: ["identifier"],
  ClassDeclaration: ["identifier"],
  VariableDeclarator: ["id"],
  Parameter: ["pat"],
  ArrowFunctionExpression: ["params"],
  TsInterfaceDeclaration: ["id"],
  TsTypeAliasDeclaration: ["id"],
  TsPropertySignature: ["key"],
};

function visit(node: unknown, names: Set<string>): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, names);
  } else if (typeof node === "object" && node !== null) {
    const { type } = node as { type?: string };
    for (const [field, value] of Object.entries(node)) {
      if (type !== undefined && NAMING_FIELDS[type]?.includes(field)) collect(value, names);
      visit(value, names);
    }
  }
}

/** Names inside a pattern such as `{ a, b: c }`; keys taken from others (`b`) are not ours. */
function collect(pattern: unknown, names: Set<string>): void {
  if (Array.isArray(pattern)) {
    for (const one of pattern) collect(one, names);
  } else if (typeof pattern === "object" && pattern !== null) {
    const node = pattern as Record<string, unknown>;
    if (node["type"] === "Identifier") names.add(String(node["value"]));
    for (const field of ["properties", "elements", "argument", "left", "pattern"]) {
      collect(node[field], names);
    }
    if (node["type"] === "KeyValuePatternProperty") collect(node["value"], names);
  }
}

/** The words of a name, however it is joined: `houseBalance_fen` is house, balance, fen. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
