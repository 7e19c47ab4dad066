import { sql } from "kysely";
import type { Tx } from "#src/platform/database/client.ts";

/** News that is older than this is better read on the page. */
const WORTH_TELLING_HOURS = 24;

/**
 * Queues a text message to whoever applied: what happened to his application, known to him by its last four
 * digits. Written in the transaction of the step; names, addresses and amounts stay out of it.
 */
export async function queueNoticeSms(
  tx: Tx,
  applicationId: bigint,
  words: string,
  now: Date,
): Promise<void> {
  const notAfter = new Date(now.getTime() + WORTH_TELLING_HOURS * 3_600_000);
  await sql`
    insert into sms_message
        (kind, phone_cipher, text, template_values, created_at, not_after, next_try_at)
      select 'notice', c.phone_cipher, '您的业务单（尾号 ' || right(a.number, 4) || '）' || ${words}::text ||
          '。详情请到物业专项维修资金公众服务平台，用“业务受理状态查询”查看。',
          jsonb_build_object('about', '业务单（尾号 ' || right(a.number, 4) || '）', 'words', ${words}::text),
          ${now}::timestamptz, ${notAfter}::timestamptz, ${now}::timestamptz
        from application a join application_contact c on c.application_id = a.id
        where a.id = ${applicationId.toString()}::bigint`.execute(tx);
}
