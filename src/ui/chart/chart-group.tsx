import type { ComponentChildren } from "preact";
import { Disclosure } from "../box/disclosure.tsx";
import type { PageShell } from "../page-shell.ts";

export interface ChartGroupProps {
  mode: PageShell["mode"];
  children: ComponentChildren;
}

/** The charts of a page. In 适老版 they are one step away: the figures above and the table below say the same. */
export function ChartGroup({ mode, children }: ChartGroupProps) {
  return mode === "elder" ? <Disclosure summary="看图">{children}</Disclosure> : children;
}
