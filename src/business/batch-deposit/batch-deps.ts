import type { Db } from "#src/platform/database/client.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import type { PageShell } from "#src/ui/page-shell.ts";

/** What the pages of 批量交款 are built on. */
export interface BatchDepositDeps {
  db: Db;
  personalData: PersonalData;
  uploads: Uploads;
  limit: LimitVisit;
  shell: (visit: Visit) => PageShell;
}
