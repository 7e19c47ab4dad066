import type { TemplateJob } from "./compile-template.ts";

/** What the printer asks its child for. */
export interface PrintRequest extends TemplateJob {
  id: number;
}

/** What the child answers; `rssBytes` lets the printer replace a child that has grown. */
export type PrintReply = { id: number; rssBytes: number } & (
  | { pdf: Uint8Array }
  | { error: string }
);
