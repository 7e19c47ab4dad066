import { sql } from "kysely";
import type { Db } from "../database/client.ts";
import type { Log } from "../log.ts";
import type { PersonalData } from "../personal-data.ts";
import { giveUpLateSms } from "./outbox.ts";
import type { SmsKind, SmsOutcome, SmsProvider } from "./sms-provider.ts";

export interface SmsDelivery {
  db: Db;
  personalData: PersonalData;
  provider: SmsProvider;
  clock: () => Date;
  log: Pick<Log, "warn">;
}

const AT_ONCE = 20;
/** Longer than any try: until then no other process takes the message. */
const LEASE_MS = 60_000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 10 * 60_000;
const ATTEMPTS_MAX = 12;

interface ClaimedSms {
  id: string;
  phone_cipher: Buffer;
  text: string;
  code_cipher: Buffer | null;
  attempts: number;
  kind: SmsKind;
  template_values: Record<string, string>;
}

/**
 * Sends what waits in the outbox. Several processes may do it at once: each takes its own messages, and one
 * that died leaves its to the others a minute later. A message reaches the provider at least once, always
 * under the same id; one that is past its time is not sent. Answers how many were taken.
 */
export async function deliverSms(delivery: SmsDelivery): Promise<number> {
  const now = delivery.clock();
  await giveUpLateSms(delivery.db, now);
  const claimed = await claim(delivery.db, now);
  await Promise.all(claimed.map((message) => deliverOne(delivery, message)));
  return claimed.length;
}

async function claim(db: Db, now: Date): Promise<ClaimedSms[]> {
  const lease = new Date(now.getTime() + LEASE_MS);
  const { rows } = await sql<ClaimedSms>`
    update sms_message set attempts = attempts + 1, next_try_at = ${lease}
      where id in (select id from sms_message
        where state = 'waiting' and next_try_at <= ${now} and not_after > ${now}
        order by next_try_at limit ${AT_ONCE} for update skip locked)
      returning id, kind, phone_cipher, text, code_cipher, template_values, attempts`.execute(db);
  return rows;
}

async function deliverOne(delivery: SmsDelivery, message: ClaimedSms): Promise<void> {
  const outcome = await send(delivery, message);
  if (outcome.kind === "accepted") return await finish(delivery.db, message.id, "accepted", "");
  const isLast = outcome.kind === "refused" || message.attempts >= ATTEMPTS_MAX;
  if (isLast) {
    delivery.log.warn({ sms: message.id, problem: outcome.problem }, "text message given up");
    return await finish(delivery.db, message.id, "refused", outcome.problem);
  }
  const next = new Date(delivery.clock().getTime() + waitAfter(message.attempts));
  await delivery.db
    .updateTable("sms_message")
    .set({ next_try_at: next, last_problem: outcome.problem })
    .where("id", "=", message.id)
    .where("state", "=", "waiting")
    .execute();
}

/** Twice as long after each failure, up to ten minutes. */
function waitAfter(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
}

async function send(delivery: SmsDelivery, message: ClaimedSms): Promise<SmsOutcome> {
  const phone = delivery.personalData.decrypt(message.phone_cipher);
  if (!/^1[3-9][0-9]{9}$/.test(phone)) return { kind: "refused", problem: "not a mobile number" };
  const code =
    message.code_cipher === null ? "" : delivery.personalData.decrypt(message.code_cipher);
  const text = message.text.replace("{code}", code);
  const { id, kind } = message;
  const values = kind === "code" ? { code } : message.template_values;
  return await delivery.provider.send({ id, kind, phone, text, code, values });
}

async function finish(
  db: Db,
  id: string,
  state: "accepted" | "refused",
  problem: string,
): Promise<void> {
  await db
    .updateTable("sms_message")
    .set({ state, phone_cipher: null, code_cipher: null, last_problem: problem })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .execute();
}
