import type { SmsOutcome, SmsProvider } from "./sms-provider.ts";

/** Where the city's gateway for text messages is, and what opens it. */
export interface SmsGateway {
  url: string;
  token: string;
  /** How long one try may take; ten seconds unless told. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

/** Answers that another try cannot change: the message itself is wrong. */
const FINAL = new Set([400, 410, 413, 415, 422]);

/**
 * Hands messages to a gateway over HTTP: a POST of JSON `{ id, to, text, code }` with the token as bearer
 * and the id as `idempotency-key`. 2xx is accepted, and so is 409, which says that the gateway has the id
 * already. A redirect is not followed: the message would go to a place that nobody configured.
 */
export function httpSmsProvider(gateway: SmsGateway): SmsProvider {
  return {
    async send({ id, phone, text, code }) {
      try {
        const answer = await fetch(gateway.url, {
          method: "POST",
          redirect: "manual",
          signal: AbortSignal.timeout(gateway.timeoutMs ?? TIMEOUT_MS),
          headers: {
            authorization: `Bearer ${gateway.token}`,
            "content-type": "application/json",
            "idempotency-key": id,
          },
          body: JSON.stringify({ id, to: phone, text, code }),
        });
        await answer.body?.cancel();
        return outcomeOf(answer.status);
      } catch (error) {
        return { kind: "later", problem: error instanceof Error ? error.name : "no answer" };
      }
    },
  };
}

function outcomeOf(status: number): SmsOutcome {
  if ((status >= 200 && status < 300) || status === 409) return { kind: "accepted" };
  const problem = `the gateway answered ${status}`;
  return FINAL.has(status) ? { kind: "refused", problem } : { kind: "later", problem };
}
