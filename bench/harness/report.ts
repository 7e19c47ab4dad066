import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { dirname } from "node:path";
import type { Standing } from "./rounds.ts";

const REPORT = "docs/performance.md";
const TITLE = `# Performance

Figures printed by the benchmarks of \`bench/\` (\`npm run bench:… -- --write\`). Read the ratios: ours and
the limit are measured in turn within one run, and each figure is the median round. Absolute figures
move with the machine and its neighbours.
`;

/** A ratio that a benchmark promises: what it is, what was measured, and the bar it aims at. */
export interface Ratio {
  name: string;
  value: number;
  bar: number;
}

/** The contenders as a table: rate with its spread over the rounds, and latencies of the median. */
export function standingsTable(standings: readonly Standing[], unit: string): string {
  const rows = standings.map((one) => [
    one.name,
    `${figure(one.rate)} (${figure(one.slowest)}–${figure(one.fastest)})`,
    ...[one.p50, one.p95, one.p99].map(milliseconds),
  ]);
  return table([["", unit, "p50 ms", "p95 ms", "p99 ms"], ...rows]);
}

/** The ratios with their bars and whether they were reached. */
export function ratioTable(ratios: readonly Ratio[]): string {
  const rows = ratios.map(({ name, value, bar }) => [
    name,
    value.toFixed(2),
    `≥ ${bar}`,
    value >= bar ? "yes" : "**no**",
  ]);
  return table([["ratio", "measured", "aim", "reached"], ...rows]);
}

/** Any rows as a Markdown table; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(head.map((_, at) => (at === 0 ? "---" : "---:"))),
    ...body.map(line),
  ].join("\n");
}

/** The machine and how busy it was, which every figure needs beside it. */
export function machineLine(): string {
  const [processor] = cpus();
  const load = loadavg().map((one) => one.toFixed(2));
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${processor?.model.trim() ?? "unknown"}), ${memory} GB, Node ${process.version}, load average ${load.join(" ")}, ${new Date().toISOString().slice(0, 10)}`;
}

/** Prints a section, and with `--write` puts it into docs/performance.md in place of its last text. */
export function publish(key: string, title: string, text: string): void {
  console.log(`\n## ${title}\n\n${text}`);
  if (!process.argv.includes("--write")) return;
  const before = existsSync(REPORT) ? readFileSync(REPORT, "utf8") : TITLE;
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, withSection(before, key, `## ${title}\n\n${text}`));
}

/** The document with the section of that key replaced, or added at the end when it is new. */
export function withSection(document: string, key: string, text: string): string {
  const [open, close] = [`<!-- bench:${key} -->`, `<!-- /bench:${key} -->`];
  const section = `${open}\n${text.trim()}\n${close}`;
  const [from, to] = [document.indexOf(open), document.indexOf(close)];
  if (from < 0 || to < 0) return `${document.trimEnd()}\n\n${section}\n`;
  return document.slice(0, from) + section + document.slice(to + close.length);
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

function milliseconds(value: number): string {
  return Number.isNaN(value) ? "–" : value.toPrecision(3);
}
