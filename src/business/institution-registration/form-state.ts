import { missingDocuments } from "#src/applications/documents/document-rules.ts";
import type { StoredDocument } from "#src/applications/documents/stored-document.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { checkPhone } from "#src/kernel/phone.ts";
import type { Db } from "#src/platform/database/client.ts";
import { judgePassword, type PasswordPolicy } from "#src/platform/password-policy.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { Registration } from "./descriptor.ts";
import { estateRows } from "./estate-rows.ts";
import { findSameCode, isUsernameTaken, listCityDistricts, listFormEstates } from "./queries.ts";
import { type FormGround, type RegistrationForm, readRegistrationForm } from "./read-form.ts";
import { type Typed, usernameField } from "./schema.ts";

/** A form and its documents, judged. */
export type JudgedForm = { ok: true; form: RegistrationForm } | { ok: false; errors: FormErrors };

/** Reads what a form is judged against and drawn with. */
export async function loadGround(
  db: Db,
  registration: Registration,
  typed: Typed,
  today: CalendarDate,
): Promise<FormGround> {
  const codes = estateRows(typed).map(({ code }) => code);
  return {
    registration,
    today,
    districts: await listCityDistricts(db),
    estates: await listFormEstates(db, codes),
  };
}

/** Why a code cannot be registered, and how to go on. */
export const SAME_CODE =
  "这个代码已经注册过，不能再注册一次。请用原来的用户名登录；审核中的，可以查看进度或撤销；不是您单位注册的，请打 12345";
/** A user name belongs to one person only. */
export const USERNAME_TAKEN = "这个用户名已经有人用了，请换一个";

/**
 * Reads and judges a form with its documents, so that everything that is wrong is said at once: fields, the code
 * that somebody has already, and missing papers. `exceptId` is the institution that is being corrected.
 */
export async function judgeAll(
  db: Db,
  sent: { typed: Typed; documents: readonly StoredDocument[]; exceptId: number | null },
  ground: FormGround,
): Promise<JudgedForm> {
  const { documents, institution } = ground.registration;
  const missing = missingDocuments(documents, sent.documents);
  const read = readRegistrationForm(sent.typed, ground);
  if (!read.ok) return { ok: false, errors: { ...read.errors, ...missing } };
  const { creditCode, recordNo } = read.data;
  const wanted = { kind: institution, creditCode, recordNo, exceptId: sent.exceptId };
  const same = await findSameCode(db, wanted);
  const errors = { ...(same && { [codeFieldOf(read.data)]: SAME_CODE }), ...missing };
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, form: read.data };
}

/** The field by which an institution is known. */
function codeFieldOf({ creditCode }: Pick<RegistrationForm, "creditCode">): string {
  return creditCode === null ? "recordNo" : "creditCode";
}

/** A new account's user name and password, judged; the password goes no further than this and its hash. */
export async function judgeAccount(
  db: Db,
  policy: PasswordPolicy,
  sent: { username: string; password: string; passwordAgain: string; phone: string },
): Promise<{ ok: true; username: string } | { ok: false; errors: FormErrors }> {
  const errors: Record<string, string> = {};
  const username = usernameField.safeParse(sent.username);
  if (!username.success) {
    errors["username"] = username.error.issues[0]?.message ?? "请填写登录用户名";
  } else if (await isUsernameTaken(db, username.data)) {
    errors["username"] = USERNAME_TAKEN;
  }
  const phone = checkPhone(sent.phone.slice(0, 200));
  const wrong = judgePassword(policy, {
    password: sent.password,
    username: username.success ? username.data : undefined,
    phone: phone.ok ? phone.phone : undefined,
  });
  if (wrong !== null) errors["password"] = wrong;
  else if (sent.passwordAgain !== sent.password) {
    errors["passwordAgain"] =
      sent.passwordAgain === "" ? "请把密码再输入一次" : "两次输入的密码不一样，请重新输入";
  }
  return username.success && Object.keys(errors).length === 0
    ? { ok: true, username: username.data }
    : { ok: false, errors };
}
