import type { DocumentRule } from "#src/applications/descriptor.ts";
import type { RefundReasonCode } from "#src/platform/database/tables/application-records.ts";

/** Why an owner gets money back: its words, the rule for its amount, the papers it needs, what it rests on. */
export interface RefundReason {
  code: RefundReasonCode;
  title: string;
  /** Who this is for, beside the choice. */
  hint: string;
  /** How the amount comes about, in one sentence. */
  amountRule: string;
  legalBasis: string;
  documents: readonly DocumentRule[];
}

const FILES_MAX = 6;

function paper(code: string, title: string, hint?: string): DocumentRule {
  return { code, title, isRequired: true, max: FILES_MAX, ...(hint === undefined ? {} : { hint }) };
}

function optional(rule: DocumentRule): DocumentRule {
  return { ...rule, isRequired: false };
}

const ID_CARD = paper("id-card", "申请人身份证明", "身份证正反面；单位为营业执照");
const BANK_CARD = paper("bank-card", "收款银行卡或账户证明", "要看得清户名和账号");
const OLD_RECEIPT = paper("original-receipt", "原交款票据");
const CONTRACT = paper("purchase-contract", "购房合同");

const CORRECTION_BASIS =
  "《住宅专项维修资金管理办法》第七条、第九条；示例市住宅专项维修资金交存规程第十二条（示例）";
const LOST_HOUSE_BASIS = "《住宅专项维修资金管理办法》第二十九条";

/** The reasons offered to owners; R08 (开发单位代交退还) is for institutions. */
export const REFUND_REASONS: readonly RefundReason[] = [
  {
    code: "R01",
    title: "退房、合同解除或撤销备案",
    hint: "购房合同已经解除，房屋退还给开发单位",
    amountRule: "退还这套房屋的全部余额，本金和利息一起退",
    legalBasis: CORRECTION_BASIS,
    documents: [
      ID_CARD,
      paper("rescission", "解除协议，或法院、仲裁文书"),
      paper("filing-cancelled", "网签备案注销证明"),
      OLD_RECEIPT,
      BANK_CARD,
    ],
  },
  {
    code: "R02",
    title: "多交",
    hint: "按当时的标准算错，交多了",
    amountRule: "已交减去按当时有效的标准应交",
    legalBasis: CORRECTION_BASIS,
    documents: [ID_CARD, OLD_RECEIPT, CONTRACT, BANK_CARD],
  },
  {
    code: "R03",
    title: "面积差",
    hint: "实测面积比交款时的面积小",
    amountRule: "（登记面积 − 实测面积）× 交存标准",
    legalBasis: CORRECTION_BASIS,
    documents: [
      ID_CARD,
      OLD_RECEIPT,
      CONTRACT,
      paper("area-report", "实测报告或不动产权证", "要看得清实测建筑面积"),
      BANK_CARD,
    ],
  },
  {
    code: "R04",
    title: "重复交",
    hint: "同一套房屋交了两次",
    amountRule: "全额退还后一笔交款",
    legalBasis: CORRECTION_BASIS,
    documents: [ID_CARD, paper("two-receipts", "两次交款的票据或银行流水"), BANK_CARD],
  },
  {
    code: "R05",
    title: "错交",
    hint: "钱交到了别的房屋名下",
    amountRule: "全额退还交错的那一笔",
    legalBasis: CORRECTION_BASIS,
    documents: [
      ID_CARD,
      OLD_RECEIPT,
      paper("wrong-house-statement", "情况说明", "写明交错的房屋和应交的房屋"),
      paper("right-house-title", "应交房屋的购房合同或不动产权证"),
      BANK_CARD,
    ],
  },
  {
    code: "R06",
    title: "房屋灭失、拆迁或征收",
    hint: "房屋已经不在，或已被征收",
    amountRule: "退还这套房屋的全部余额，本金和利息一起退，并且销户",
    legalBasis: LOST_HOUSE_BASIS,
    documents: [
      ID_CARD,
      paper("loss-proof", "征收补偿协议、灭失证明或产权注销证明"),
      paper("title-certificate", "不动产权证"),
      BANK_CARD,
    ],
  },
  {
    code: "R07",
    title: "房屋性质变更或不用交存",
    hint: "有关部门批准后，这套房屋不用交或少交",
    amountRule: "按批准文件退还，不超过余额",
    legalBasis: "《住宅专项维修资金管理办法》第六条",
    documents: [ID_CARD, paper("approval", "批准文件"), optional(OLD_RECEIPT), BANK_CARD],
  },
];

/** The consent of the others where a house has several owners. */
export const CO_OWNERS_CONSENT = paper(
  "co-owner-consent",
  "其他共有人同意书",
  "每位共有人签名，写明退到申请人的账户",
);

/** Finds a reason by its code; null for one that is not offered. */
export function findReason(code: string): RefundReason | null {
  return REFUND_REASONS.find((reason) => reason.code === code) ?? null;
}

/** The papers a refund needs: those of its reason, and the consent of the others where a house has several owners. */
export function documentsFor(reason: RefundReason, ownerCount: number): readonly DocumentRule[] {
  return ownerCount > 1 ? [...reason.documents, CO_OWNERS_CONSENT] : reason.documents;
}
