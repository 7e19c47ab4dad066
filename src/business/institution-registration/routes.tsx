import { randomUUID } from "node:crypto";
import {
  CONTACT_UNPROVEN,
  type ContactDeps,
  loadContactState,
  readContactAct,
} from "#src/accounts/institutions/contact-acts.ts";
import { listBindingConflicts } from "#src/accounts/institutions/estate-bindings.ts";
import { readUploadForm, type UploadDeps } from "#src/applications/documents/read-upload-form.ts";
import { listDocuments } from "#src/applications/documents/stored-document.ts";
import { findApplicationBySubmission } from "#src/applications/find-application.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { cleanText } from "#src/kernel/typed-text.ts";
import { recordAudit } from "#src/platform/audit.ts";
import type { Config } from "#src/platform/config.ts";
import { BadRequest } from "#src/platform/http/errors.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { passwordHint } from "#src/platform/password-policy.ts";
import { hashPassword } from "#src/platform/passwords.ts";
import type { HouseSearch } from "#src/register/search/search-houses.ts";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { renderPage } from "#src/ui/render.ts";
import { currentAgreement } from "./agreement.ts";
import { ALL_REGISTRATIONS, type Registration } from "./descriptor.ts";
import { findDraft, listDrafts, saveDraft } from "./drafts.ts";
import { type EstateAct, readEstateAct } from "./estate-acts.ts";
import { estateRows } from "./estate-rows.ts";
import type { FormState } from "./form-cards.tsx";
import {
  RegistrationFormPage,
  type RegistrationFormPageProps,
  SAVE_BUTTON,
} from "./form-pages.tsx";
import { judgeAccount, judgeAll, loadGround } from "./form-state.ts";
import { type FormGround, inFormOrder, readTermOf } from "./read-form.ts";
import { submissionKey, type Typed, typedOf } from "./schema.ts";
import { conflictWords } from "./story.ts";
import { submitRegistration } from "./submit.ts";

export interface RegistrationDeps extends UploadDeps, ContactDeps {
  shell: (visit: Visit) => PageShell;
  search: HouseSearch;
}

export interface RegistrationFormDeps extends RegistrationDeps {
  config: Pick<Config, "passwordPolicy">;
}

/** The forms of the three registrations: filled in, saved, handed in. */
export function registrationFormRoutes(deps: RegistrationFormDeps): Route[] {
  return ALL_REGISTRATIONS.flatMap((registration): Route[] => [
    {
      method: "GET",
      path: registration.path,
      permission: "anyone",
      audit: null,
      handle: (visit) => showForm(deps, visit, registration),
    },
    {
      method: "POST",
      path: registration.path,
      permission: "anyone",
      audit: "registration-submitted",
      handle: (visit) => takeForm(deps, visit, registration),
    },
  ]);
}

async function showForm(
  deps: RegistrationFormDeps,
  visit: Visit,
  registration: Registration,
): Promise<Response> {
  const browserHash = visit.ensureBrowser();
  const key = submissionKey.safeParse(visit.c.req.query("form"));
  const draft = key.success
    ? await findDraft(deps, { submissionKey: key.data, browserHash })
    : null;
  if (draft === null || !key.success || draft.kind !== registration.institution) {
    const drafts = await listDrafts(deps, browserHash);
    const earlier = drafts.find(({ kind }) => kind === registration.institution) ?? null;
    const shown = { submissionKey: randomUUID(), typed: typedOf({}), earlier };
    return await answerForm(deps, visit, registration, shown, 200);
  }
  const isSaved = visit.c.req.query("saved") === "1";
  // Agreed is anew: the text may be another one by now.
  const typed = { ...draft.typed, isAgreed: "" };
  const shown = { submissionKey: key.data, typed, isSaved, mustRetype: true };
  return await answerForm(deps, visit, registration, shown, 200);
}

/**
 * Every button of the form comes here: those for files and estates bring it back as it was typed, 保存 keeps it, 提交
 * hands it in. Whatever is wrong, what was typed is kept as a draft first, without the password.
 */
async function takeForm(
  deps: RegistrationFormDeps,
  visit: Visit,
  registration: Registration,
): Promise<Response> {
  const browserHash = visit.ensureBrowser();
  const { sent, fileErrors, fileNotes, isOnlyFiles } = await readUploadForm(deps, visit);
  const key = keyOf(sent);
  const earlier = await findRepeat(deps, key, browserHash);
  if (earlier !== null) return seeOther(visit, registeredPath(earlier));
  await deps.limit(visit, "draft");
  const act = readEstateAct(deps.search, registration, typedOf(sent), sent);
  const { typed } = act;
  const draft = { kind: registration.institution, typed, savedAt: visit.now };
  const isMine = await saveDraft(deps, { submissionKey: key, browserHash }, draft);
  if (!isMine) return await answerUsedKey(deps, visit, registration, typed);
  const contact = await readContactAct(deps, visit, sent, null);
  const shown = {
    submissionKey: key,
    typed,
    fileNotes,
    found: act.found,
    contactCode: contact.code,
    mustRetype: (sent["password"] ?? "") !== "",
  };
  const beside = { ...contact.errors, ...fileErrors };
  if (sent[SAVE_BUTTON] !== undefined && Object.keys(beside).length === 0) {
    await recordAudit(deps.db, visit.audit, registration.kind, "saved");
    return seeOther(visit, `${registration.path}?form=${key}&saved=1`);
  }
  const isOnlyPart = isOnlyFiles || act.isOnlyEstates || contact.isOnlyContact;
  if (isOnlyPart || sent[SAVE_BUTTON] !== undefined) {
    const errors = { ...act.errors, ...beside };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    return await answerForm(deps, visit, registration, { ...shown, errors }, status);
  }
  return await handIn(deps, visit, registration, { sent, act, shown, beside });
}

async function findRepeat(deps: RegistrationDeps, key: string, browserHash: Buffer) {
  const earlier = await findApplicationBySubmission(deps.db, key);
  return earlier?.browserHash.equals(browserHash) ? earlier.number : null;
}

/** The page 注册成功 of a registration. */
function registeredPath(number: string): string {
  return `/register/registered/${number}`;
}

async function answerUsedKey(
  deps: RegistrationFormDeps,
  visit: Visit,
  registration: Registration,
  typed: Typed,
): Promise<Response> {
  const used = "这张表单已经用过了。您填的内容还在，请重新上传要件、输入密码，再提交一次";
  const fresh = { submissionKey: randomUUID(), typed, errors: { "": used }, mustRetype: true };
  return await answerForm(deps, visit, registration, fresh, 409);
}

interface Sent {
  sent: SentForm;
  act: EstateAct;
  shown: Shown;
  /** What was wrong with files and with the code to the contact's phone. */
  beside: FormErrors;
}

async function handIn(
  deps: RegistrationFormDeps,
  visit: Visit,
  registration: Registration,
  { sent, act, shown, beside }: Sent,
): Promise<Response> {
  const browserHash = visit.ensureBrowser();
  const { submissionKey: key, typed } = shown;
  const documents = await listDocuments(deps, { submissionKey: key, browserHash });
  const ground = await loadGround(deps.db, registration, typed, shanghaiDate(visit.now));
  const judged = await judgeAll(deps.db, { typed, documents, exceptId: null }, ground);
  const { username = "", password = "", passwordAgain = "", contactPhone: phone = "" } = sent;
  const typedAccount = { username, password, passwordAgain, phone };
  const account = await judgeAccount(deps.db, deps.config.passwordPolicy, typedAccount);
  const contact = await loadContactState(deps, visit, typed, null);
  const errors = inFormOrder({
    ...(contact.kind === "unproven" ? CONTACT_UNPROVEN : {}),
    ...(judged.ok ? {} : judged.errors),
    ...beside,
    ...(account.ok ? {} : account.errors),
    ...agreementErrors(sent),
  });
  if (!judged.ok || !account.ok || Object.keys(errors).length > 0) {
    const kept = errors["isAgreed"] === undefined ? typed : { ...typed, isAgreed: "" };
    const again = { ...shown, typed: kept, found: act.found, errors };
    return await answerForm(deps, visit, registration, again, 422);
  }
  await deps.limit(visit, "submit");
  const outcome = await submitRegistration(
    deps,
    {
      registration,
      submissionKey: key,
      browserHash,
      username: account.username,
      passwordHash: await hashPassword(password),
      agreement: currentAgreement(),
      addressHash: visit.addressHash,
      mustProveContact: deps.sms.isAvailable,
      now: visit.now,
    },
    visit.audit,
  );
  if (outcome.ok) return seeOther(visit, registeredPath(outcome.number));
  if (outcome.errors === null) return await answerUsedKey(deps, visit, registration, typed);
  await recordAudit(deps.db, visit.audit, registration.kind, "refused");
  return await answerForm(deps, visit, registration, { ...shown, errors: outcome.errors }, 422);
}

/** Accepted is the text that was shown and no other. */
function agreementErrors(sent: SentForm): FormErrors {
  if (sent["isAgreed"] !== "yes") {
    return { isAgreed: "请阅读《机构注册协议》，同意的请勾选“我已阅读并同意”" };
  }
  return sent["agreementVersion"] === currentAgreement().version
    ? {}
    : { isAgreed: "《机构注册协议》有了新的版本，请重新阅读，同意的再提交一次" };
}

function keyOf(sent: SentForm): string {
  const key = submissionKey.safeParse(sent["submissionKey"]);
  if (!key.success) throw new BadRequest("这张表单不完整，请回到“注册”，重新打开表单填写");
  return key.data;
}

type Shown = Pick<FormState, "submissionKey" | "typed"> & Partial<RegistrationFormPageProps>;

async function answerForm(
  deps: RegistrationFormDeps,
  visit: Visit,
  registration: Registration,
  shown: Shown,
  status: number,
): Promise<Response> {
  const ground = await loadGround(deps.db, registration, shown.typed, shanghaiDate(visit.now));
  const browserHash = visit.ensureBrowser();
  const documents = await listDocuments(deps, { submissionKey: shown.submissionKey, browserHash });
  const props: RegistrationFormPageProps = {
    errors: {},
    found: null,
    isSaved: false,
    mustRetype: false,
    passwordWords: passwordHint(deps.config.passwordPolicy),
    earlier: null,
    contactCode: "",
    ...shown,
    contact: await loadContactState(deps, visit, shown.typed, null),
    action: `${registration.path}?form=${shown.submissionKey}`,
    registration,
    documents,
    districts: ground.districts,
    estates: ground.estates,
    conflicts: await tellConflicts(deps, ground, shown.typed, null),
    agreement: currentAgreement(),
    shell: deps.shell(visit),
  };
  return page(visit, renderPage(<RegistrationFormPage {...props} />), status);
}

/** Says who already works for the estates of a form, as far as their dates can be read. */
export async function tellConflicts(
  deps: Pick<RegistrationDeps, "db">,
  { registration, estates, today }: FormGround,
  typed: Typed,
  exceptInstitutionId: number | null,
): Promise<string[]> {
  if (registration.estates === "optional") return [];
  const bindings = estateRows(typed).flatMap((row) => {
    const estate = estates.find(({ code }) => code === cleanText(row.code));
    const term = readTermOf(row, today);
    return estate === undefined || term === null ? [] : [{ estateId: estate.id, ...term }];
  });
  const kind = registration.institution;
  const conflicts = await listBindingConflicts(deps.db, { kind, bindings, exceptInstitutionId });
  return conflicts.map((conflict) => {
    const estate = estates.find(({ id }) => id === conflict.estateId);
    return conflictWords(conflict, estate?.name ?? "物业区域", kind);
  });
}
