import type { ReadDatedBook } from "#src/bank/statements/dated-book.ts";
import type { Clock } from "#src/kernel/clock.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { SendKeptPage } from "#src/platform/http/kept-pages.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PageShell } from "#src/ui/page-shell.ts";

export interface DisclosureDeps {
  db: Db;
  clock: Clock;
  policy: DisclosurePolicy;
  shell: (visit: Visit) => PageShell;
  limit: LimitVisit;
  readBook: ReadDatedBook;
}

/** What the pages of 公示 are answered from. */
export interface Desk extends DisclosureDeps {
  send: SendKeptPage;
}
