import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import type { Db } from "#src/platform/database/client.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { introduceStaff, type StaffMember } from "#src/platform/staff/staff-members.ts";
import { staffOf } from "#src/platform/staff/staff-session.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { WorkbenchPerson } from "#src/ui/workbench-page.tsx";
import { type ReviewedDescriptor, stagesFor } from "./desk-stages.ts";
import { countQueue, type QueueOf } from "./queue.ts";

/** What every page of the desk is drawn with. */
export interface DeskFrame {
  shell: PageShell;
  person: WorkbenchPerson;
  queueCount: number;
}

/** Whose page it is, and what his queue consists of. */
export interface DeskVisit {
  member: StaffMember;
  queue: QueueOf;
}

/** Tells for a visit who works and which stages are his. */
export function deskVisit(descriptors: readonly ReviewedDescriptor[], visit: Visit): DeskVisit {
  const member = staffOf(visit);
  const stages = stagesFor(descriptors, member.roles);
  return { member, queue: { stages, today: shanghaiDate(visit.now) } };
}

/** Reads what stands around every page of the desk. */
export async function deskFrame(
  deps: { db: Db; shell: (visit: Visit) => PageShell },
  visit: Visit,
  { member, queue }: DeskVisit,
): Promise<DeskFrame> {
  const all = { kind: null, district: null, since: null };
  const counts = await countQueue(deps.db, queue, all);
  return {
    shell: deps.shell(visit),
    person: introduceStaff(member),
    queueCount: counts.overdue + counts.today + counts.within,
  };
}
