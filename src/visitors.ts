import { authenticateInstitution } from "#src/accounts/institutions/institution-session.ts";
import { authenticateOwner, recogniseOwner } from "#src/accounts/owners/owner-session.ts";
import { authenticateTeller } from "#src/business/bank-desk/teller-session.ts";
import type { Config } from "#src/platform/config.ts";
import type { Db } from "#src/platform/database/client.ts";
import { TooManyRequests } from "#src/platform/http/errors.ts";
import type { LimitVisit } from "#src/platform/http/limit-visit.ts";
import {
  INSTITUTION_PERMISSIONS,
  type InstitutionPermission,
  type Permission,
} from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import type { RateLimits } from "#src/platform/rate-limits.ts";
import { authenticateStaff } from "#src/platform/staff/staff-session.ts";
import type { Assets } from "#src/ui/assets.ts";
import type { PageShell } from "#src/ui/page-shell.ts";

/** Lets a visitor through to what his permission opens; who is nobody is sent to sign in. */
export async function admit(
  deps: { db: Db; personalData: PersonalData },
  visit: Visit,
  permission: Permission,
): Promise<Response | null> {
  if (isForInstitutions(permission)) return await authenticateInstitution(deps, visit, permission);
  switch (permission) {
    case "anyone":
    case "demonstration":
      await recogniseOwner(deps, visit);
      return null;
    case "any-session":
      return null;
    case "bank-teller":
      return await authenticateTeller(deps.db, visit);
    case "owner":
      return await authenticateOwner(deps, visit);
    default:
      return await authenticateStaff(deps.db, visit, permission);
  }
}

function isForInstitutions(permission: Permission): permission is InstitutionPermission {
  return permission in INSTITUTION_PERMISSIONS;
}

/** Makes what every page has around it: styles, display mode, names of the city, hours of its windows. */
export function shellMaker(
  config: Config,
  assets: Assets,
  serviceHours: () => string | undefined,
): (visit: Visit) => PageShell {
  return (visit) => ({
    cssHref: assets.cssHref,
    jsHref: assets.jsHref,
    workCssHref: assets.workCssHref,
    articleCssHref: assets.articleCssHref,
    editorJsHref: assets.editorJsHref,
    path: pathToComeBackTo(new URL(visit.c.req.url)),
    ...visit.display,
    authorityName: config.authorityName,
    fundCentreName: config.fundCentreName,
    cityName: config.cityName,
    isDemo: config.isDemo,
    isOwner: visit.isOwner,
    serviceHours: serviceHours(),
  });
}

/** Stands in several links of every page, so that a long one would make the page many times its length. */
const PATH_LENGTH_MAX = 2_000;

function pathToComeBackTo({ pathname, search }: URL): string {
  const path = pathname + search;
  return path.length > PATH_LENGTH_MAX ? "/" : path;
}

/** Makes the limiter that the businesses ask: who comes too often from one address is told when to come again. */
export function visitLimiter(limits: RateLimits): LimitVisit {
  return async (visit, rule, key) => {
    const address = visit.addressHash.toString("base64url");
    const answer = await limits.consume(rule, key === undefined ? address : `${key}@${address}`);
    if (!answer.ok) throw new TooManyRequests(answer.retryAfterSeconds);
  };
}
