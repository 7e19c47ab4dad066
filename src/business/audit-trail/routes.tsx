import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { Db } from "#src/platform/database/client.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { introduceStaff } from "#src/platform/staff/staff-members.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { describeDocumentSubjects } from "./document-subjects.ts";
import { type EventWords, eventWordsOf } from "./event-words.ts";
import { TrailPage } from "./pages.tsx";
import { listTrail, listTrailEvents } from "./queries.ts";
import { readTrailFilter } from "./schema.ts";
import { subjectWordsOf } from "./subject-words.ts";

export interface AuditTrailDeps {
  db: Db;
  shell: (visit: Visit) => PageShell;
  /** They say in words what their events and their papers are. */
  descriptors: readonly Pick<
    ApplicationDescriptor,
    "auditWords" | "kind" | "title" | "documents"
  >[];
}

/** The audit trail, for auditors alone. */
export function auditTrailRoutes(deps: AuditTrailDeps): Route[] {
  const eventWords = eventWordsOf(deps.descriptors);
  return [
    {
      method: "GET",
      path: "/review/audit",
      permission: "auditor",
      audit: null,
      handle: (visit) => showTrail(deps, visit, eventWords),
    },
  ];
}

async function showTrail(
  deps: AuditTrailDeps,
  visit: Visit,
  eventWords: EventWords,
): Promise<Response> {
  const filter = readTrailFilter((name) => visit.c.req.query(name));
  const { entries, next } = await listTrail(deps.db, filter);
  const inWords = subjectWordsOf(deps.descriptors);
  const subjects = entries.map(({ subject }) => subject);
  const documents = await describeDocumentSubjects(deps.db, deps.descriptors, subjects);
  const html = renderPage(
    <TrailPage
      shell={deps.shell(visit)}
      person={introduceStaff(staffOf(visit))}
      filter={filter}
      events={await listTrailEvents(deps.db)}
      eventWords={eventWords}
      subjectWords={(entry) => documents.get(entry.subject) ?? inWords(entry)}
      entries={entries}
      next={next}
    />,
  );
  return page(visit, html);
}
