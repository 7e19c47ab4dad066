import type { Db } from "../database/client.ts";
import type { SmsProvider } from "./sms-provider.ts";

/** Demonstration only: messages go to the page /demo/outbox instead of to a phone. */
export function demoSmsProvider(db: Db, clock: () => Date): SmsProvider {
  return {
    async send({ id, phone, text, code }) {
      await db
        .insertInto("demo_outbox")
        .values({ kind: "sms", recipient: phone, code, body: text, at: clock(), delivery_id: id })
        .onConflict((conflict) => conflict.column("delivery_id").doNothing())
        .execute();
      return { kind: "accepted" };
    },
  };
}
