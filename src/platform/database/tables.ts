import type { AccountTables } from "./tables/accounts.ts";
import type { ApplicationRecordTables } from "./tables/application-records.ts";
import type { ApplicationTables } from "./tables/applications.ts";
import type { BankTables } from "./tables/bank.ts";
import type { LedgerTables } from "./tables/ledger.ts";
import type { PlatformTables } from "./tables/platform.ts";
import type { PublicPageTables } from "./tables/public-pages.ts";
import type { RegisterTables } from "./tables/register.ts";
import type { WorkbenchTables } from "./tables/workbench.ts";

/** Every table that the migrations make, as Kysely reads and writes it. */
export interface Database
  extends RegisterTables,
    LedgerTables,
    BankTables,
    AccountTables,
    ApplicationTables,
    ApplicationRecordTables,
    WorkbenchTables,
    PublicPageTables,
    PlatformTables {}
