import { readSourceFiles } from "../tests/support/source-text.ts";

const SHOWN = 10;

interface Sized {
  name: string;
  lines: number;
}

// Sizes are a habit, not a rule: printed on demand, failing nobody (`npm run sizes`).
const files = readSourceFiles("src", /\.tsx?$/).filter(({ path }) => !/\.test\.tsx?$/.test(path));
const byFile = files.map(({ path, text }) => ({ name: path, lines: text.split("\n").length - 1 }));
print("longest files", byFile);
print("longest functions", files.flatMap(functionsOf));
const lines = byFile.map((file) => file.lines).toSorted((a, b) => a - b);
console.log(`\nmedian file: ${lines[Math.floor(lines.length / 2)]} lines of ${lines.length} files`);

/** Functions at the left margin, where the formatter puts their beginning and their end. */
function functionsOf({ path, text }: { path: string; text: string }): Sized[] {
  const found: Sized[] = [];
  let open: { name: string; from: number } | null = null;
  for (const [at, line] of text.split("\n").entries()) {
    const name = /^(?:export )?(?:async )?(?:function\*? |const )(\w+)/.exec(line)?.[1];
    if (name !== undefined && /[({]$|=>$/.test(line)) open = { name, from: at };
    if (open === null || !/^\}/.test(line)) continue;
    if (/^\}(;|\)*;?)?$/.test(line)) {
      found.push({ name: `${path} ${open.name}`, lines: at - open.from + 1 });
      open = null;
    }
  }
  return found;
}

function print(title: string, sized: readonly Sized[]): void {
  console.log(`\n${title}`);
  const longest = sized.toSorted((a, b) => b.lines - a.lines).slice(0, SHOWN);
  for (const one of longest) console.log(`${String(one.lines).padStart(5)}  ${one.name}`);
}
