import {
  cruise,
  type IConfiguration,
  type ICruiseOptions,
  type ICruiseResult,
  type IResolveOptions,
} from "dependency-cruiser";

/** What dependency-cruiser saw: how many modules, and each import that the floors forbid. */
export interface FloorReport {
  moduleCount: number;
  violations: string[];
}

/**
 * Reads every import under the folder's sources and names those that break `.dependency-cruiser.mjs`:
 * upward, from business to business, in a circle, or leading nowhere. With TypeScript 7 a wrongly
 * set parser sees no module at all and finds nothing, so callers must look at the count as well.
 */
export async function inspectFloors(baseDir: string, folders: string[]): Promise<FloorReport> {
  const { forbidden, options } = await readRules();
  const { output } = await cruise(
    folders,
    { ...options, baseDir, validate: true, ruleSet: { forbidden } } as ICruiseOptions,
    options?.enhancedResolveOptions as Partial<IResolveOptions>,
  );
  const { modules, summary } = output as ICruiseResult;
  const violations = summary.violations.map(({ rule, from, to, cycle }) => {
    const through = cycle?.map((step) => step.name).join(" → ") ?? to;
    return `${rule.name}: ${from} → ${through}`;
  });
  return { moduleCount: modules.filter((one) => one.source.startsWith("src/")).length, violations };
}

async function readRules(): Promise<IConfiguration> {
  const rules = new URL("../.dependency-cruiser.mjs", import.meta.url);
  return ((await import(rules.href)) as { default: IConfiguration }).default;
}
