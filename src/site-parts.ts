import type { Clock } from "#src/kernel/clock.ts";
import type { Captcha } from "#src/platform/captcha/captcha.ts";
import type { Config } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { Log } from "#src/platform/log.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { RateLimits } from "#src/platform/rate-limits.ts";
import type { SignedTokens } from "#src/platform/signed-token.ts";
import type { Uploads } from "#src/platform/uploads/uploads.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";
import type { PageShell } from "#src/ui/page-shell.ts";

/** What the businesses are built on; each takes what it names. */
export interface SiteParts {
  config: Pick<
    Config,
    | "areTellerCodesOn"
    | "disclosurePolicy"
    | "fundCentreName"
    | "isDemo"
    | "passwordPolicy"
    | "smsCodesPerDay"
  >;
  /** The address that visitors use, for QR codes. */
  publicUrl: string;
  db: Db;
  clock: Clock;
  log: Log;
  personalData: PersonalData;
  printer: Printer;
  search: HouseSearch;
  captcha: Captcha;
  /** Signs the work that the captcha asks of browsers that misbehave. */
  workSecret: string;
  limits: RateLimits;
  limit: LimitVisit;
  tokens: SignedTokens;
  uploads: Uploads;
  /** Whether text messages leave the house. */
  isSmsAvailable: boolean;
  shell: (visit: Visit) => PageShell;
}
