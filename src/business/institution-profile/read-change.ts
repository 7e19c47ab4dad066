import type { BoundEstate } from "#src/accounts/institutions/bound-estates.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { cleanText } from "#src/kernel/typed-text.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { parseForm } from "#src/platform/http/parse-form.ts";
import type { EstateChange, InstitutionChange } from "./change.ts";
import type { RegisteredInstitution } from "./queries.ts";
import { changeForm, estateFields, readEstateRow } from "./schema.ts";

/** What a sent form asks to be changed, or one sentence for each field that has to be put right. */
export type ReadChange =
  | { ok: true; change: InstitutionChange }
  | { ok: false; errors: Record<string, string> };

/** Compares a sent form with what is registered: only what differs is asked for. */
export async function readChange(
  db: Db | Tx,
  sent: SentForm,
  now: {
    institution: RegisteredInstitution;
    bound: readonly BoundEstate[];
    today: CalendarDate;
  },
): Promise<ReadChange> {
  const { institution, bound } = now;
  const errors: Record<string, string> = {};
  const form = parseForm(changeForm, sent);
  if (!form.ok) Object.assign(errors, form.errors);
  const estates: EstateChange[] = [];
  for (const estate of bound) {
    const read = readEstateRow(sent, estate.code);
    if (!read.ok) Object.assign(errors, read.errors);
    else {
      const asked = changeOf(estate, read.row);
      for (const one of asked) Object.assign(errors, termErrors(one, institution, now.today));
      estates.push(...asked);
    }
  }
  const added = await readAdded(db, sent, now);
  if (!added.ok) Object.assign(errors, added.errors);
  else estates.push(...added.estates);
  if (form.ok) Object.assign(errors, accountErrors(form.data));
  if (!form.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  const { institutionName, legalPerson, ...asked } = form.data;
  const { accountName, accountBank, accountNo, legalPerson: knownPerson } = institution.profile;
  const before = { accountName, accountBank, accountNo };
  return {
    ok: true,
    change: {
      name: differs(institution.name, institutionName),
      legalPerson: differs(knownPerson, legalPerson),
      account:
        asked.accountNo === "" || JSON.stringify(asked) === JSON.stringify(before)
          ? null
          : { before, asked },
      estates,
    },
  };
}

function differs(before: string, asked: string) {
  return asked === "" || asked === before ? null : { before, asked };
}

/** An account is three things: a number without its bank pays nobody. */
function accountErrors(form: { accountName: string; accountBank: string; accountNo: string }) {
  const parts = [
    ["accountName", "户名"],
    ["accountBank", "开户银行"],
    ["accountNo", "账号"],
  ] as const;
  if (parts.every(([name]) => form[name] === "")) return {};
  return Object.fromEntries(
    parts
      .filter(([name]) => form[name] === "")
      .map(([name, what]) => [name, `变更银行账户要填全，请填写${what}`]),
  );
}

function changeOf(
  estate: BoundEstate,
  row: {
    contractNo: string;
    startsOn: BoundEstate["startsOn"];
    endsOn: BoundEstate["endsOn"];
    isEnded: boolean;
  },
): EstateChange[] {
  const { estateId, code, name } = estate;
  const before = {
    contractNo: estate.contractNo,
    startsOn: estate.startsOn,
    endsOn: estate.endsOn,
  };
  const asked = { contractNo: row.contractNo, startsOn: row.startsOn, endsOn: row.endsOn };
  if (row.isEnded) return [{ estateId, code, name, act: "end", ...before, before }];
  if (JSON.stringify(asked) === JSON.stringify(before)) return [];
  return [{ estateId, code, name, act: "change", ...asked, before }];
}

/** A contract or a term that is asked for has both its days, and is not over; a developer's project has none. */
function termErrors(
  { act, code, startsOn, endsOn }: EstateChange,
  { kind }: Pick<RegisteredInstitution, "kind">,
  today: CalendarDate,
): Record<string, string> {
  if (kind === "developer" || act === "end") return {};
  const what = kind === "committee" ? "任期" : "合同";
  const fields = estateFields(act === "add" ? "new" : code);
  const errors: Record<string, string> = {};
  if (startsOn === null) errors[fields.startsOn] = `请填写${what}起始日期，例如 2027-01-01`;
  if (endsOn === null) errors[fields.endsOn] = `请填写${what}到期日期，例如 2029-12-31`;
  else if (endsOn < today) {
    errors[fields.endsOn] = `${what}到期日期已经过了，请填新的日期；不再续的，在下面选“解除绑定”`;
  }
  return errors;
}

async function readAdded(
  db: Db | Tx,
  sent: SentForm,
  { institution, bound, today }: Parameters<typeof readChange>[2],
): Promise<{ ok: true; estates: EstateChange[] } | { ok: false; errors: Record<string, string> }> {
  const code = cleanText(sent["newEstate"] ?? "").toUpperCase();
  if (code === "") return { ok: true, estates: [] };
  const refuse = (sentence: string) => ({ ok: false as const, errors: { newEstate: sentence } });
  if (!/^[A-Z]{2}[0-9]{4,8}$/.test(code)) {
    return refuse("物业区域编号应是两个字母加数字，例如 SL0126，可以在进入我的小区里查到");
  }
  if (bound.some((one) => one.code === code)) return refuse("这个小区已经绑定，请在上面改它的期限");
  const isLeaving = bound.every((one) => sent[estateFields(one.code).isEnded] === "yes");
  if (institution.kind === "committee" && bound.length > 0 && !isLeaving) {
    return refuse("业主委员会只能绑定一个物业区域");
  }
  const estate = await db
    .selectFrom("estate")
    .select(["id", "name"])
    .where("code", "=", code)
    .executeTakeFirst();
  if (estate === undefined) return refuse("没有这个编号的物业区域，请核对");
  const read = readEstateRow(sent, "new");
  if (!read.ok) return read;
  const { contractNo, startsOn, endsOn } = read.row;
  const term = { contractNo, startsOn, endsOn };
  const added = { estateId: estate.id, code, name: estate.name, act: "add", ...term } as const;
  const errors = termErrors({ ...added, before: null }, institution, today);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, estates: [{ ...added, before: null }] };
}
