import { z } from "zod";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";
import type { Db } from "#src/platform/database/client.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import { endSessionsOf } from "#src/platform/sessions.ts";

const PASSWORD_LENGTH_MIN = 10;

const words = (what: string) =>
  z
    .string({ error: `请写明${what}` })
    .refine((text) => !hasForbiddenCharacters(text), `${what}里有不能识别的字符`)
    .transform(cleanText)
    .pipe(z.string().min(1, `请写明${what}`).max(40, `${what}最多 40 个字`));

/** A teller to be added, as an operator gives it. */
export const newTeller = z.object({
  username: z
    .string({ error: "请写明用户名" })
    .regex(/^[a-z][a-z0-9-]{3,30}$/, "用户名应以小写字母开头，4 到 31 位小写字母、数字或短横线"),
  name: words("姓名"),
  number: z
    .string({ error: "请写明柜员号" })
    .regex(/^[0-9A-Za-z]{2,12}$/, "柜员号应是 2 到 12 位字母或数字"),
  bank: z.string({ error: "请写明银行代码" }),
  branch: words("网点名称"),
  password: z
    .string({ error: "请给出密码" })
    .min(PASSWORD_LENGTH_MIN, `密码至少 ${PASSWORD_LENGTH_MIN} 位`)
    .max(200, "密码最多 200 位"),
});
export type NewTeller = z.infer<typeof newTeller>;

/**
 * Has a teller's one-time code set up anew at his next sign-in, and ends his sessions. Answers whether there is such
 * a teller. Runs as the owner of the tables, from the command line.
 */
export async function resetCodeByOperator(owner: Db, username: string): Promise<boolean> {
  return await owner.transaction().execute(async (tx) => {
    const found = await tx
      .updateTable("bank_teller")
      .set({ totp_secret_cipher: null, totp_last_step: null })
      .where("username", "=", username)
      .returning("id")
      .executeTakeFirst();
    if (found !== undefined) await endSessionsOf(tx, "bank", [found.id]);
    return found !== undefined;
  });
}

/** Why a teller was not added. */
export type AddTellerOutcome = { ok: true } | { ok: false; reason: "unknown-bank" | "name-taken" };

/** Adds a teller of a bank that the register knows. Runs as the owner of the tables, from the command line. */
export async function addTeller(owner: Db, teller: NewTeller): Promise<AddTellerOutcome> {
  const bank = await owner
    .selectFrom("bank")
    .select("code")
    .where("code", "=", teller.bank)
    .executeTakeFirst();
  if (bank === undefined) return { ok: false, reason: "unknown-bank" };
  const added = await owner
    .insertInto("bank_teller")
    .values({
      username: teller.username,
      password_hash: await hashPassword(teller.password),
      display_name: teller.name,
      teller_no: teller.number,
      bank_code: teller.bank,
      branch_name: teller.branch,
      // Where tellers have codes, the first sign-in replaces it.
      is_password_initial: true,
    })
    .onConflict((conflict) => conflict.column("username").doNothing())
    .returning("id")
    .executeTakeFirst();
  return added === undefined ? { ok: false, reason: "name-taken" } : { ok: true };
}
