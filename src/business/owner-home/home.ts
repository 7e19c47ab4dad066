import type { FindDescriptor } from "#src/applications/find-descriptor.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PasswordPolicy } from "#src/platform/password-policy.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { RateLimits } from "#src/platform/rate-limits.ts";
import type { SignedTokens } from "#src/platform/signed-token.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";
import type { PageShell } from "#src/ui/page-shell.ts";

/** What an owner's home is built on. */
export interface OwnerHomeDeps {
  config: { fundCentreName: string; smsCodesPerDay: number; passwordPolicy: PasswordPolicy };
  publicUrl: string;
  db: Db;
  personalData: PersonalData;
  printer: Printer;
  search: HouseSearch;
  limits: RateLimits;
  limit: LimitVisit;
  tokens: SignedTokens;
  isSmsAvailable: boolean;
  findDescriptor: FindDescriptor;
  shell: (visit: Visit) => PageShell;
}

/** The home itself, to which acts come back. */
export const HOME = "/me";
export const ACCOUNT = "/me/account";
