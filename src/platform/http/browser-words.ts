import Bowser from "bowser";
import type { Visit } from "./visit.ts";

/** A longer one is no browser's; reading it would only cost time. */
const READ_MAX = 1_000;
const WORDS_MAX = 60;

/**
 * Names the browser and the system of a visit, so that its user knows the session again in a list: 'Chrome ·
 * Windows'. Empty when the browser does not say. Versions and models are left out: they would tell more about the
 * person than he needs.
 */
export function browserWords(visit: Visit): string {
  return readBrowserWords(visit.c.req.header("user-agent") ?? "");
}

/** The same, for the text that a browser sends about itself. */
export function readBrowserWords(userAgent: string): string {
  if (userAgent.trim() === "" || userAgent.length > READ_MAX) return "";
  const { browser, os } = Bowser.parse(userAgent);
  return [browser.name, os.name].filter(Boolean).join(" · ").slice(0, WORDS_MAX);
}
