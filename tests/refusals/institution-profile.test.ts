import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { advanceApplication } from "#src/applications/advance-application.ts";
import { findApplication } from "#src/applications/find-application.ts";
import { institutionChangeDescriptor } from "#src/business/institution-profile/change-descriptor.ts";
import { sweepChangeDrafts } from "#src/business/institution-profile/change-drafts.ts";
import {
  findOpenChange,
  getChange,
  getInstitution,
} from "#src/business/institution-profile/queries.ts";
import { buildBuilding, NOW } from "../support/builders.ts";
import { codeSentTo } from "../support/doors.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import {
  buildInstitution,
  buildInstitutionUser,
  enterForInstitution,
  INSTITUTION_PASSWORD,
} from "../support/test-institutions.ts";
import { buildDocument } from "../support/unrecorded-builders.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

const CHANGE = "/workbench/profile/change";
const CORRECTION = "/workbench/profile/correction";
const STEP_UP = "/sign-in/institution/step-up";
const ACCOUNT = {
  accountName: "试验物业服务有限公司",
  accountBank: "示例银行民生支行",
  accountNo: "6222 0000 0000 0009",
};

let site: ServedSite;
beforeAll(async () => {
  // Text messages go to the outbox of the demonstration.
  site = await serveSite({ isDemo: true });
});
afterAll(() => site?.stop());

let made = 0;

/** An institution and its administrator, who has not given his password lately. */
async function build() {
  made += 1;
  const username = `profile-${made}`;
  const building = await buildBuilding(site.city);
  const institution = await buildInstitution(site.city, "developer", [building.estateId]);
  const userId = await buildInstitutionUser(site.city, institution, { username });
  const visitor = await enterForInstitution(site.visitor(), site.city, username);
  return { institution, userId, visitor, username };
}

/** The form as it stands, with a paper under its key. */
async function openForm(visitor: WebVisitor, path: string, hasPaper = true) {
  const { values } = readPage((await visitor.get(path)).text);
  const submissionKey = values["submissionKey"] ?? expect.fail("no key");
  const browser = visitor.cookies.get("browser") ?? "";
  const browserHash = createHash("sha256").update(browser).digest();
  if (hasPaper) {
    await buildDocument(site.city.db, site.city, {
      ...{ submissionKey, browserHash, code: "change-proof" },
    });
  }
  return values;
}

async function openChangeOf(institutionId: number) {
  const open = await findOpenChange(site.city.db, institutionId);
  if (open === null) return null;
  const application = (await findApplication(site.city.db, open.number)) ?? expect.fail();
  const { change } = await getChange(site.city.db, site.city.personalData, application);
  return { number: open.number, change };
}

/** Gives the password where the answer asks for it, and goes on to where that leads. */
async function giveAgain(visitor: WebVisitor, location = ""): Promise<string> {
  expect(location).toMatch(/^\/sign-in\/institution\/step-up\?next=/);
  const { values } = readPage((await visitor.get(location)).text);
  const wrong = await visitor.post(STEP_UP, { ...values, password: "wrong" });
  expect(wrong.status).toBe(422);
  const given = await visitor.post(STEP_UP, { ...values, password: INSTITUTION_PASSWORD });
  expect(given.status).toBe(303);
  return given.headers.location ?? "";
}

describe("another bank account", () => {
  test("is not handed in before the password is given once more, and nothing typed is lost", async () => {
    const { institution, visitor } = await build();
    const values = await openForm(visitor, CHANGE);
    const typed = { ...values, ...ACCOUNT, legalPerson: "钱试验" };
    const asked = await visitor.post(CHANGE, typed);
    expect(asked.status).toBe(303);
    expect(await openChangeOf(institution.id)).toBeNull();
    const back = await giveAgain(visitor, asked.headers.location);
    expect(back).toBe(`${CHANGE}?form=${values["submissionKey"]}`);
    const page = await visitor.get(back);
    expect(page.text).toContain("已确认是您本人");
    const kept = readPage(page.text).values;
    expect(kept).toMatchObject({ ...ACCOUNT, legalPerson: "钱试验" });
    const handedIn = await visitor.post(CHANGE, kept);
    expect(handedIn.headers.location).toMatch(/^\/applications\/36[0-9]{16}\?submitted=1$/);
    const open = await openChangeOf(institution.id);
    expect(open?.change.account?.asked.accountNo).toBe("6222000000000009");
    const { rows } = await sql`select 1 from institution_change_draft`.execute(site.city.owner);
    expect(rows).toEqual([]);
  });

  test("is judged before the password is asked for, and other changes do not ask for it", async () => {
    const { institution, visitor } = await build();
    const values = await openForm(visitor, CHANGE, false);
    const early = await visitor.post(CHANGE, { ...values, ...ACCOUNT });
    expect(early.status).toBe(422);
    expect(readPage(early.text).values).toMatchObject(ACCOUNT);
    const half = await visitor.post(CHANGE, { ...values, ...ACCOUNT, accountBank: "" });
    expect(readPage(half.text).errors["accountBank"]).toContain("请填写开户银行");
    const whole = await openForm(visitor, CHANGE);
    const handedIn = await visitor.post(CHANGE, { ...whole, legalPerson: "赵试验" });
    expect(handedIn.headers.location).toMatch(/^\/applications\//);
    expect((await openChangeOf(institution.id))?.change.account).toBeNull();
  });

  test("is kept for the user who typed it, encrypted and for a day", async () => {
    const { visitor } = await build();
    const values = await openForm(visitor, CHANGE);
    const asked = await visitor.post(CHANGE, { ...values, ...ACCOUNT });
    expect(asked.headers.location).not.toContain("6222");
    const path = `${CHANGE}?form=${values["submissionKey"]}`;
    const other = await build();
    expect((await other.visitor.get(path)).text).not.toContain("6222 0000 0000 0009");
    expect((await other.visitor.get(`${CHANGE}?form=%00`)).status).toBe(200);
    expect((await visitor.get(path)).text).toContain("6222 0000 0000 0009");
    const count = async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int n from institution_change_draft
        where position('6222'::bytea in form_cipher) = 0`.execute(site.city.owner);
      return rows[0]?.n;
    };
    expect(await count()).toBe(1);
    await sweepChangeDrafts(site.city.db, new Date(NOW.getTime() + 23 * 3_600_000));
    expect(await count()).toBe(1);
    await sweepChangeDrafts(site.city.db, new Date(NOW.getTime() + 25 * 3_600_000));
    expect(await count()).toBe(0);
  });

  test("of a correction asks for it too", async () => {
    const { institution, visitor } = await build();
    const values = await openForm(visitor, CHANGE);
    await visitor.post(CHANGE, { ...values, legalPerson: "赵试验" });
    const { number } = (await openChangeOf(institution.id)) ?? expect.fail("nothing handed in");
    await sendBack(number);
    const form = await openForm(visitor, CORRECTION);
    const asked = await visitor.post(CORRECTION, { ...form, ...ACCOUNT });
    expect(asked.status).toBe(303);
    expect((await openChangeOf(institution.id))?.change.account).toBeNull();
    const back = await giveAgain(visitor, asked.headers.location);
    const kept = readPage((await visitor.get(back)).text).values;
    expect(kept).toMatchObject({ ...ACCOUNT, legalPerson: "赵试验" });
    const corrected = await visitor.post(CORRECTION, kept);
    expect(corrected.headers.location).toBe(`/applications/${number}`);
    const after = await openChangeOf(institution.id);
    expect(after?.change.account?.asked.accountNo).toBe("6222000000000009");
  });
});

describe("the contact's phone", () => {
  const CONTACT = "/workbench/profile/contact";
  const press = { "send-contact-code": "yes" };

  async function phoneOf(institutionId: number) {
    const { db, personalData } = site.city;
    const { profile } = await getInstitution(db, personalData, institutionId);
    return [profile.contactPhone, profile.email];
  }

  test("changes with the code that went to the new one, and nothing typed is lost on the way", async () => {
    const { institution, visitor } = await build();
    await giveAgain(visitor, (await visitor.get(CONTACT)).headers.location);
    const before = await phoneOf(institution.id);
    const typed = { contactPhone: "１３８ 0000 7201", email: "new@example.cn" };
    const early = await visitor.post(CONTACT, typed);
    expect(early.status).toBe(422);
    expect(readPage(early.text).errors).toEqual({
      contactCode: expect.stringContaining("点“获取验证码”"),
    });
    const sent = await visitor.post(CONTACT, { ...typed, ...press });
    expect(sent.status).toBe(200);
    expect(sent.text).toContain("138****7201");
    expect(readPage(sent.text).values).toMatchObject(typed);
    const code = await codeSentTo(site, "13800007201");
    const wrong = await visitor.post(CONTACT, {
      ...typed,
      contactCode: code === "000000" ? "000001" : "000000",
    });
    expect(readPage(wrong.text).errors["contactCode"]).toContain("验证码不对");
    const another = { ...typed, contactPhone: "13800007202", contactCode: code };
    expect((await visitor.post(CONTACT, another)).status).toBe(422);
    expect(await phoneOf(institution.id)).toEqual(before);
    const saved = await visitor.post(CONTACT, { ...typed, contactCode: code });
    expect(saved.headers.location).toBe("/workbench/profile?changed=contact");
    expect(await phoneOf(institution.id)).toEqual(["13800007201", "new@example.cn"]);
  });

  test("that stays as it is needs no code, and a landline takes none", async () => {
    const { institution, visitor } = await build();
    await giveAgain(visitor, (await visitor.get(CONTACT)).headers.location);
    const [contactPhone = ""] = await phoneOf(institution.id);
    const saved = await visitor.post(CONTACT, { contactPhone, email: "other@example.cn" });
    expect(saved.status).toBe(303);
    expect(await phoneOf(institution.id)).toEqual([contactPhone, "other@example.cn"]);
    const fixed = { contactPhone: "010-88886666", email: "" };
    const refused = await visitor.post(CONTACT, { ...fixed, ...press });
    expect(readPage(refused.text).errors["contactPhone"]).toContain("固定电话收不到短信");
    expect((await visitor.post(CONTACT, fixed)).status).toBe(422);
  });
});

/** What the desk does: the change goes back to be corrected. */
async function sendBack(number: string): Promise<void> {
  const application = (await findApplication(site.city.db, number)) ?? expect.fail(number);
  const descriptor = institutionChangeDescriptor(site.city);
  const by = { actorRole: "reviewer", actor: "staff:reviewer-demo" } as const;
  await site.city.db
    .transaction()
    .execute((tx) =>
      advanceApplication(
        tx,
        { application, descriptor },
        { toState: "correcting", ...by, now: NOW, remark: "请补正" },
      ),
    );
}
