import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { getHouse } from "#src/register/find-house.ts";
import { HOUSE_LINK, LINK_DOCUMENTS } from "./descriptor.ts";
import { closeLink, getAskedLink } from "./queries.ts";
import { houseLinkReview } from "./review.ts";
import { tellHouseLink } from "./story.ts";

/** The address on which an application that was sent back is put right. */
export function correctionPath({ number }: Pick<Application, "number">): string {
  return `/me/link-correction/${number}`;
}

/** The descriptor of 关联房屋 by papers: its words, its states, its story and how it is reviewed. */
export function houseLinkDescriptor(deps: {
  personalData: PersonalData;
  /** Whether text messages leave the house. */
  isSmsAvailable: boolean;
}): ApplicationDescriptor {
  const { personalData, isSmsAvailable } = deps;
  return {
    ...HOUSE_LINK,
    tell: async (db, application) => {
      const { house } = await getAskedLink(db, personalData, application);
      const { address } = await getHouse(db, house);
      return tellHouseLink(application, { address, isSmsAvailable });
    },
    slips: [],
    documents: async () => LINK_DOCUMENTS,
    applicantActs: {
      correct: { states: ["correcting"], path: correctionPath },
      cancel: {
        states: ["submitted", "correcting"],
        toState: "cancelled",
        consequence: "撤销后不再审核，房屋不关联。以后可以重新申请",
        undo: async (tx, application) => await closeLink(tx, application),
      },
    },
    smsWords: {
      correcting: "需要补正，请登录后到“我的业务”补正",
      approved: "已通过，房屋已关联，请登录后到“我的房屋”查看",
      rejected: "没有通过，请查看原因",
    },
    auditWords: {
      "house-link-submitted": "用要件申请关联房屋",
      "house-link-corrected": "补正关联申请",
    },
    review: houseLinkReview(deps),
  };
}
