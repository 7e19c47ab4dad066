import { z } from "zod";
import type { PersonalData } from "#src/platform/personal-data.ts";

const date = z
  .string()
  .regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
  .nullable();

const estateChange = z.object({
  estateId: z.number().int(),
  code: z.string(),
  name: z.string(),
  act: z.enum(["add", "change", "end"]),
  contractNo: z.string(),
  startsOn: date,
  endsOn: date,
  /** How it was bound when this was asked for; null for one that is added. */
  before: z.object({ contractNo: z.string(), startsOn: date, endsOn: date }).nullable(),
});

const account = z.object({
  accountName: z.string(),
  accountBank: z.string(),
  accountNo: z.string(),
});

const change = z.object({
  name: z.object({ before: z.string(), asked: z.string() }).nullable(),
  legalPerson: z.object({ before: z.string(), asked: z.string() }).nullable(),
  account: z.object({ before: account, asked: account }).nullable(),
  estates: z.array(estateChange),
});

/** What an institution asks to be changed, beside what stood there on that day. What is not asked for is null. */
export type InstitutionChange = z.infer<typeof change>;
export type EstateChange = z.infer<typeof estateChange>;

/** Encrypts a change for `institution_change.change_cipher`. */
export function sealChange(personalData: PersonalData, asked: InstitutionChange): Buffer {
  return personalData.encrypt(JSON.stringify(asked));
}

/** Reads `institution_change.change_cipher`; throws when it was not written by `sealChange`. */
export function openChange(personalData: PersonalData, cipher: Buffer): InstitutionChange {
  return change.parse(JSON.parse(personalData.decrypt(cipher)));
}

/** Tells whether nothing at all is asked for. */
export function isEmptyChange(asked: InstitutionChange): boolean {
  return (
    asked.name === null &&
    asked.legalPerson === null &&
    asked.account === null &&
    asked.estates.length === 0
  );
}

/** Says what is asked for in a few words: 机构名称、示例花园（变更期限）. */
export function changeWords(asked: InstitutionChange): string {
  const acts = { add: "绑定", change: "变更合同或任期", end: "解除绑定" };
  return [
    asked.name && "机构名称",
    asked.legalPerson && "法定代表人或负责人",
    asked.account && "银行账户",
    ...asked.estates.map(({ name, act }) => `${name}（${acts[act]}）`),
  ]
    .filter(Boolean)
    .join("、");
}

/** Writes the dates and the number of a contract or a term on one line. */
export function termWords(term: {
  contractNo: string;
  startsOn: string | null;
  endsOn: string | null;
}): string {
  const days = `${term.startsOn ?? "没有起始日期"} 至 ${term.endsOn ?? "没有期限"}`;
  return term.contractNo === "" ? days : `${term.contractNo}，${days}`;
}
