import { sql } from "kysely";
import type { Db, Tx } from "../database/client.ts";
import type { PersonalData } from "../personal-data.ts";

/** A message with a one-time code, as it is handed to the outbox. */
export interface CodeSms {
  phone: string;
  /** {code} stands for the code, which is kept apart and encrypted. */
  text: string;
  code: string;
  now: Date;
  /** After it the code is worth nothing and the message is not sent. */
  notAfter: Date;
}

/**
 * Puts a message with a code into the outbox, in the transaction that made the code. With `isWanted` false
 * the same statement writes nothing, so that its time tells nobody which it was.
 */
export async function queueCodeSms(
  tx: Tx,
  personalData: PersonalData,
  message: CodeSms,
  isWanted: boolean,
): Promise<void> {
  const phone = personalData.encrypt(message.phone);
  const code = personalData.encrypt(message.code);
  await sql`
    insert into sms_message (kind, phone_cipher, text, code_cipher, created_at, not_after, next_try_at)
      select 'code', ${phone}::bytea, ${message.text}, ${code}::bytea, ${message.now}::timestamptz,
          ${message.notAfter}::timestamptz, ${message.now}::timestamptz
        where ${isWanted}::boolean`.execute(tx);
}

/** A message that tells of something, as it is handed to the outbox: 您的`about``words`。 */
export interface NoticeSms {
  phone: string;
  /** What it is about, known to its reader alone: 机构注册（尾号 1234）. Nothing personal. */
  about: string;
  /** What happened, and what to do: 已通过，请登录办理. */
  words: string;
  now: Date;
  /** After it the news is better read on the page. */
  notAfter: Date;
}

/** Puts a message that tells of something into the outbox, in the transaction of what it tells. */
export async function queueNoticeToPhone(
  tx: Tx,
  personalData: PersonalData,
  { phone, about, words, now, notAfter }: NoticeSms,
): Promise<void> {
  const row = {
    kind: "notice" as const,
    phone_cipher: personalData.encrypt(phone),
    code_cipher: null,
    text: `您的${about}${words}。详情请到物业专项维修资金公众服务平台查看。`,
    template_values: JSON.stringify({ about, words }),
    created_at: now,
    not_after: notAfter,
    next_try_at: now,
  };
  await tx.insertInto("sms_message").values(row).execute();
}

/** Counts the codes that left, or are about to leave, since a moment. */
export async function countCodesSent(db: Db, since: Date): Promise<number> {
  const { rows } = await sql<{ sent: number }>`
    select count(*)::int as sent from sms_message where kind = 'code' and created_at > ${since}`.execute(
    db,
  );
  return rows[0]?.sent ?? 0;
}

/** Gives up what is past its time and forgets its phone and code; what is being tried now is left. */
export async function giveUpLateSms(db: Db, now: Date): Promise<void> {
  await sql`
    update sms_message set state = 'expired', phone_cipher = null, code_cipher = null
      where state = 'waiting' and not_after <= ${now} and next_try_at <= ${now}`.execute(db);
}

const KEPT_DAYS = 30;

/**
 * Gives up late messages, also where no provider takes any, and removes those that are through or given up
 * for a month.
 */
export async function sweepSms(db: Db, now: Date): Promise<void> {
  await giveUpLateSms(db, now);
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 3_600_000);
  await db
    .deleteFrom("sms_message")
    .where("state", "<>", "waiting")
    .where("created_at", "<", before)
    .execute();
}
