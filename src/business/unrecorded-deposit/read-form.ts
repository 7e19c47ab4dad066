import { z } from "zod";
import type { CalendarDate } from "#src/kernel/calendar-date.ts";
import { cleanText, hasForbiddenCharacters } from "#src/kernel/typed-text.ts";
import type { SentForm } from "#src/platform/http/form.ts";
import { type ParsedForm, parseForm } from "#src/platform/http/parse-form.ts";
import { buildingKey, roomKey, unitKey } from "#src/register/address/keys.ts";
import { checkDocumentNumber } from "#src/register/document-number.ts";
import { keysOf } from "#src/register/house-fields.ts";
import { DOCUMENT_KIND_WORDS } from "#src/register/house-words.ts";
import {
  CO_OWNERSHIP_WORDS,
  type CoOwnership,
  type FormOwner,
  type HouseForm,
  houseForm,
  OWNERS_MAX,
  ownerField,
  ownerForm,
  payerForm,
  share,
  type UnrecordedForm,
} from "./schema.ts";

/** Reads the form 未备案房屋交款, or says of each field what has to be changed, in the order of the form. */
export function readUnrecordedForm(
  sent: SentForm,
  today: CalendarDate,
): ParsedForm<UnrecordedForm> {
  const errors: Record<string, string> = {};
  const house = parseForm(houseForm(today), sent);
  if (house.ok) Object.assign(errors, houseErrors(house.data));
  else Object.assign(errors, house.errors);
  const owners = readOwners(sent, errors);
  const payer = readPayer(sent, errors);
  if (!house.ok || Object.keys(errors).length > 0) return { ok: false, errors };
  const { building, unit, room, lift, ...rest } = house.data;
  return {
    ok: true,
    data: {
      ...rest,
      buildingLabel: building,
      unitLabel: unit,
      roomLabel: room,
      ...placeKeys(house.data),
      hasLift: lift === "yes",
      ...owners,
      payer,
    },
  };
}

function placeKeys(house: Pick<HouseForm, "building" | "unit" | "room" | "floor">) {
  return {
    buildingKey: buildingKey(house.building),
    unitKey: unitKey(house.unit),
    roomKey: roomKey(house.room, house.floor),
  };
}

/** What two fields together say wrongly. */
function houseErrors(house: HouseForm): Record<string, string> {
  const errors: Record<string, string> = {};
  const keys = placeKeys(house);
  if (keys.buildingKey === "") errors["building"] = "幢号里没有号码或名称，请核对";
  if (keys.roomKey === "") errors["room"] = "房号里没有号码，请核对";
  if (house.floor > house.floors) {
    errors["floors"] = `总层数 ${house.floors} 低于所在层 ${house.floor}，请核对`;
  }
  const { innerArea, sharedArea, area: whole } = house;
  if (innerArea !== null && innerArea > whole) {
    errors["innerArea"] = "套内面积不能大于建筑面积，请核对";
  } else if (sharedArea !== null && sharedArea > whole) {
    errors["sharedArea"] = "公摊面积不能大于建筑面积，请核对";
  } else if (innerArea !== null && sharedArea !== null && innerArea + sharedArea !== whole) {
    errors["sharedArea"] = "套内面积加公摊面积应等于建筑面积，请核对";
  }
  return errors;
}

function isOwnerNamed(sent: SentForm, n: number): boolean {
  const fields = ["Name", "DocumentNo", "Phone", "Share"] as const;
  return n === 1 || fields.some((field) => cleanText(sent[ownerField(n, field)] ?? "") !== "");
}

/** The numbers of the owners that the form names: the first always, the others where anything was typed. */
function namedOwners(sent: SentForm): number[] {
  return Array.from({ length: OWNERS_MAX }, (_, at) => at + 1).filter((n) => isOwnerNamed(sent, n));
}

function readOwners(sent: SentForm, errors: Record<string, string>) {
  const coOwnership = readCoOwnership(sent, errors);
  const owners: FormOwner[] = [];
  for (const n of namedOwners(sent)) {
    const owner = readOwner(sent, n, coOwnership, errors);
    if (owner === null) continue;
    if (owners.some((other) => other.documentNo === owner.documentNo)) {
      errors[ownerField(n, "DocumentNo")] = "和前面一位业主的证件号码相同，请核对";
    }
    owners.push(owner);
  }
  const sum = owners.reduce((total, owner) => total + (owner.shareHundredths ?? 0), 0);
  const isWhole = Object.keys(errors).every((name) => !name.startsWith("owner"));
  if (coOwnership === "shares" && isWhole && sum !== 10_000) {
    errors[ownerField(1, "Share")] = "各位业主的份额加起来应是 100%，请核对";
  }
  return { coOwnership, owners };
}

function readCoOwnership(sent: SentForm, errors: Record<string, string>): CoOwnership {
  const chosen = z.enum(keysOf(CO_OWNERSHIP_WORDS)).safeParse(sent["coOwnership"] ?? "");
  const count = namedOwners(sent).length;
  if (!chosen.success) errors["coOwnership"] = "请选择共有方式";
  else if (chosen.data === "sole" && count > 1) {
    errors["coOwnership"] = `填了 ${count} 位业主，请选“共同共有”或“按份共有”`;
  } else if (chosen.data !== "sole" && count === 1) {
    errors["coOwnership"] = "只填了一位业主，请选“单独所有”，或添上其他业主";
  }
  return chosen.success ? chosen.data : "sole";
}

function readOwner(
  sent: SentForm,
  n: number,
  coOwnership: CoOwnership,
  errors: Record<string, string>,
): FormOwner | null {
  const parsed = parseForm(ownerForm(n), sent);
  const own: Record<string, string> = parsed.ok ? {} : { ...parsed.errors };
  const document = readDocument(sent, n);
  if ("reason" in document) own[ownerField(n, "DocumentNo")] = document.reason;
  const owned =
    coOwnership === "shares" ? share.safeParse(sent[ownerField(n, "Share")] ?? "") : null;
  if (owned !== null && !owned.success) {
    own[ownerField(n, "Share")] = owned.error.issues[0]?.message ?? "请填写份额";
  }
  for (const field of ["Name", "DocumentKind", "DocumentNo", "Phone", "Share"] as const) {
    const sentence = own[ownerField(n, field)];
    if (sentence !== undefined) errors[ownerField(n, field)] = sentence;
  }
  if (!parsed.ok || "reason" in document || (owned !== null && !owned.success)) return null;
  return {
    name: parsed.data[ownerField(n, "Name")] as string,
    documentKind: document.kind,
    documentNo: document.no,
    phone: parsed.data[ownerField(n, "Phone")] as string,
    shareHundredths: owned?.success ? owned.data : null,
  };
}

function readDocument(sent: SentForm, n: number) {
  const typed = sent[ownerField(n, "DocumentNo")] ?? "";
  if (cleanText(typed) === "") return { reason: "请填写证件号码" };
  if (hasForbiddenCharacters(typed)) return { reason: "证件号码里有不能识别的字符，请重新输入" };
  const kind = z.enum(keysOf(DOCUMENT_KIND_WORDS)).safeParse(sent[ownerField(n, "DocumentKind")]);
  // Without a kind there is nothing to judge the number by; the kind has its own sentence.
  if (!kind.success) return { kind: "other" as const, no: "" };
  if (kind.data === "other" && !/^[\p{Script=Han}A-Za-z0-9（）()第号字\s-]{2,40}$/u.test(typed)) {
    return { reason: "证件号码的位数或字符不对，请对照证件再看一遍" };
  }
  return checkDocumentNumber(kind.data, typed);
}

function readPayer(sent: SentForm, errors: Record<string, string>): UnrecordedForm["payer"] {
  const isSame = Object.keys(payerForm.shape).every((name) => cleanText(sent[name] ?? "") === "");
  if (isSame) return null;
  const parsed = parseForm(payerForm, sent);
  if (!parsed.ok) {
    Object.assign(errors, parsed.errors);
    return null;
  }
  const { payerName: name, payerPhone: phone, payerRelation: relation } = parsed.data;
  return { name, phone, relation };
}
