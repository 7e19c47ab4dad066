import { z } from "zod";
import type { Db } from "#src/platform/database/client.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { json } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import { sessionToken } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { readTimeLeft } from "#src/platform/session-time.ts";
import { findSessionUser } from "#src/platform/sessions.ts";

export interface SessionTimeDeps {
  db: Db;
}

/**
 * How long the reader's session still lasts, for the island that warns before it ends (ui/islands/session-end.ts).
 * Asking does not prolong it; 继续 does, as opening any page would.
 */
export function sessionTimeRoutes(deps: SessionTimeDeps): Route[] {
  return [
    {
      method: "GET",
      path: "/session/:audience",
      permission: "any-session",
      audit: null,
      handle: (visit) => tellTimeLeft(deps, visit),
    },
    {
      method: "POST",
      path: "/session/:audience",
      permission: "any-session",
      audit: null,
      handle: (visit) => goOn(deps, visit),
    },
  ];
}

const audienceName = z.enum(["owner", "institution", "bank", "staff"]);

/** The session that the URL names, by this browser's cookie; a token of nothing where it has none. */
function askedSession(visit: Visit) {
  const audience = audienceName.safeParse(visit.c.req.param("audience"));
  if (!audience.success) throw new NotFound();
  const token = sessionToken(visit, audience.data) ?? "";
  return { audience: audience.data, token, now: visit.now };
}

async function tellTimeLeft({ db }: SessionTimeDeps, visit: Visit): Promise<Response> {
  const session = askedSession(visit);
  return json(visit, session.token === "" ? null : await readTimeLeft(db, session));
}

async function goOn(deps: SessionTimeDeps, visit: Visit): Promise<Response> {
  const session = askedSession(visit);
  if (session.token !== "") await findSessionUser(deps.db, session);
  return await tellTimeLeft(deps, visit);
}
