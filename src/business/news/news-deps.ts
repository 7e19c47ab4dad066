import type { Clock } from "#src/kernel/clock.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import type { PageShell } from "#src/ui/page-shell.ts";

/** What the pages of news stand on. */
export interface NewsDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
  /** The address that visitors use, which feeds must name in full. */
  publicUrl: string;
}

/** What the editors' pages stand on besides. */
export interface NewsDeskDeps extends NewsDeps {
  clock: Clock;
  uploads: Uploads;
  limit: LimitVisit;
  /** The usual source of a piece of news. */
  fundCentreName: string;
}
