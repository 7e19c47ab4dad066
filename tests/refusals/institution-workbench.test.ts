import { createHash } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { buildBuilding, buildHouse, NOW, type TestBuilding } from "../support/builders.ts";
import { buildDeposit, buildUse } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { filledForm, fillRegistration, handIn } from "../support/registration-builders.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import {
  buildInstitution,
  buildInstitutionUser,
  enterForInstitution,
  type TestInstitution,
} from "../support/test-institutions.ts";
import { textsTo } from "../support/told-texts.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let own: TestBuilding;
let foreign: TestBuilding;
let ownHouse: string;
let foreignHouse: string;
let company: TestInstitution;
let keeper: WebVisitor;
let foreignKeeper: WebVisitor;

/** A house that deposited 11,851.20 yuan of which 10,000 were spent: far below the line. */
async function buildLowHouse(building: TestBuilding) {
  const house = await buildHouse(site.city, { building });
  await buildDeposit(site.city, house, {
    amountFen: fen(1_185_120n),
    bookDate: calendarDate("2026-06-30"),
  });
  await buildUse(site.city, house, fen(1_000_000n));
  return house;
}

beforeAll(async () => {
  site = await serveSite();
  own = await buildBuilding(site.city);
  foreign = await buildBuilding(site.city);
  ownHouse = (await buildLowHouse(own)).code;
  foreignHouse = (await buildLowHouse(foreign)).code;
  company = await buildInstitution(site.city, "property-company", [own.estateId]);
  const other = await buildInstitution(site.city, "committee", [foreign.estateId]);
  await buildInstitutionUser(site.city, company, { username: "keeper" });
  await buildInstitutionUser(site.city, other, { username: "foreign-keeper" });
  keeper = await enterForInstitution(site.visitor(), site.city, "keeper");
  foreignKeeper = await enterForInstitution(site.visitor(), site.city, "foreign-keeper");
});
afterAll(() => site?.stop());

/** Gives the session of a visitor the step-up that giving the password once more gives. */
async function stepUp(username: string, until = new Date(NOW.getTime() + 300_000)) {
  await sql`update session set stepped_up_until = ${until} where audience = 'institution'
    and user_id = (select id from institution_user where username = ${username})`.execute(
    site.city.owner,
  );
}

describe("an estate of another institution", () => {
  const PATHS = [
    "",
    "/buildings/12",
    "/lines",
    "/lines?house=:house",
    "/houses.csv",
    "/houses.xlsx",
    "/lines.csv",
    "/lines.xlsx?group=all",
    "/top-up",
    "/top-up/:house",
    "/statements",
    "/statements?period=2026Q3",
  ];

  test.each(PATHS)("is not found at %s, and not a byte of it shown", async (path) => {
    const at = (code: string) =>
      `/workbench/estates/${code}${path.replace(":house", foreignHouse)}`;
    const answer = await keeper.get(at(foreign.estateCode));
    const nobodys = await keeper.get(at("ZZ9999"));
    expect([answer.status, nobodys.status]).toEqual([404, 404]);
    expect(answer.text).not.toMatch(/11,851|1,851|1851/);
    expect(readPage(answer.text).headings).toEqual(readPage(nobodys.text).headings);
    expect((await foreignKeeper.get(at(foreign.estateCode))).status).toBe(200);
  });

  test("shows none of its houses through an estate of one's own", async () => {
    const base = `/workbench/estates/${own.estateCode}`;
    const lines = await keeper.get(`${base}/lines?group=all&house=${foreignHouse}`);
    expect(lines.status).toBe(200);
    expect(lines.text).toContain("没有符合条件的明细");
    expect((await keeper.get(`${base}/top-up/${foreignHouse}`)).status).toBe(404);
    expect((await keeper.get(`${base}/lines.csv?house=${foreignHouse}`)).text).not.toContain(
      foreignHouse,
    );
  });

  test("takes no act, and nothing is stored", async () => {
    const count = async () => {
      const { rows } = await sql<{ n: number }>`select (select count(*) from top_up_batch)
        + (select count(*) from estate_statement) as n`.execute(site.city.owner);
      return rows[0]?.n;
    };
    const before = await count();
    const base = `/workbench/estates/${foreign.estateCode}`;
    const batch = "6ccb660e-434a-469c-8520-5577962e4599";
    expect((await keeper.post(`${base}/top-up`, { batch, building: "" })).status).toBe(404);
    expect((await keeper.post(`${base}/statements`, { period: "2026Q3" })).status).toBe(404);
    expect(await count()).toBe(before);
  });

  test("keeps its prints and its statements from others by their numbers too", async () => {
    const base = `/workbench/estates/${foreign.estateCode}`;
    const batch = "0d5f1f4e-5d1f-4c12-9d3b-3ad2a2f1c001";
    expect((await foreignKeeper.post(`${base}/top-up`, { batch, building: "" })).status).toBe(303);
    const locked = await foreignKeeper.post(`${base}/statements`, { period: "2026Q3" });
    const number = `${foreign.estateCode}-2026Q3-1`;
    expect(locked.headers.location).toBe(`/workbench/statements/${number}?locked=1`);
    for (const path of [
      `/workbench/top-up/${batch}`,
      `/workbench/top-up/${batch}/files/1`,
      `/workbench/statements/${number}`,
      `/workbench/statements/${number}/print`,
      `/workbench/statements/${number}/houses.csv`,
      `/workbench/statements/${number}/houses.json`,
    ]) {
      const answer = await keeper.get(path);
      expect(answer.status, path).toBe(404);
      expect(answer.text, path).not.toContain("11851.20");
    }
    const json = await foreignKeeper.get(`/workbench/statements/${number}/houses.json`);
    expect(JSON.parse(json.text)).toMatchObject({
      number,
      content: { totals: { opening: "11851.20", closing: "11851.20" } },
    });
  });

  test("closes on the day after the contract ends", async () => {
    // An estate of its own: the other one has its company.
    const building = await buildBuilding(site.city);
    await buildHouse(site.city, { building });
    const ending = await buildInstitution(site.city, "property-company", [building.estateId], {
      startsOn: calendarDate("2025-01-01"),
      endsOn: calendarDate("2026-11-23"),
    });
    await buildInstitutionUser(site.city, ending, { username: "ending" });
    const visitor = await enterForInstitution(site.visitor(), site.city, "ending");
    const path = `/workbench/estates/${building.estateCode}`;
    expect((await visitor.get(path)).status).toBe(200);
    site.clock.now = new Date("2026-11-23T16:00:00Z");
    const late = await enterForInstitution(site.visitor(), site.city, "ending", site.clock.now);
    expect((await late.get(path)).status).toBe(404);
    site.clock.now = NOW;
  });
});

describe("a file of an estate", () => {
  test("defuses what somebody entered as the name of a building or a room", async () => {
    const building = await buildBuilding(site.city);
    await site.city.owner
      .updateTable("building")
      .set({ label: '=HYPERLINK("http://evil")' })
      .where("id", "=", building.buildingId)
      .execute();
    const house = await buildHouse(site.city, { building });
    await site.city.owner
      .updateTable("house")
      .set({ room_label: "@SUM(1)", unit_label: "+1" })
      .where("estate_id", "=", house.estateId)
      .where("id", "=", house.houseId)
      .execute();
    await site.city.owner
      .insertInto("institution_estate")
      .values({ institution_id: company.id, estate_id: building.estateId })
      .execute();
    const csv = await keeper.get(`/workbench/estates/${building.estateCode}/houses.csv`);
    expect(csv.status).toBe(200);
    expect(csv.text).toContain(`"'=HYPERLINK(""http://evil"")","'+1","'@SUM(1)"`);
    const cells = csv.text.split(/\r\n|,/);
    expect(cells.filter((cell) => /^"[=+@]/.test(cell))).toEqual([]);
  });

  test("names nobody", async () => {
    const csv = await keeper.get(`/workbench/estates/${own.estateCode}/houses.csv`);
    expect(csv.text).toContain(ownHouse);
    expect(csv.text.split("\r\n")[0]).not.toMatch(/姓名|证件|手机/);
  });
});

describe("somebody who is disabled while he works", () => {
  test("is out with the next page, and cannot act", async () => {
    await buildInstitutionUser(site.city, company, { username: "leaving", isAdmin: false });
    const leaving = await enterForInstitution(site.visitor(), site.city, "leaving");
    const path = `/workbench/estates/${own.estateCode}/lines`;
    expect((await leaving.get(path)).status).toBe(200);
    await stepUp("keeper");
    const closed = await keeper.post("/workbench/users/leaving/disable", {});
    expect(closed.status).toBe(200);
    const next = await leaving.get(path);
    expect([next.status, next.headers.location]).toEqual([303, "/sign-in/institution"]);
    const act = await leaving.post(`/workbench/estates/${own.estateCode}/statements`, {
      period: "2026Q3",
    });
    expect(act.headers.location).toBe("/sign-in/institution");
  });
});

describe("accounts of an institution", () => {
  test("ask for the password once more before they open", async () => {
    await stepUp("keeper", new Date(NOW.getTime() - 1));
    const answer = await keeper.get("/workbench/users");
    expect([answer.status, answer.headers.location]).toEqual([
      303,
      "/sign-in/institution/step-up?next=%2Fworkbench%2Fusers",
    ]);
  });

  test("are not those of another institution, whatever the name in the address", async () => {
    await stepUp("keeper");
    const page = await keeper.get("/workbench/users");
    expect(page.text).toContain("keeper");
    expect(page.text).not.toContain("foreign-keeper");
    for (const act of ["disable", "enable", "reset-password"]) {
      expect((await keeper.post(`/workbench/users/foreign-keeper/${act}`, {})).status).toBe(404);
    }
    expect((await foreignKeeper.get("/workbench")).status).toBe(200);
  });

  test("show an initial password once, and never one's own", async () => {
    await stepUp("keeper");
    const invited = await keeper.post("/workbench/users", {
      username: "newcomer",
      personName: "新试人",
      phone: "+86 138 0000 0777",
      isAdmin: "",
    });
    expect(invited.status).toBe(200);
    expect(invited.text).toMatch(/data-initial-password[^>]*>[a-z0-9]{4}(-[a-z0-9]{4}){3}</);
    expect((await keeper.get("/workbench/users")).text).not.toContain("data-initial-password");
    expect((await keeper.post("/workbench/users/keeper/disable", {})).status).toBe(409);
  });

  test("tell a user whose password an administrator resets, without the new one", async () => {
    await buildInstitutionUser(site.city, company, { username: "forgetful", isAdmin: false });
    const phone = "13900000699";
    await site.city.owner
      .updateTable("institution_user")
      .set({ phone_cipher: site.city.personalData.encrypt(phone) })
      .where("username", "=", "forgetful")
      .execute();
    await stepUp("keeper", new Date(NOW.getTime() - 1));
    await keeper.post("/workbench/users/forgetful/reset-password", {});
    expect(await textsTo(site.city, phone)).toEqual([]);
    await stepUp("keeper");
    for (const act of ["disable", "enable"]) {
      await keeper.post(`/workbench/users/forgetful/${act}`, {});
    }
    expect(await textsTo(site.city, phone)).toEqual([]);
    const reset = await keeper.post("/workbench/users/forgetful/reset-password", {});
    const [, password = ""] = /data-initial-password[^>]*>([^<]+)</.exec(reset.text) ?? [];
    expect(password).not.toBe("");
    const texts = await textsTo(site.city, phone);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/机构用户账号.*已由本单位管理员重置.*请马上问管理员/s);
    expect(texts[0]).not.toContain(password);
  });

  test("refuse what is no invitation, keeping what was typed", async () => {
    await stepUp("keeper");
    const typed = { username: "新人", personName: "=1", phone: "12", isAdmin: "" };
    const answer = await keeper.post("/workbench/users", typed);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('value="新人"');
    const taken = await keeper.post("/workbench/users", {
      username: "FOREIGN-keeper",
      personName: "新试人",
      phone: "13800000777",
      isAdmin: "",
    });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain("这个用户名已经有人用");
  });

  test("ask no code to a new phone where no text message leaves the house, and say so", async () => {
    await stepUp("keeper");
    const path = "/workbench/profile/contact";
    const page = await keeper.get(path);
    expect(page.text).toContain("本站没有接通短信，号码不用验证");
    expect(page.text).not.toMatch(/获取验证码|短信发到/);
    const saved = await keeper.post(path, { contactPhone: "010-88886666", email: "" });
    const after = await keeper.get(saved.headers.location ?? "");
    expect(after.text).toContain("联系方式已经改好");
    expect(after.text).not.toContain("短信以后发到");
  });

  test("are closed to somebody who is no administrator", async () => {
    await buildInstitutionUser(site.city, company, { username: "clerk", isAdmin: false });
    const clerk = await enterForInstitution(site.visitor(), site.city, "clerk");
    for (const path of [
      "/workbench/users",
      "/workbench/profile/change",
      "/workbench/profile/contact",
    ]) {
      expect((await clerk.get(path)).status).toBe(403);
    }
  });
});

describe("a registration where no text message leaves the house", () => {
  test("promises none, from the first page to its progress", async () => {
    const visitor = site.visitor();
    const first = (await visitor.get("/register")).text;
    expect(first).not.toMatch(/短信|用联系人手机继续填写|用手机号/);
    expect(first).toContain("用原来的手机或电脑打开本页接着填");
    await visitor.get("/register/developer");
    const browser = visitor.cookies.get("browser") ?? expect.fail("no browser");
    const browserHash = createHash("sha256").update(browser).digest();
    const typed = filledForm("developer", null);
    const filled = await fillRegistration(site.city, "developer", typed, browserHash);
    const outcome = await handIn(site.city, filled);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome));
    const done = await visitor.get(`/register/registered/${outcome.number}`);
    expect(done.status).toBe(200);
    expect(done.text).toContain("本站没有接通短信，请用下面的编号来看结果");
    expect(done.text).not.toMatch(/短信告诉|短信会告诉/);
    const progress = await visitor.get(`/applications/${outcome.number}`);
    expect(progress.text).toContain("本站没有接通短信，结果请在这里用业务单编号查看");
    expect(progress.text).not.toContain("短信告诉");
  });
});

describe("an institution whose contracts are over", () => {
  const CHANGE = "/workbench/profile/change";
  const CORRECTION = "/workbench/profile/correction";

  async function setState(id: number, state: "expired" | "suspended") {
    await site.city.owner.updateTable("institution").set({ state }).where("id", "=", id).execute();
  }

  test("opens its administrator what renews it and nothing else; suspended not even that", async () => {
    const building = await buildBuilding(site.city);
    const lapsed = await buildInstitution(site.city, "property-company", [building.estateId], {
      startsOn: calendarDate("2025-01-01"),
      endsOn: calendarDate("2026-10-31"),
    });
    await buildInstitutionUser(site.city, lapsed, { username: "lapsed-admin" });
    await buildInstitutionUser(site.city, lapsed, { username: "lapsed-clerk", isAdmin: false });
    const admin = await enterForInstitution(site.visitor(), site.city, "lapsed-admin");
    const clerk = await enterForInstitution(site.visitor(), site.city, "lapsed-clerk");
    expect((await admin.get("/workbench")).text).toContain("合同 2026-10-31 已到期");
    await setState(lapsed.id, "expired");
    for (const path of ["/workbench", "/workbench/profile", "/workbench/users"]) {
      expect((await admin.get(path)).headers.location, path).toBe("/workbench/registration");
    }
    expect((await admin.get("/workbench/registration")).text).toContain(`href="${CHANGE}"`);
    const form = await admin.get(CHANGE);
    expect(form.status).toBe(200);
    const { values } = readPage(form.text);
    expect(values[`ends-${building.estateCode}`]).toBe("2026-10-31");
    const sent = {
      ...values,
      [`ends-${building.estateCode}`]: "2026-11-01",
      institutionName: "",
    };
    const refused = await admin.post(CHANGE, sent);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(`id="field-ends-${building.estateCode}-error"`);
    expect(readPage(refused.text).summary.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringContaining("合同到期日期已经过了"),
    );
    expect((await admin.get(CORRECTION)).status).toBe(303);
    expect((await clerk.get(CHANGE)).status).toBe(403);
    expect((await clerk.get("/workbench/registration")).text).not.toContain(`href="${CHANGE}"`);
    await setState(lapsed.id, "suspended");
    expect((await admin.get(CHANGE)).headers.location).toBe("/workbench/registration");
  });
});
