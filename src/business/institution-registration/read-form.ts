import type { InstitutionProfile } from "#src/accounts/institutions/institution-profile.ts";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { cleanText } from "#src/kernel/typed-text.ts";
import { type ParsedForm, parseForm } from "#src/platform/http/parse-form.ts";
import type { Registration } from "./descriptor.ts";
import { type EstateRow, estateRows } from "./estate-rows.ts";
import {
  accountForm,
  estateField,
  institutionForm,
  line,
  readDay,
  SERVICE_KIND_WORDS,
  type ServiceKind,
  TYPED_FIELDS,
  type Typed,
} from "./schema.ts";

/** An estate as the form shows it to be checked. */
export interface FormEstate {
  id: number;
  code: string;
  name: string;
  districtName: string;
  address: string;
  developerName: string;
  propertyCompanyName: string;
  committeeName: string;
}

/** An estate to be bound, read. Dates are null for a developer: his project has no end. */
export interface Binding {
  estate: FormEstate;
  contractNo: string;
  serviceKind: "" | ServiceKind;
  startsOn: CalendarDate | null;
  endsOn: CalendarDate | null;
}

/** A form that reads well. */
export interface RegistrationForm {
  name: string;
  creditCode: string | null;
  recordNo: string | null;
  profile: InstitutionProfile;
  bindings: readonly Binding[];
}

/** What the form is read against. */
export interface FormGround {
  registration: Registration;
  today: CalendarDate;
  /** The districts that are offered. */
  districts: readonly string[];
  /** The estates of the form that are on record. */
  estates: readonly FormEstate[];
}

/** Every field from top to bottom, also those that are not kept. */
const FORM_ORDER: readonly string[] = [
  "",
  ...TYPED_FIELDS.flatMap((name) => {
    if (name === "contactPhone") return [name, "captcha", "secondCaptcha", "contactCode"];
    return name === "username" ? [name, "password", "passwordAgain"] : [name];
  }),
];

/** A district that is none of the city's: the address says which. */
export const OTHER_DISTRICT = "other";

/** Reads a registration, or says of each field what has to be changed, in the order of the form. */
export function readRegistrationForm(
  typed: Typed,
  ground: FormGround,
): ParsedForm<RegistrationForm> {
  const { registration } = ground;
  const isCommittee = registration.institution === "committee";
  const { legalPersonTitle } = registration;
  const own = parseForm(institutionForm({ legalPersonTitle, isCommittee, today: ground.today }), {
    ...typed,
    ...(isCommittee ? { licenceUntil: "" } : { recordNo: "" }),
  });
  const errors: Record<string, string> = own.ok ? {} : { ...own.errors };
  if (isCommittee && own.ok && own.data.creditCode === "" && own.data.recordNo === "") {
    errors["recordNo"] = "没有统一社会信用代码的，请填写备案号";
  }
  const district = typed["district"] ?? "";
  if (district !== OTHER_DISTRICT && !ground.districts.includes(district)) {
    errors["district"] = "请选择所在区划";
  }
  const account = readAccount(typed, ground, own.ok ? own.data.institutionName : null, errors);
  const bindings = readBindings(typed, ground, errors);
  if (!own.ok || Object.keys(errors).length > 0) {
    return { ok: false, errors: inFormOrder(errors) };
  }
  const { institutionName: name, creditCode, recordNo, address, ...rest } = own.data;
  return {
    ok: true,
    data: {
      name,
      creditCode: creditCode === "" ? null : creditCode,
      recordNo: creditCode === "" ? recordNo : null,
      profile: {
        ...rest,
        ...account,
        address: district === OTHER_DISTRICT ? address : `${district} ${address}`,
      },
      bindings,
    },
  };
}

/** The summary names the fields from top to bottom; papers stand between estates and account. */
export function inFormOrder(errors: Readonly<Record<string, string>>): Record<string, string> {
  const place = (name: string) => {
    const at = FORM_ORDER.indexOf(name);
    return at < 0 ? FORM_ORDER.indexOf("estateSearch") + 0.5 : at;
  };
  return Object.fromEntries(Object.entries(errors).toSorted(([a], [b]) => place(a) - place(b)));
}

const NO_ACCOUNT = { accountName: "", accountBank: "", accountNo: "" };

/** Money that was paid for others goes back to a developer's own account, and to no other. */
function readAccount(
  typed: Typed,
  { registration }: FormGround,
  name: string | null,
  errors: Record<string, string>,
) {
  if (registration.institution !== "developer") return NO_ACCOUNT;
  const account = parseForm(accountForm, typed);
  if (!account.ok) {
    Object.assign(errors, account.errors);
    return NO_ACCOUNT;
  }
  if (name !== null && plain(account.data.accountName) !== plain(name)) {
    errors["accountName"] = "户名应和机构名称一致：退款只退到单位自己的账户";
  }
  return account.data;
}

function plain(name: string): string {
  return name.normalize("NFKC").replace(/\s/g, "");
}

function readBindings(typed: Typed, ground: FormGround, errors: Record<string, string>): Binding[] {
  const rows = estateRows(typed);
  const searched = cleanText(typed["estateSearch"] ?? "");
  if (searched !== "") {
    errors["estateSearch"] =
      `“${[...searched].slice(0, 30).join("")}”还没有添加：请在查到的物业区域后面点“添加”，不添加的请清空这一格`;
  } else if (rows.length === 0 && ground.registration.estates !== "optional") {
    errors["estateSearch"] = "请添加要绑定的物业区域：写小区名称，点“查询”，再点“添加”";
  } else if (rows.length > 1 && ground.registration.estates === "one") {
    errors["estateSearch"] = "业主委员会只绑定一个物业区域，请去掉多余的";
  }
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const binding = readBinding(row, ground, errors);
    if (seen.has(row.code)) {
      errors[firstFieldOf(row, ground.registration)] =
        "这个物业区域添加了两次。同一个物业区域只绑定一份合同，请去掉一次";
    }
    seen.add(row.code);
    return binding === null ? [] : [binding];
  });
}

/** The field at which something about the estate itself is said. */
function firstFieldOf({ n }: Pick<EstateRow, "n">, registration: Registration): string {
  const part = { several: "ContractNo", one: "StartsOn", optional: "Code" } as const;
  return registration.estates === "optional"
    ? "estateSearch"
    : estateField(n, part[registration.estates]);
}

const contractNo = line({ name: "合同编号", max: 60, empty: "请填写合同编号" });

function readBinding(
  row: EstateRow,
  { registration, estates, today }: FormGround,
  errors: Record<string, string>,
): Binding | null {
  const estate = estates.find(({ code }) => code === row.code);
  if (estate === undefined) {
    errors[firstFieldOf(row, registration)] = "没有这个物业区域，请去掉后重新查询、添加";
    return null;
  }
  if (registration.estates === "optional") {
    return { estate, contractNo: "", serviceKind: "", startsOn: null, endsOn: null };
  }
  const span = readSpan(row, registration.estates === "one", today, errors);
  if (registration.estates === "one") {
    return span && { estate, contractNo: "", serviceKind: "", ...span };
  }
  const contract = contractNo.safeParse(row.contractNo);
  if (!contract.success) {
    errors[estateField(row.n, "ContractNo")] = contract.error.issues[0]?.message ?? "请核对";
  }
  const isKind =
    row.serviceKind in SERVICE_KIND_WORDS && Object.hasOwn(SERVICE_KIND_WORDS, row.serviceKind);
  if (!isKind) errors[estateField(row.n, "ServiceKind")] = "请选择服务类型";
  if (!contract.success || !isKind || span === null) return null;
  const serviceKind = row.serviceKind as ServiceKind;
  return { estate, contractNo: contract.data, serviceKind, ...span };
}

/** First and last day of a contract or a term: in order, and not over. */
function readSpan(
  row: EstateRow,
  isTerm: boolean,
  today: CalendarDate,
  errors: Record<string, string>,
): { startsOn: CalendarDate; endsOn: CalendarDate } | null {
  const what = isTerm ? "任期" : "合同";
  const starts = readDay(row.startsOn, `${what}开始日期`);
  const ends = readDay(row.endsOn, `${what}截止日期`);
  if (!starts.ok) errors[estateField(row.n, "StartsOn")] = starts.sentence;
  const endField = estateField(row.n, "EndsOn");
  if (!ends.ok) errors[endField] = ends.sentence;
  else if (starts.ok && ends.date < starts.date) {
    errors[endField] = `截止日期 ${ends.date} 早于开始日期 ${starts.date}，请核对`;
  } else if (ends.date < today) {
    errors[endField] = isTerm
      ? "任期已经到期。换届以后请填新的任期"
      : "合同已经到期。续签以后请填新合同的日期";
  }
  if (!starts.ok || !ends.ok || errors[endField] !== undefined) return null;
  return { startsOn: starts.date, endsOn: ends.date };
}

/** First and last day of a row as far as they can be read and are in order; null otherwise. */
export function readTermOf(row: EstateRow, today: CalendarDate) {
  return readSpan(row, true, today, {});
}
