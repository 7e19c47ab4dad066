import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { closeChange } from "./apply-change.ts";
import { CHANGE_DOCUMENTS, CORRECTION_PATH, INSTITUTION_CHANGE, UNDECIDED } from "./descriptor.ts";
import { getChange, getInstitution } from "./queries.ts";
import { changeReview } from "./review.ts";
import { tellChange } from "./story.ts";

/** The descriptor of 机构信息变更: its words, its states, its story and how it is reviewed. */
export function institutionChangeDescriptor(deps: {
  personalData: PersonalData;
}): ApplicationDescriptor {
  return {
    ...INSTITUTION_CHANGE,
    tell: async (db, application) => {
      const { institutionId } = await getChange(db, deps.personalData, application);
      const institution = await getInstitution(db, deps.personalData, institutionId);
      return tellChange(application, institution.name);
    },
    slips: [],
    documents: async () => CHANGE_DOCUMENTS,
    applicantActs: {
      correct: { states: ["correcting"], path: () => CORRECTION_PATH },
      cancel: {
        states: UNDECIDED,
        toState: "cancelled",
        consequence: "撤销后登记的内容不变，以后可以重新申请",
        undo: async (tx, application) => await closeChange(tx, application),
      },
    },
    smsWords: {
      correcting: "需要补正，请登录系统按页面上写的补正后再提交，编号不变",
      approved: "已批准，新的内容已经生效",
      rejected: "没有通过，请查看原因",
    },
    auditWords: {
      "institution-change-submitted": "机构申请变更信息",
      "institution-change-corrected": "机构补正变更申请",
      "institution-contact-changed": "机构变更联系方式",
    },
    review: changeReview(deps),
  };
}
