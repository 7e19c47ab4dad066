import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/**
 * One line for each place where the page breaks WCAG 2.2 A or AA or axe's best practices. The page must run scripts.
 * axe is evaluated rather than added as a tag, so that it can be used under the real Content-Security-Policy and a
 * violation of it is heard. The size of targets (2.5.8) is asked for: by itself axe leaves it out.
 */
export async function findWithAxe(page: Page): Promise<string[]> {
  await page.evaluate(AXE_SOURCE);
  const results = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (how: object) => Promise<AxeResults> } };
    return axe.run({ rules: { "target-size": { enabled: true } } });
  });
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help} at ${node.target.join(" ")}`),
  );
}
