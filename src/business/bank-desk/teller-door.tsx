import { signIn } from "#src/platform/http/session-cookie.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import type { CodeDoor } from "#src/platform/second-factor/code-step.ts";
import { CodePage } from "#src/ui/code-page.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { findTellerCredentials, type TellerCredentials, tellerActor } from "./tellers.ts";

/** The desk's door where tellers have codes (TELLER_CODES): who comes in by it, and where to. */
export function tellerDoor(shell: (visit: Visit) => PageShell): CodeDoor<TellerCredentials> {
  return {
    table: "bank_teller",
    audience: "bank",
    passwordCookie: "bank-password",
    knownCookie: "desk",
    passwordPath: "/bank/sign-in",
    codePath: "/bank/sign-in/code",
    homePath: "/bank",
    auditEvent: "teller-signed-in",
    demoWords: "银行柜面的动态口令",
    find: findTellerCredentials,
    actorOf: ({ teller }) => tellerActor(teller),
    signIn: (db, visit, { teller }) => signIn(db, visit, "bank", teller.id),
    render: (visit, view) => renderPage(<CodePage shell={shell(visit)} {...view} />),
  };
}
