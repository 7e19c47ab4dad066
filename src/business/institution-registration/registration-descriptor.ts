import type { ApplicationDescriptor } from "#src/applications/descriptor.ts";
import type { Application } from "#src/applications/find-application.ts";
import type { Db } from "#src/platform/database/client.ts";
import {
  printRegistrationSlip,
  type RegistrationPrintDeps,
} from "./application-slip/application-slip.ts";
import {
  ALL_REGISTRATIONS,
  APPLICATION_SLIP,
  applicationBasics,
  RECEIVED_WORDS,
  type Registration,
  SLIP_TITLE,
} from "./descriptor.ts";
import { getRegisteredInstitution, listConflictsOf } from "./queries.ts";
import { registrationReview } from "./review.ts";
import { tellRegistration } from "./story.ts";

/** What the told, printed and reviewed side of 机构注册 needs. */
export interface RegistrationDescriptorDeps extends RegistrationPrintDeps {
  /** Whether text messages leave the house. */
  isSmsAvailable: boolean;
}

/** The address at which an applicant who proved to be it corrects a registration. */
export function correctionPath({ number }: Pick<Application, "number">): string {
  return `/register/corrections/${number}`;
}

const UNDECIDED: readonly string[] = ["submitted", "reviewed", "correcting"];

/** The descriptors of the three registrations. */
export function registrationDescriptors(deps: RegistrationDescriptorDeps): ApplicationDescriptor[] {
  return ALL_REGISTRATIONS.map((registration) => describe(registration, deps));
}

function describe(
  registration: Registration,
  deps: RegistrationDescriptorDeps,
): ApplicationDescriptor {
  return {
    ...applicationBasics(registration),
    tell: async (db, application) => await tell(db, deps, registration, application),
    slips: [
      {
        name: APPLICATION_SLIP,
        title: SLIP_TITLE,
        fileName: ({ number }) => `${registration.title}申请单-${number}.pdf`,
        print: async (db, application, now) =>
          await printRegistrationSlip(deps, db, { registration, application }, now),
      },
    ],
    documents: async () => registration.documents,
    applicantActs: {
      correct: { states: ["correcting"], path: correctionPath },
      cancel: {
        states: UNDECIDED,
        toState: "cancelled",
        consequence: "撤销后，这次注册不再审核，不能再用它的用户名登录。以后要办，可以重新注册",
        // The institution and its users follow in the database, with the step.
        undo: async () => {},
      },
    },
    smsWords: {
      submitted: RECEIVED_WORDS,
      correcting: "需要补正，请按页面上写的补正后再提交，编号不变",
      approved: "已通过，可以用注册时的用户名和密码登录",
      rejected: "没有通过，请查看原因",
    },
    auditWords: {
      "registration-submitted": "提交机构注册",
      "registration-corrected": "补正机构注册",
      "registration-draft-removed": "删除机构注册草稿",
      "registration-code-asked": "索取验证码，继续填写机构注册",
      "registration-code-tried": "输入验证码，继续填写机构注册",
    },
    review: registrationReview({ ...deps, registration }),
  };
}

async function tell(
  db: Db,
  { personalData, isSmsAvailable }: RegistrationDescriptorDeps,
  registration: Registration,
  application: Application,
) {
  const institution = await getRegisteredInstitution(db, personalData, application.id);
  const conflicts = UNDECIDED.includes(application.state)
    ? await listConflictsOf(db, institution)
    : [];
  return tellRegistration({ registration, application, institution, conflicts, isSmsAvailable });
}
