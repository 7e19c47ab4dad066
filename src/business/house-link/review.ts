import { findOwnerAccount } from "#src/accounts/owners/owner-account.ts";
import { checkPapers } from "#src/applications/documents/check-papers.ts";
import type { Application } from "#src/applications/find-application.ts";
import type {
  CaseView,
  Comparison,
  DecisionAct,
  DecisionOutcome,
  ReviewDescriptor,
} from "#src/applications/review-descriptor.ts";
import { maskDocument, maskName, maskPhone } from "#src/kernel/masking.ts";
import type { Db, Tx } from "#src/platform/database/client.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import { DOCUMENT_KIND_WORDS } from "#src/register/house-words.ts";
import { isSameName } from "#src/register/same-name.ts";
import { approveLink } from "./approve-link.ts";
import { LINK_DOCUMENTS } from "./descriptor.ts";
import {
  type AskedLink,
  closeLink,
  getAskedLink,
  getOwnersMark,
  listRegisteredOwners,
  type RegisteredOwner,
} from "./queries.ts";
import { LINK_STAGES } from "./review-stages.ts";

interface ReviewDeps {
  personalData: PersonalData;
  /** Whether text messages leave the house: else no phone is told by one. */
  isSmsAvailable: boolean;
}

/** 关联房屋 as the review desk sees it. */
export function houseLinkReview({ personalData, isSmsAvailable }: ReviewDeps): ReviewDescriptor {
  return {
    stages: LINK_STAGES,
    describe: async (db, application) => ({
      ...(await describe(db, application, personalData)),
      consequences: linkConsequences(isSmsAvailable),
    }),
    reveal: (db, application) => reveal(db, application, personalData),
    carryOut: (tx, act) => carryOut(tx, act, personalData),
  };
}

async function carryOut(
  tx: Tx,
  act: DecisionAct,
  personalData: PersonalData,
): Promise<DecisionOutcome> {
  switch (act.decision) {
    case "approve":
    case "approve-phone": {
      const papers = await checkPapers({ db: tx, personalData }, act.application, LINK_DOCUMENTS);
      if (!papers.ok) return papers;
      const changesPhone = act.decision === "approve-phone";
      return await approveLink(tx, act, { personalData, changesPhone });
    }
    case "reject":
      await closeLink(tx, act.application);
      return { ok: true };
    default:
      return { ok: true };
  }
}

interface Case {
  asked: AskedLink;
  house: House;
  owners: readonly RegisteredOwner[];
  /** Null: the account was closed meanwhile. */
  phone: string | null;
}

async function getCase(
  db: Db,
  application: Application,
  personalData: PersonalData,
): Promise<Case> {
  const asked = await getAskedLink(db, personalData, application);
  const account = await findOwnerAccount(db, personalData, asked.ownerId);
  return {
    asked,
    house: await getHouse(db, asked.house),
    owners: await listRegisteredOwners(db, personalData, asked.house),
    phone: account?.phone ?? null,
  };
}

async function describe(
  db: Db,
  application: Application,
  personalData: PersonalData,
): Promise<Omit<CaseView, "consequences">> {
  const one = await getCase(db, application, personalData);
  const { asked, house, owners, phone } = one;
  const { form } = asked;
  const mark = (await getOwnersMark(db, asked.house)).toString("hex");
  return {
    subject: house.address,
    reason: "凭要件关联",
    applicant: maskName(form.name),
    amountFen: null,
    seen: JSON.stringify([asked.handedInAt.toISOString(), mark, house.status, phone !== null]),
    comparisons: comparisonsOf(one),
    facts: [
      ["房屋编号", house.code],
      ["申请人", `${maskName(form.name)}，证件 ${maskDocument(form.documentNo)}`],
      ["账户的手机", phone === null ? "账户已注销" : maskPhone(phone)],
      ...(form.note === "" ? [] : [["申请人的说明", form.note] as const]),
      ...owners.map(
        (owner) =>
          [
            `登记的业主 ${owner.n}`,
            `${maskName(owner.name)}，${DOCUMENT_KIND_WORDS[owner.documentKind]} ${maskDocument(owner.documentNo)}，手机 ${maskPhone(owner.phone ?? "") || "没有登记"}`,
          ] as const,
      ),
    ],
    links: [{ href: `/fund/${house.code}`, words: "这套房屋的明细" }],
  };
}

/** What each decision does, in words for whoever takes it. A phone is told only where text messages leave the house. */
export function linkConsequences(isSmsAvailable: boolean): Record<string, string> {
  const told = (phone: string) =>
    isSmsAvailable ? `${phone}会收到短信` : `本站没有接通短信，${phone}收不到通知`;
  return {
    approve: `这套房屋关联到申请人的账户，他能看余额、明细和对账单。登记的业主和手机都不改；${told("登记的手机")}`,
    "approve-phone": `这套房屋关联到申请人的账户，并把同一证件号码的业主登记的手机改成账户的手机。${told("原来的手机")}`,
    return: "退给申请人补正，补正以前什么也看不到",
    reject: "不关联，申请人能看到原因，可以重新申请",
  };
}

function comparisonsOf({ asked, owners, phone }: Case): Comparison[] {
  const recorded = (words: (owner: RegisteredOwner) => string) =>
    owners.map(words).filter(Boolean).join("、");
  const row = (
    label: string,
    applied: string,
    registered: string,
    isSame: (owner: RegisteredOwner) => boolean,
  ): Comparison => ({
    label,
    applied,
    recorded: registered || "没有登记",
    matches: registered === "" ? null : owners.some(isSame),
  });
  const { form, documentHash } = asked;
  return [
    row(
      "姓名",
      maskName(form.name),
      recorded(({ name }) => maskName(name)),
      ({ name }) => isSameName(name, form.name),
    ),
    row(
      "证件号码",
      maskDocument(form.documentNo),
      recorded(({ documentNo }) => maskDocument(documentNo)),
      (owner) => owner.documentHash.equals(documentHash),
    ),
    row(
      "手机",
      phone === null ? "账户已注销" : maskPhone(phone),
      recorded((owner) => maskPhone(owner.phone ?? "")),
      (owner) => owner.phone !== null && owner.phone === phone,
    ),
  ];
}

async function reveal(db: Db, application: Application, personalData: PersonalData) {
  const { asked, owners, phone } = await getCase(db, application, personalData);
  return [
    ["申请人姓名", asked.form.name] as const,
    ["申请人证件号码", asked.form.documentNo] as const,
    ["账户的手机", phone ?? "账户已注销"] as const,
    ...owners.flatMap((owner) => [
      [`登记的业主 ${owner.n} 姓名`, owner.name] as const,
      [`登记的业主 ${owner.n} 证件号码`, owner.documentNo] as const,
      [`登记的业主 ${owner.n} 手机`, owner.phone ?? "没有登记"] as const,
    ]),
  ];
}
