import type { BatchKind } from "./rules.ts";

/** The way of a batch, as every page of it shows. */
export const STEPS = ["选房屋", "核对金额", "提交并打印", "到银行交款"];

/** The address of the page where houses are chosen; `isWhole`: with all of the estate listed and ticked. */
export function hrefOf(
  estateCode: string,
  query: { kind?: BatchKind | undefined; isWhole?: boolean } = {},
): string {
  const asked = new URLSearchParams();
  if (query.kind !== undefined && query.kind !== "00") asked.set("kind", query.kind);
  if (query.isWhole) asked.set("whole", "1");
  const rest = asked.size === 0 ? "" : `?${asked}`;
  return `/workbench/batch-deposits/new/${estateCode}${rest}`;
}
