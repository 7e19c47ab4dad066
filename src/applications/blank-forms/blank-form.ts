import type { PaperSection } from "#src/ui/form/list-fields.ts";
import type { DocumentRule } from "../descriptor.ts";

/** Papers to bring, as a list to tick. */
export interface PaperGroup {
  title: string;
  rules: readonly DocumentRule[];
}

/**
 * A form to fill in by hand. It is made from what the business itself goes by: the fields of its form, its
 * DocumentRules, its descriptor and the stages of its review, so that paper and screen ask the same.
 */
export interface BlankForm {
  /** Part of its URL: owner-refund-application. */
  code: string;
  /** The heading of the paper, which is also its name in lists. */
  title: string;
  category: "申请单" | "要件清单" | "委托书和声明";
  /** Who fills it in, and what it is for. */
  lead: string;
  sections?: readonly PaperSection[];
  papers?: readonly PaperGroup[];
  /** A letter's own words; ____ is a blank. */
  paragraphs?: readonly string[];
  /** Words to tick within a letter. */
  matters?: readonly string[];
  /** What the applicant confirms by signing. */
  declaration?: string;
  /** Who signs: 申请人签字, 日期. */
  signatures?: readonly string[];
  /** The fund centre's boxes: 受理, 审核, 审批. */
  boxes?: readonly string[];
  /** Where the text of the law stands behind it. */
  legalBasis?: string;
}

/** A list of papers of one business and reason. */
export function paperList(
  code: string,
  title: string,
  rules: readonly DocumentRule[],
  words: { lead: string; legalBasis?: string },
): BlankForm {
  return {
    code: `${code}-papers`,
    title: `${title}要件清单`,
    category: "要件清单",
    papers: [{ title: "要准备的材料", rules }],
    ...words,
  };
}
