import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { House } from "#src/register/find-house.ts";
import { buildHouse, NOW } from "../support/builders.ts";
import { buildNotice, buildPaidHouse } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { CHEN, passHouseOn, recordOwner, stepOwnerUp, WANG } from "../support/recorded-owners.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { buildOwnerAccount, enterAsOwner } from "../support/test-owners.ts";
import { textsTo } from "../support/told-texts.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let wang: WebVisitor;
let wangId: number;
let chen: WebVisitor;
/** Of Wang, paid in full. */
let house: House;
/** Of Chen, unpaid. */
let chensHouse: House;

beforeAll(async () => {
  site = await serveSite({ areRateLimitsOn: true });
  const { city } = site;
  ({ house } = await buildPaidHouse(city));
  await recordOwner(city, house, WANG);
  chensHouse = await buildHouse(city);
  await recordOwner(city, chensHouse, CHEN);
  wangId = await buildOwnerAccount(city, WANG);
  wang = await enterAsOwner(site.visitor(), city, wangId);
  chen = await enterAsOwner(site.visitor(), city, await buildOwnerAccount(city, CHEN));
  await link(wang, WANG.document);
  await link(chen, CHEN.document);
});
afterAll(() => site?.stop());

async function link(visitor: WebVisitor, documentNo: string): Promise<WebAnswer> {
  return await visitor.post("/me/link", { documentNo });
}

async function freshAccount(): Promise<WebVisitor> {
  return await enterAsOwner(site.visitor(), site.city, await buildOwnerAccount(site.city));
}

describe("an owner at home", () => {
  test("sees his own houses with their money, and is offered what can be done", async () => {
    const page = await wang.get("/me");
    expect(readPage(page.text).text).toContain(house.address);
    expect(page.text).toContain("11,851.20");
    expect(page.text).toContain(WANG.name);
    expect(page.text).not.toContain(chensHouse.address);
    const chens = await chen.get("/me");
    expect(chens.text).toContain(`href="/deposit/${chensHouse.code}"`);
    expect(chens.text).not.toContain(house.code);
  });

  test("never has a phone or document in clear on a page, or his page in a cache", async () => {
    for (const path of ["/me", "/me/account", "/me/link", `/me/houses/${house.code}`]) {
      const { text, headers } = await wang.get(path);
      expect(text).not.toContain(WANG.phone);
      expect(text).not.toContain(WANG.document);
      expect(headers["cache-control"]).toBe("no-store");
    }
  });

  test("is told when nothing is linked how to link, in the same place", async () => {
    const page = readPage((await (await freshAccount()).get("/me")).text);
    expect(page.headings).toEqual(["我的房屋"]);
    expect(page.text).toContain("用身份证号关联房屋");
  });
});

describe("another owner's house", () => {
  const PATHS = ["", "/statements/2026"];

  test.each(PATHS)("is as unknown at %s as one that is not there", async (rest) => {
    const foreign = await wang.get(`/me/houses/${chensHouse.code}${rest}`);
    const none = await wang.get(`/me/houses/TS9999-12-3-501${rest}`);
    expect([foreign.status, none.status]).toEqual([404, 404]);
    const shown = ({ text, headers }: WebAnswer) =>
      text
        .replaceAll(String(headers["x-request-id"]), "")
        .replaceAll(chensHouse.code, "")
        .replaceAll("TS9999-12-3-501", "");
    expect(shown(foreign)).toBe(shown(none));
    expect(foreign.text).not.toContain(chensHouse.address);
  });

  test("cannot be unlinked", async () => {
    const answer = await wang.post(`/me/houses/${chensHouse.code}/unlink`, {});
    expect(answer.status).toBe(404);
    expect((await chen.get(`/me/houses/${chensHouse.code}`)).status).toBe(200);
  });

  test("asks him for name and number before a refund, like anybody", async () => {
    const page = await wang.get(`/refund/${chensHouse.code}`);
    expect(page.status).toBe(200);
    expect(readPage(page.text).text).toContain("证件号码");
  });

  test("cannot be signed out of, either: another's session is not there", async () => {
    const { id } = await site.database.owner
      .selectFrom("session")
      .select("id")
      .where("audience", "=", "owner")
      .where("user_id", "!=", wangId)
      .limit(1)
      .executeTakeFirstOrThrow();
    expect((await wang.post(`/me/account/sessions/${id}/end`, {})).status).toBe(404);
    expect((await chen.get("/me")).status).toBe(200);
  });
});

describe("whoever sold the house", () => {
  test("is out with the entry of the buyer, on every page and at once", async () => {
    const { city } = site;
    const sold = await buildHouse(city);
    const seller = { ...WANG, phone: "13800000611", document: "110101195501085058" };
    await recordOwner(city, sold, seller);
    const visitor = await enterAsOwner(site.visitor(), city, await buildOwnerAccount(city, seller));
    expect((await link(visitor, seller.document)).headers.location).toBe("/me?linked=1");
    expect((await visitor.get(`/me/houses/${sold.code}`)).status).toBe(200);
    await passHouseOn(city, sold, CHEN);
    expect((await visitor.get("/me")).text).not.toContain(sold.code);
    for (const rest of ["", "/statements/2026"]) {
      expect((await visitor.get(`/me/houses/${sold.code}${rest}`)).status).toBe(404);
    }
    expect((await visitor.get(`/refund/${sold.code}`)).status).toBe(200);
    expect((await link(chen, CHEN.document)).status).toBe(303);
    expect((await chen.get(`/me/houses/${sold.code}`)).status).toBe(200);
  });
});

describe("whoever bought the house", () => {
  test("sees what was applied for since the register names him, and nothing of the seller's", async () => {
    const { city } = site;
    const bought = await buildHouse(city);
    await recordOwner(city, bought, CHEN, { recordedAt: new Date("2024-01-01T00:00:00Z") });
    const sellers = await buildNotice(city, bought);
    const buyer = { name: "钱试买", document: "110101197904185028", phone: "13800000641" };
    await passHouseOn(city, bought, buyer, new Date(NOW.getTime() + 1));
    const later = await buildNotice(city, bought, { issuedAt: new Date(NOW.getTime() + 2) });
    const visitor = await enterAsOwner(site.visitor(), city, await buildOwnerAccount(city, buyer));
    expect((await link(visitor, buyer.document)).headers.location).toBe("/me?linked=1");
    const { text } = await visitor.get("/me/applications");
    expect(text).toContain(later.no);
    expect(text).not.toContain(sellers.no);
  });

  test("whom the register named before it kept the day sees what came after his link", async () => {
    const { city } = site;
    const house = await buildHouse(city);
    const earlier = await buildNotice(city, house, { issuedAt: new Date(NOW.getTime() - 1) });
    const person = { name: "周试旧", document: "110101195501085058", phone: "13800000642" };
    await recordOwner(city, house, person, { recordedAt: null });
    const visitor = await enterAsOwner(site.visitor(), city, await buildOwnerAccount(city, person));
    await link(visitor, person.document);
    const later = await buildNotice(city, house);
    const { text } = await visitor.get("/me/applications");
    expect(text).toContain(later.no);
    expect(text).not.toContain(earlier.no);
  });

  test("in the seller's own row of the register begins with that change", async () => {
    const { city } = site;
    const rewritten = await buildHouse(city);
    await recordOwner(city, rewritten, CHEN, { recordedAt: new Date("2024-01-01T00:00:00Z") });
    await city.owner
      .updateTable("house_owner")
      .set({ document_hash: city.personalData.hash("document", "110101197904185028") })
      .where("house_id", "=", rewritten.houseId)
      .execute();
    const { recorded_at } = await city.owner
      .selectFrom("house_owner")
      .select("recorded_at")
      .where("house_id", "=", rewritten.houseId)
      .executeTakeFirstOrThrow();
    expect(recorded_at?.getTime()).toBeGreaterThan(NOW.getTime());
  });
});

describe("linking", () => {
  test("answers word for word alike whether the phone is on record or not", async () => {
    const { city } = site;
    const known = { ...CHEN, phone: "13800000621" };
    await recordOwner(city, await buildHouse(city), known);
    const onRecord = await enterAsOwner(site.visitor(), city, await buildOwnerAccount(city, known));
    const unknown = await freshAccount();
    const answers = await Promise.all(
      [onRecord, unknown].map((visitor) => link(visitor, WANG.document)),
    );
    expect(answers.map(({ status }) => status)).toEqual([422, 422]);
    const [first, second] = answers.map(({ text }) => readPage(text).errors);
    expect(first).toEqual(second);
    expect(first?.["documentNo"]).toContain("没有可以关联的房屋");
  });

  test("keeps what was typed and stores nothing for a number with a wrong digit", async () => {
    const visitor = await freshAccount();
    const answer = await link(visitor, "110101198506155021");
    expect(answer.status).toBe(422);
    const page = readPage(answer.text);
    expect(page.errors).toEqual({ documentNo: "证件号码有一位不对，请对照身份证再看一遍" });
    expect(page.values["documentNo"]).toBe("110101198506155021");
  });

  test("lets an account be wrong five times a day, however many it tries at once", async () => {
    const { city } = site;
    const guessed = { ...CHEN, phone: "13800000631" };
    await recordOwner(city, await buildHouse(city), guessed);
    const visitor = await enterAsOwner(
      site.visitor(),
      city,
      await buildOwnerAccount(city, guessed),
    );
    const wrong = ["110101198802295060", "110101197904185028"];
    const tries = Array.from({ length: 12 }, (_, at) => link(visitor, wrong[at % 2] ?? ""));
    const texts = (await Promise.all(tries)).map(({ text }) => text);
    expect(texts.filter((text) => text.includes("没有可以关联的房屋"))).toHaveLength(5);
    const right = await link(visitor, guessed.document);
    expect(right.status).toBe(422);
    expect(right.text).toContain("今天核对错的次数太多");
  });

  test("closes a house to everybody who guesses for it, and to nobody's other houses", async () => {
    const target = await buildHouse(site.city);
    await recordOwner(site.city, target, WANG, { phone: null });
    const guess = { documentNo: WANG.document, factKind: "contract", fact: "SL1" };
    for (let n = 0; n < 5; n += 1) {
      const answer = await (await freshAccount()).post(`/me/link/${target.code}`, guess);
      expect(answer.text).toContain("填的和登记的不一致");
    }
    const late = await (await freshAccount()).post(`/me/link/${target.code}`, guess);
    expect(late.text).toContain("这套房屋今天核对错的次数太多");
    const other = await (await freshAccount()).post(`/me/link/${house.code}`, guess);
    expect(other.text).toContain("填的和登记的不一致");
  });

  test("tells another person's number what to do, and links nothing", async () => {
    const answer = await link(wang, CHEN.document);
    expect(answer.status).toBe(422);
    expect(readPage(answer.text).errors["documentNo"]).toContain("一个账户只关联同一个人的房屋");
  });
});

describe("an owner signed in", () => {
  test("need not give name and number for a refund of his house, but proves himself anew", async () => {
    const { city } = site;
    const before = await wang.get(`/refund/${house.code}`);
    expect(before.status).toBe(303);
    expect(before.headers.location).toBe(
      `/sign-in/step-up?next=${encodeURIComponent(`/refund/${house.code}`)}`,
    );
    expect((await wang.get(`/refund/${house.code}/reason`)).headers.location).toBe(
      `/refund/${house.code}`,
    );
    await stepOwnerUp(city, wang, wangId);
    expect((await wang.get(`/refund/${house.code}`)).headers.location).toBe(
      `/refund/${house.code}/reason`,
    );
    expect((await wang.get(`/refund/${house.code}/reason`)).status).toBe(200);
  });

  test("finds his name and phone in the form that pays, and nobody else does", async () => {
    const mine = await chen.get(`/deposit/${chensHouse.code}`);
    const { payer, phone } = readPage(mine.text).values;
    expect({ payer, phone }).toEqual({ payer: CHEN.name, phone: CHEN.phone });
    const visitor = readPage((await site.visitor().get(`/deposit/${chensHouse.code}`)).text);
    expect(visitor.values).toMatchObject({ payer: "", phone: "" });
  });

  test("is the applicant of what was applied for with his phone, and of nothing else", async () => {
    const { city } = site;
    const notice = await buildNotice(city, await buildHouse(city));
    const payer = await enterAsOwner(
      site.visitor(),
      city,
      await buildOwnerAccount(city, { phone: "13800005678" }),
    );
    const slip = `/applications/${notice.no}/slips/payment-notice`;
    expect((await payer.get(slip)).status).toBe(200);
    expect((await chen.get(slip)).status).toBe(403);
    expect((await payer.get("/me/applications")).text).toContain(`/applications/${notice.no}`);
    expect((await chen.get("/me/applications")).text).not.toContain(notice.no);
  });

  test("sees the applications on his houses, whoever made them", async () => {
    const notice = await buildNotice(site.city, chensHouse);
    const { text } = await chen.get("/me/applications");
    expect(text).toContain(`/applications/${notice.no}`);
    expect(text).toContain("业主交款");
    expect(text).not.toContain("张示例");
  });

  test("prints a statement for a year with entries, and for no other", async () => {
    const pdf = await wang.get(`/me/houses/${house.code}/statements/2026`);
    expect(pdf.status).toBe(200);
    expect(pdf.headers["content-type"]).toBe("application/pdf");
    expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-");
    for (const year of ["2025", "2027", "26", "x", "2026a"]) {
      const answer = await wang.get(`/me/houses/${house.code}/statements/${year}`);
      expect(answer.status).toBe(404);
    }
  });

  test("is told who looked at his house, by kind and never by address", async () => {
    await site.visitor().get(`/fund/${house.code}`);
    await chen.get(`/fund/${house.code}`);
    await wang.get(`/fund/${house.code}`);
    const { text } = readPage((await wang.get(`/me/houses/${house.code}`)).text);
    for (const looker of ["本人", "登录的其他业主", "访客"]) {
      expect(text).toMatch(new RegExp(`${looker} 查看资金明细`));
    }
    expect(text).not.toContain(CHEN.name);
  });
});

async function phoneOf(id: number): Promise<string> {
  const row = await site.database.owner
    .selectFrom("owner_account")
    .select("phone_cipher")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return site.city.personalData.decrypt(row.phone_cipher);
}

describe("decisions about the account", () => {
  const DECISIONS = ["/me/account/password", "/me/account/phone", "/me/account/close"];

  test.each(DECISIONS)("%s asks first who it is, for reading and for doing", async (path) => {
    const account = await freshAccount();
    for (const answer of [await account.get(path), await account.post(path, { isSure: "yes" })]) {
      expect(answer.status).toBe(303);
      expect(answer.headers.location).toContain("/sign-in/step-up?next=");
    }
    expect((await account.get("/me")).status).toBe(200);
  });

  test("the export asks as well, and holds the owner's own data", async () => {
    const fresh = await freshAccount();
    expect((await fresh.get("/me/data.json")).status).toBe(303);
    await stepOwnerUp(site.city, wang, wangId);
    const answer = await wang.get("/me/data.json");
    expect(answer.status).toBe(200);
    const data = JSON.parse(answer.text);
    expect(data.account).toEqual({ name: WANG.name, phone: WANG.phone, username: null });
    expect(data.houses[0]).toMatchObject({ code: house.code, principalYuan: "11851.20" });
    expect(answer.text).not.toContain(CHEN.name);
  });

  async function steppedUp(): Promise<{ visitor: WebVisitor; id: number }> {
    const id = await buildOwnerAccount(site.city);
    const visitor = await enterAsOwner(site.visitor(), site.city, id);
    await stepOwnerUp(site.city, visitor, id);
    return { visitor, id };
  }

  test("a new password is refused beside its field, and set with every other session ended", async () => {
    const { visitor, id } = await steppedUp();
    const elsewhere = await enterAsOwner(site.visitor(), site.city, id);
    const set = (fields: Record<string, string>) =>
      visitor.post("/me/account/password", {
        username: "kept-name",
        password: "four-words-in-line",
        passwordAgain: "four-words-in-line",
        ...fields,
      });
    const wrong = await Promise.all([
      set({ password: "short", passwordAgain: "short" }),
      set({ password: "my-kept-name-word", passwordAgain: "my-kept-name-word" }),
      set({ passwordAgain: "another-line-of-words" }),
      set({ username: "名字" }),
    ]);
    expect(wrong.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
    expect(wrong.map(({ text }) => Object.keys(readPage(text).errors))).toEqual([
      ["password"],
      ["password"],
      ["passwordAgain"],
      ["username"],
    ]);
    expect((await elsewhere.get("/me")).status).toBe(200);
    const phone = await phoneOf(id);
    expect(await textsTo(site.city, phone)).toEqual([]);
    expect((await set({})).headers.location).toBe("/me/account?done=password");
    const [told] = await textsTo(site.city, phone);
    expect(told).toContain("设了新的登录密码");
    expect(told).not.toContain("kept-name");
    expect((await elsewhere.get("/me")).status).toBe(303);
    const { visitor: another } = await steppedUp();
    const taken = await another.post("/me/account/password", {
      username: "KEPT-name",
      password: "four-words-in-line",
      passwordAgain: "four-words-in-line",
    });
    expect(readPage(taken.text).errors["username"]).toContain("已经有人用了");
  });

  test("one other session can be ended, or all of them", async () => {
    const { visitor, id } = await steppedUp();
    const others = [
      await enterAsOwner(site.visitor(), site.city, id),
      await enterAsOwner(site.visitor(), site.city, id),
    ];
    const { text } = await visitor.get("/me/account");
    const [path = ""] = /\/me\/account\/sessions\/\d+\/end/.exec(text) ?? [];
    expect((await visitor.post(path, {})).headers.location).toBe("/me/account?done=session");
    const open = await Promise.all(others.map(async (one) => (await one.get("/me")).status));
    expect(open.sort()).toEqual([200, 303]);
    await visitor.post("/me/account/sessions/end-others", {});
    const left = await Promise.all(others.map(async (one) => (await one.get("/me")).status));
    expect(left).toEqual([303, 303]);
    expect((await visitor.get("/me")).status).toBe(200);
  });

  test("closing needs the box ticked, and is for good", async () => {
    const { visitor, id } = await steppedUp();
    const unticked = await visitor.post("/me/account/close", {});
    expect(unticked.status).toBe(422);
    expect((await visitor.post("/me/account/close", { isSure: "yes" })).headers.location).toBe(
      "/sign-in",
    );
    expect((await visitor.get("/me")).status).toBe(303);
    const again = await enterAsOwner(site.visitor(), site.city, id, NOW);
    expect((await again.get("/me")).status).toBe(303);
  });

  test("a new phone cannot be proven where no text message leaves the house, and says so", async () => {
    const { visitor } = await steppedUp();
    const answer = await visitor.post("/me/account/phone", { phone: "13800000699" });
    expect(answer.text).toContain("现在不能发短信");
    expect((await visitor.get("/me/account/phone/code")).headers.location).toBe(
      "/me/account/phone",
    );
  });

  test("who finds no house, and who has no application, reads where to go on", async () => {
    const { visitor } = await steppedUp();
    const nothing = await visitor.get("/me/find-house?q=%E6%B2%A1%E6%9C%89");
    expect(nothing.text).toContain("没有找到房屋");
    expect(nothing.text).toContain("找人帮办");
    const empty = await visitor.get("/me/applications");
    expect(empty.text).toContain("还没有业务");
    expect(empty.text).toContain('<a href="/owner-service">找到房屋</a>');
    expect(empty.text).toContain('<a href="/status">查进度</a>');
  });

  test("linking by papers promises no text message where none leaves the house", async () => {
    const { visitor } = await steppedUp();
    const other = await buildHouse(site.city);
    const asked = await visitor.get(`/me/link/${other.code}`);
    expect(asked.text).toContain("结果登录后在“我的业务”里看");
    const form = await visitor.get(`/me/link/${other.code}/documents`);
    expect(form.text).toContain("登录后看结果");
    expect(asked.text + form.text).not.toContain("短信");
  });
});

test("nothing personal of an owner is in the log or in the audit trail", async () => {
  const rows = await site.database.owner.selectFrom("audit_event").selectAll().execute();
  const trail = JSON.stringify(rows, (_, value) =>
    typeof value === "bigint" ? value.toString() : value,
  );
  for (const secret of [WANG.document, WANG.phone, WANG.name, CHEN.document, CHEN.phone]) {
    expect(site.logged()).not.toContain(secret);
    expect(trail).not.toContain(secret);
  }
});
