import { randomUUID } from "node:crypto";
import { createApplication, newApplicationNumber } from "#src/applications/create-application.ts";
import type { ApplicationDescriptor, SlipDescriptor } from "#src/applications/descriptor.ts";
import { type ReviewDescriptor, SEND_BACK } from "#src/applications/review-descriptor.ts";
import { fen } from "#src/kernel/money.ts";
import type { Db } from "#src/platform/database/client.ts";
import { getHouse, type House } from "#src/register/find-house.ts";
import { buildHouse, NOW, type TestCity } from "./builders.ts";

/** What the business of the tests answers next, and what it was asked to do. */
export interface ReviewedBusiness {
  descriptor: ApplicationDescriptor & { review: ReviewDescriptor };
  /** What a decision rests on; a test changes it behind the reader's back. */
  seen: string;
  /** Refuses the next decisions in the business's own words. */
  refusal: Readonly<Record<string, string>> | null;
  /** `decision by actor` of every decision that was carried out. */
  carriedOut: string[];
}

const KIND = "test-review";

/** Legal steps of the business: a review and an approval by two people, with a way back to the applicant. */
const TRANSITIONS = [
  ["", "submitted", "applicant"],
  ["submitted", "to-approve", "reviewer"],
  ["submitted", "correcting", "reviewer"],
  ["submitted", "rejected", "reviewer"],
  ["correcting", "submitted", "applicant"],
  ["to-approve", "approved", "approver"],
  ["to-approve", "submitted", "approver"],
] as const;

/** Tells a test's database of the business: its kind and its legal steps. */
export async function recordReviewedBusiness(owner: Db): Promise<void> {
  await owner
    .insertInto("application_kind")
    .values({ kind: KIND, number_prefix: "97", title: "业主退款" })
    .execute();
  for (const [from_state, to_state, actor_role] of TRANSITIONS) {
    await owner
      .insertInto("application_transition")
      .values({ kind: KIND, from_state, to_state, actor_role })
      .execute();
  }
}

/** A business with two stages, which exists in tests only. */
export function makeReviewedBusiness(): ReviewedBusiness {
  const business: ReviewedBusiness = {
    descriptor: { ...DESCRIPTOR, review: { ...DESCRIPTOR.review } },
    seen: "1264000",
    refusal: null,
    carriedOut: [],
  };
  const { review } = business.descriptor;
  review.describe = async (db, { house }) => ({
    ...VIEW,
    subject: house === null ? "示例物业服务有限公司" : (await getHouse(db, house)).address,
    seen: business.seen,
  });
  review.carryOut = async (_tx, act) => {
    if (business.refusal !== null) return { ok: false, errors: business.refusal };
    business.carriedOut.push(`${act.decision} by ${act.actor}`);
    return { ok: true };
  };
  return business;
}

const VIEW = {
  subject: "",
  reason: "R02 多交",
  applicant: "何**",
  amountFen: fen(1_264_000n),
  seen: "",
  comparisons: [
    { label: "姓名", applied: "何**", recorded: "何**", matches: true },
    {
      label: "证件号码",
      applied: "1****************X",
      recorded: "1****************3",
      matches: false,
    },
    { label: "收款账户", applied: "****6217", recorded: "", matches: null },
  ],
  facts: [
    ["退款原因", "R02 多交"],
    ["申请金额", "12,640.00 元"],
  ] as const,
  consequences: {
    approve: "余额预留 12,640.00 元，转审批员审批",
    correct: "余额不动，申请人补正后再审",
    reject: "余额不动，这笔业务办结",
    grant: "开具退款支款单，余额减少 12,640.00 元",
    back: "余额不动，回到审核员",
  },
  links: [{ href: "/fund", words: "查看明细" }],
};

function slip(name: string, title: string): SlipDescriptor {
  const fileName = ({ number }: { number: string }) => `${title}-${number}.pdf`;
  return { name, title, fileName, print: async () => Buffer.from(`%PDF-${name}`) };
}

const DESCRIPTOR: ApplicationDescriptor & { review: ReviewDescriptor } = {
  kind: KIND,
  numberPrefix: "97",
  title: "业主退款",
  submittedState: "submitted",
  slips: [
    slip("receipt-slip", "打印受理单"),
    { ...slip("secret-slip", "打印密码单"), staffRoles: ["finance"] },
    slip("grant-slip", "打印同意书"),
  ],
  tell: async (_db, { state }) => ({
    state: { label: state === "approved" ? "已同意" : "办理中", tone: "wait" },
    facts: [],
    next: { who: "us", title: "我们正在审核", text: "我们最晚 11月25日办好" },
    timeline: [],
    printable: state === "approved" ? ["grant-slip"] : ["receipt-slip", "secret-slip"],
  }),
  review: {
    stages: [
      {
        state: "submitted",
        role: "reviewer",
        title: "审核",
        workingDays: 2,
        checklist: [
          {
            id: "identity",
            text: "申请人与登记的业主一致",
            legalBasis: "《住宅专项维修资金管理办法》第二十八条",
          },
          {
            id: "amount",
            text: "多交的金额与账上一致",
            legalBasis: "《住宅专项维修资金管理办法》第二十九条",
          },
        ],
        decisions: [
          {
            name: "approve",
            label: "通过",
            toState: "to-approve",
            tone: "primary",
            needsOpinion: false,
            needsChecklist: true,
            reasons: ["要件齐全，与登记一致"],
          },
          {
            ...SEND_BACK,
            name: "correct",
            reasons: ["请补交购房合同首页", "银行卡户名与业主不一致，请换业主本人的卡"],
          },
          {
            name: "reject",
            label: "不予受理",
            toState: "rejected",
            tone: "danger",
            needsOpinion: true,
            needsChecklist: false,
            reasons: [],
            fields: [{ name: "basis", label: "依据条款", hint: "例如 第二十九条" }],
          },
        ],
      },
      {
        state: "to-approve",
        role: "approver",
        title: "审批",
        workingDays: 1,
        checklist: [],
        decisions: [
          {
            name: "grant",
            label: "同意退款",
            toState: "approved",
            tone: "primary",
            needsOpinion: false,
            needsChecklist: false,
            reasons: [],
          },
          {
            name: "back",
            label: "退回审核",
            toState: "submitted",
            tone: "plain",
            needsOpinion: false,
            needsChecklist: false,
            reasons: [],
          },
        ],
      },
    ],
    describe: () => Promise.reject(new Error("set by the builder")),
    reveal: async () => [
      ["申请人", "何示例"],
      ["证件号码", "11010119850315503X"],
    ],
    carryOut: () => Promise.reject(new Error("set by the builder")),
  },
};

/** Hands an application of the business in, for a house of its own unless one is given. */
export async function handIn(
  city: TestCity,
  { descriptor }: ReviewedBusiness,
  overrides: { now?: Date; house?: House } = {},
): Promise<string> {
  const now = overrides.now ?? NOW;
  const house = overrides.house ?? (await buildHouse(city));
  const number = newApplicationNumber(descriptor.numberPrefix, now);
  await city.db.transaction().execute((tx) =>
    createApplication(tx, {
      descriptor,
      stages: descriptor.review?.stages ?? [],
      number,
      house,
      noticeNo: null,
      submissionKey: randomUUID(),
      browserHash: Buffer.alloc(32, 1),
      contact: { name: "何示例", phone: "13800005678", personalData: city.personalData },
      now,
    }),
  );
  return number;
}
