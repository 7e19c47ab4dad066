import { globSync, readFileSync, writeFileSync } from "node:fs";
import { findRawValues, readTokens, useTokens } from "./token-values.ts";

/** Style sheets whose raw values are their purpose: paper measures, and the system's own colours. */
const EXEMPT = /tokens\.css$|print\.css$|forced-colors\.css$/;

/** Writes tokens for raw values in every style sheet of `src/ui`, and names what is left. */
function main(): number {
  const tokens = readTokens(readFileSync("src/ui/tokens.css", "utf8"));
  let left = 0;
  for (const path of globSync("src/ui/**/*.css").filter((one) => !EXEMPT.test(one))) {
    const before = readFileSync(path, "utf8");
    const after = useTokens(before, tokens);
    if (after !== before) writeFileSync(path, after);
    for (const { line, declaration } of findRawValues(after, tokens)) {
      left += 1;
      console.log(`${path}:${line}: ${declaration}`);
    }
  }
  return left === 0 ? 0 : 1;
}

process.exitCode = main();
