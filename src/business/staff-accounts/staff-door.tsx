import { signIn } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { CodeDoor } from "#src/platform/second-factor/code-step.ts";
import {
  findStaffCredentials,
  type StaffCredentials,
  staffActor,
} from "#src/platform/staff/staff-members.ts";
import { STAFF_SIGN_IN } from "#src/platform/staff/staff-session.ts";
import { CodePage } from "#src/ui/code-page.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";

/** The fund centre's door: who comes in by it with a code, and where to. */
export function staffDoor(shell: (visit: Visit) => PageShell): CodeDoor<StaffCredentials> {
  return {
    table: "staff_member",
    audience: "staff",
    passwordCookie: "staff-password",
    knownCookie: "review-desk",
    passwordPath: STAFF_SIGN_IN,
    codePath: `${STAFF_SIGN_IN}/code`,
    homePath: "/review",
    auditEvent: "staff-signed-in",
    demoWords: "管理中心工作台的动态口令",
    find: findStaffCredentials,
    actorOf: ({ member }) => staffActor(member),
    signIn: (db, visit, { member }) => signIn(db, visit, "staff", member.id),
    render: (visit, view) =>
      renderPage(<CodePage shell={shell(visit)} desk="fund-centre" {...view} />),
  };
}
