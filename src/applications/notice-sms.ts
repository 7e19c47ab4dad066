import { sql } from "kysely";
import type { Tx } from "#src/platform/database/client.ts";

/** News that is older than this is better read on the page. */
const WORTH_TELLING_HOURS = 24;

/** A text message as the database queues it: {tail} stands for the last four digits of the number. */
export interface NoticeSms {
  text: string;
  /** What a gateway with templates puts into them. */
  values: { about: string; words: string };
  notAfter: Date;
}

/**
 * Says to whoever applied what happened to his application, known to him by its last four digits; names,
 * addresses and amounts stay out of it.
 */
export function noticeSms(words: string, now: Date): NoticeSms {
  const about = "业务单（尾号 {tail}）";
  return {
    values: { about, words },
    text: `您的${about}${words}。详情请到物业专项维修资金公众服务平台，用“业务受理状态查询”查看。`,
    notAfter: new Date(now.getTime() + WORTH_TELLING_HOURS * 3_600_000),
  };
}

/** Queues a text message to whoever applied, in the transaction of the step that it tells of. */
export async function queueNoticeSms(
  tx: Tx,
  applicationId: bigint,
  words: string,
  now: Date,
): Promise<void> {
  await sql`
    select queue_notice_sms(id, number, ${JSON.stringify(noticeSms(words, now))}::jsonb, ${now}::timestamptz)
      from application where id = ${applicationId.toString()}::bigint`.execute(tx);
}
