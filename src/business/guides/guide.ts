import type { PaperGroup } from "#src/applications/blank-forms/blank-form.ts";
import type { DocumentRule } from "#src/applications/descriptor.ts";
import type { ReviewStage } from "#src/applications/review-descriptor.ts";
import type { RefundReasonCode } from "#src/platform/database/tables/application-records.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import type { CitySettings } from "#src/register/city-settings.ts";
import type { IconName } from "#src/ui/drawing/icon.tsx";

/** Who a guide is for. */
export type Audience = "owner" | InstitutionKind;

/** A guide as lists show it. */
export interface GuideHead {
  slug: string;
  title: string;
  icon: IconName;
  /** What it takes, in one line. */
  text: string;
  audiences: readonly Audience[];
}

/** One step: what it is called in the manual, and what to do. */
export type GuideStep = readonly [title: string, text: string];

export interface GuideQuestion {
  question: string;
  answer: string;
  link?: { href: string; words: string };
}

/** Articles of a law that the platform publishes; a law that this city does not have is left out. */
export interface LawReference {
  slug: string;
  articles: readonly number[];
}

/** A card of its own between steps and questions. */
export interface GuideSection {
  id: string;
  title: string;
  paragraphs: readonly string[];
  link?: { href: string; words: string };
}

/** What a guide says besides its head. */
export interface GuideContent {
  lead: string;
  who: string;
  when: string;
  /** What to have at hand; the papers to hand in stand by themselves. */
  bring: string;
  /** How long it takes, as it is promised. */
  time: string;
  result: string;
  steps: readonly GuideStep[];
  sections?: readonly GuideSection[];
  papers?: readonly GuidedPapers[];
  laws: readonly LawReference[];
  questions: readonly GuideQuestion[];
  act: { href: string; words: string };
}

/** Papers to hand in, with the blank list of them that can be printed. */
export interface GuidedPapers extends PaperGroup {
  /** What this list is for, e.g. how the amount of a reason comes about. */
  text?: string;
  /** The blank form in 资料下载. */
  formCode?: string;
}

export type Guide = GuideHead & GuideContent;

/** A reason for which an owner gets money back, as 业主退款 offers it. */
export interface GuidedReason {
  code: RefundReasonCode;
  title: string;
  hint: string;
  amountRule: string;
  documents: readonly DocumentRule[];
}

/** A stage of a review as far as it promises a time. */
export type PromisedStage = Pick<ReviewStage, "title" | "workingDays">;

/** One of the three registrations. */
export interface GuidedRegistration {
  institution: InstitutionKind;
  kind: string;
  title: string;
  path: string;
  estates: "optional" | "several" | "one";
  documents: readonly DocumentRule[];
  stages: readonly PromisedStage[];
}

/** What the guides tell of other businesses, in those businesses' own words and numbers. */
export interface GuideFacts {
  fundCentreName: string;
  /** Whether text messages leave the house: else no guide promises one. */
  isSmsAvailable: boolean;
  settings: CitySettings;
  refund: {
    kind: string;
    reasons: readonly GuidedReason[];
    coOwnersConsent: DocumentRule;
    /** Up to the approval. */
    stages: readonly PromisedStage[];
  };
  unrecorded: { kind: string; papers: readonly DocumentRule[]; stages: readonly PromisedStage[] };
  registrations: readonly GuidedRegistration[];
  /** 关联房屋 by papers. */
  link: { kind: string; papers: readonly DocumentRule[]; stages: readonly PromisedStage[] };
  change: { kind: string; papers: readonly DocumentRule[]; stages: readonly PromisedStage[] };
}

/** Writes what the stages of a review promise: 受理 2 个工作日、审核 3 个工作日，共 5 个工作日. */
export function promiseOf(stages: readonly PromisedStage[]): string {
  const total = stages.reduce((days, { workingDays }) => days + workingDays, 0);
  const each = stages.map(({ title, workingDays }) => `${title} ${workingDays} 个工作日`);
  return stages.length === 1 ? `${total} 个工作日` : `${each.join("、")}，共 ${total} 个工作日`;
}
