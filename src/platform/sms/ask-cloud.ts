import type { SmsOutcome } from "./sms-provider.ts";

const TIMEOUT_MS = 10_000;
/** Their answers have some hundred bytes. */
const ANSWER_BYTES_MAX = 65_536;

/** What a cloud answered, or that it did not. */
export type CloudAnswer =
  | { kind: "answer"; status: number; body: unknown }
  | { kind: "none"; outcome: SmsOutcome };

/**
 * Asks a cloud's interface and reads its JSON. No answer, a redirect, which is not followed, and an answer that is
 * no JSON are worth another try. Nothing of the message stands in what is told of a failure.
 */
export async function askCloud(
  url: string,
  request: { method: "POST"; headers: Record<string, string>; body?: string },
  timeoutMs = TIMEOUT_MS,
): Promise<CloudAnswer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(url, { ...request, redirect: "manual", signal });
    const text = await answer.text();
    const body = text.length > ANSWER_BYTES_MAX ? null : parseJson(text);
    return { kind: "answer", status: answer.status, body };
  } catch (error) {
    const problem = error instanceof Error ? error.name : "no answer";
    return { kind: "none", outcome: { kind: "later", problem } };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
