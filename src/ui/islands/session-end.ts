import { type Known, SessionClock, type Told } from "./session-clock.ts";
import { SessionDialog } from "./session-dialog.ts";

/** Where each audience signs in again, and signs out. */
const DOORS: Record<string, { signIn: string; signOut: string }> = {
  owner: { signIn: "/sign-in", signOut: "/sign-out" },
  institution: { signIn: "/sign-in/institution", signOut: "/workbench/sign-out" },
  bank: { signIn: "/bank/sign-in", signOut: "/bank/sign-out" },
  staff: { signIn: "/review/sign-in", signOut: "/review/sign-out" },
};

/**
 * On pages of somebody who is signed in: tells two minutes before the session ends and lets him go on (WCAG 2.2.1).
 * When it has ended, the page stays as it is, with what was typed. Pages of visitors have no clock.
 */
export function watchSession(): void {
  const audience = document.body.dataset["session"] ?? "";
  const doors = DOORS[audience];
  if (doors === undefined) return;
  const ask = async (method: string) => {
    const response = await fetch(`/session/${audience}`, { method, cache: "no-store" });
    if (!response.ok) throw new Error(String(response.status));
    return await response.json();
  };
  const dialog = new SessionDialog(doors, () => void clock.goOn());
  const clock = new SessionClock({
    ask: () => ask("GET"),
    goOn: () => ask("POST"),
    tell: (what: Told) => dialog.tell(what),
    recall: () => recall(audience),
    remember: (known) => remember(audience, known),
  });
  for (const event of ["keydown", "pointerdown", "input"]) {
    addEventListener(event, () => clock.acted(), { passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) clock.returned();
  });
  addEventListener("focus", () => clock.returned());
  addEventListener("pageshow", (event) => {
    if (event.persisted) clock.returned();
  });
  clock.start();
}

/** Kept while the window is open. Of a session before this one it is too early, never too late. */
function recall(audience: string): Known | null {
  try {
    return JSON.parse(sessionStorage.getItem(`session-${audience}`) ?? "null");
  } catch {
    return null;
  }
}

function remember(audience: string, known: Known): void {
  try {
    sessionStorage.setItem(`session-${audience}`, JSON.stringify(known));
  } catch {
    // A browser that keeps nothing asks on every page.
  }
}
