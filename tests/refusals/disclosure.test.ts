import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fen } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";
import { buildHouse, NOW } from "../support/builders.ts";
import { HOSTILE } from "../support/hostile-values.ts";
import { buildDeposit } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { registerOwner } from "../support/registered-owner.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { buildOwnerAccount, enterAsOwner, linkHouse } from "../support/test-owners.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

const OWNER = { name: "令狐业主", document: "11010119900307803X", phone: "13700009102" } as const;

/** What only 查看明细 tells: the balance, the entries, the export. */
const DETAIL = /11,851\.20|11851\.20|首次交存|每一笔/;

async function paidHouse(site: ServedSite): Promise<House> {
  const house = await buildHouse(site.city);
  await registerOwner(site.city, house, OWNER);
  const amountFen = house.dueFen ?? expect.fail("the house owes nothing");
  await buildDeposit(site.city, house, { amountFen });
  return house;
}

function expectClosed(answer: WebAnswer): void {
  expect(answer.text).not.toMatch(DETAIL);
  expect(answer.text).not.toMatch(/令狐|803X|9102/);
}

describe("policy open", () => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await serveSite({ disclosurePolicy: "open" });
  });
  afterAll(() => site?.stop());

  test("shows anyone the money of a house, and nobody its owner", async () => {
    const { code } = await paidHouse(site);
    for (const path of [`/fund/${code}`, `/fund/${code}/lines.csv`]) {
      const answer = await site.visitor().get(path);
      expect(answer.status).toBe(200);
      expect(answer.text).toMatch(DETAIL);
      expect(answer.text).not.toMatch(/令狐|803X|9102/);
    }
  });

  test("tells in a result list that a house was paid", async () => {
    const { code } = await paidHouse(site);
    expect((await site.visitor().get(`/fund?q=${code}`)).text).toContain("已交清");
  });

  test("writes down who looked at which house, without an address or a name", async () => {
    const { code } = await paidHouse(site);
    await site.visitor().get(`/fund/${code}`);
    const { rows } = await site.database.owner
      .selectFrom("audit_event")
      .selectAll()
      .where("subject", "=", code)
      .execute()
      .then((found) => ({ rows: found }));
    expect(rows).toMatchObject([{ event: "fund-detail-read", actor: "visitor", outcome: "open" }]);
    expect(
      JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? `${value}` : value)),
    ).not.toMatch(/127\.0\.0\.1|令狐/);
  });
});

describe("policy verified", () => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await serveSite({ disclosurePolicy: "verified", areRateLimitsOn: true });
  });
  afterAll(() => site?.stop());

  test("does not tell in a result list whether a house was paid", async () => {
    const { code } = await paidHouse(site);
    for (const path of ["/fund", "/owner-service"]) {
      const answer = await site.visitor().get(`${path}?q=${code}`);
      expect(answer.text).toContain(code);
      expect(answer.text).not.toMatch(/已交清|未交，应交|还差|不足30%/);
    }
  });

  test("asks for one known fact before anything is shown", async () => {
    const { code } = await paidHouse(site);
    for (const path of [`/fund/${code}`, `/fund/${code}/lines.csv`]) {
      const answer = await site.visitor().get(path);
      expect(readPage(answer.text).headings).toEqual(["先核对一项"]);
      expectClosed(answer);
    }
  });

  test.each(["803X", "803x", "９１０２", " 9102 "])("opens for the fact %s", async (fact) => {
    const { code } = await paidHouse(site);
    const visitor = site.visitor();
    const passed = await visitor.post(`/fund/${code}`, { fact });
    expect([passed.status, passed.headers.location]).toEqual([303, `/fund/${code}`]);
    expect((await visitor.get(`/fund/${code}`)).text).toMatch(DETAIL);
    expect((await visitor.get(`/fund/${code}/lines.csv`)).text).toMatch(DETAIL);
    expect(JSON.stringify(passed.headers)).not.toMatch(/803|9102/);
  });

  test("opens that house alone, for that browser alone, and not for ever", async () => {
    const [house, neighbour] = [await paidHouse(site), await paidHouse(site)];
    const visitor = site.visitor();
    await visitor.post(`/fund/${house.code}`, { fact: "9102" });
    expectClosed(await visitor.get(`/fund/${neighbour.code}`));
    expectClosed(await site.visitor().get(`/fund/${house.code}`));
    site.clock.now = new Date(NOW.getTime() + 10 * 60_000 + 1);
    expectClosed(await visitor.get(`/fund/${house.code}`));
    site.clock.now = NOW;
  });

  test("does not open for a pass that was made up or changed", async () => {
    const [house, neighbour] = [await paidHouse(site), await paidHouse(site)];
    const visitor = site.visitor();
    await visitor.post(`/fund/${house.code}`, { fact: "9102" });
    const pass = visitor.cookies.get("verified") ?? "";
    for (const cookie of [`verified=${pass}x`, `verified=${neighbour.code}`, `look=${pass}`]) {
      expectClosed(await site.visitor().get(`/fund/${neighbour.code}`, { cookie }));
    }
    expectClosed(await site.visitor().get(`/fund/${house.code}`, { cookie: `look=${pass}` }));
  });

  test("closes a house after five wrong facts, also for the right one and for everybody", async () => {
    const { code } = await paidHouse(site);
    for (let tries = 0; tries < 5; tries += 1) {
      const answer = await site.visitor().post(`/fund/${code}`, { fact: `000${tries}` });
      expect(answer.status).toBe(422);
      expect(readPage(answer.text).errors["fact"]).toContain("与登记的不一致");
    }
    const right = await site.visitor().post(`/fund/${code}`, { fact: "803X" });
    expect(right.status).toBe(422);
    expect(readPage(right.text).errors["fact"]).toContain("请明天再试");
    expectClosed(right);
  });

  test("lets a hundred guesses at once compare five", async () => {
    const { code } = await paidHouse(site);
    const sentences = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        site.visitor().post(`/fund/${code}`, { fact: String(5_000 + n) }),
      ),
    );
    const compared = sentences.filter(({ text }) => text.includes("与登记的不一致"));
    expect(compared.length).toBeLessThanOrEqual(5);
  });
});

/** What the page 购房人交款 tells of money that is not on the notice. */
const PAID = /已交 |1,000\.00|11,851\.20/;
const OWED = "10,851.20";

/** Paid 1,000.00 of 11,851.20. */
async function partPaidHouse(site: ServedSite): Promise<House> {
  const house = await buildHouse(site.city);
  await registerOwner(site.city, house, OWNER);
  await buildDeposit(site.city, house, { amountFen: fen(100_000n) });
  return house;
}

async function hand(visitor: WebVisitor, code: string): Promise<string> {
  const form = readPage((await visitor.get(`/deposit/${code}`)).text);
  const { submissionKey = "", amountSeen = "" } = form.values;
  const who = { depositKind: "04", payer: "张示例", phone: "13800005678" };
  const answer = await visitor.post(`/deposit/${code}`, { submissionKey, amountSeen, ...who });
  expect(answer.status).toBe(303);
  return /\d{18}/.exec(answer.headers.location ?? "")?.[0] ?? expect.fail("no number");
}

describe.each(["verified", "login"] as const)("policy %s, beside 查看明细", (disclosurePolicy) => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await serveSite({ disclosurePolicy });
  });
  afterAll(() => site?.stop());

  test("购房人交款 shows house, standard and the notice's amount, and nothing of what was paid", async () => {
    const { code, address } = await partPaidHouse(site);
    const page = readPage((await site.visitor().get(`/deposit/${code}`)).text);
    for (const shown of [address, code, "120.00", OWED]) expect(page.text).toContain(shown);
    expect(page.text).not.toMatch(PAID);
    expect(page.text).toContain("查看明细");
  });

  test("a stranger can pay all the same, and a wrong kind or name tells no more", async () => {
    const { code } = await partPaidHouse(site);
    const visitor = site.visitor();
    const number = await hand(visitor, code);
    const form = readPage((await visitor.get(`/deposit/${code}`)).text);
    const { submissionKey = "", amountSeen = "" } = form.values;
    for (const wrong of [{ depositKind: "00" }, { payer: "" }]) {
      const sent = { depositKind: "04", payer: "张示例", phone: "13800005678", ...wrong };
      const answer = await visitor.post(`/deposit/${code}`, { submissionKey, amountSeen, ...sent });
      expect(answer.status).toBe(422);
      expect(readPage(answer.text).text).not.toMatch(/已交 |交足|余额偏低|11,851/);
    }
    expect(number).toMatch(/^11/);
  });

  test("a house that is paid says that nothing is due, and not why", async () => {
    const { code } = await paidHouse(site);
    const page = readPage((await site.visitor().get(`/deposit/${code}`)).text);
    expect(page.text).toContain("这套房屋现在没有要交的款");
    expect(page.text).not.toMatch(/已经交清|11,851/);
  });

  test("the status page by number tells kind, timeline and next step, no house and no amount", async () => {
    const { code, address } = await partPaidHouse(site);
    const applicant = site.visitor();
    const number = await hand(applicant, code);
    const stranger = await site.visitor().get(`/applications/${number}`);
    expect(readPage(stranger.text).text).toMatch(/业主交款.*到银行交款.*待交款/s);
    for (const hidden of [address, code, OWED]) expect(stranger.text).not.toContain(hidden);
    const own = await applicant.get(`/applications/${number}`);
    for (const shown of [address, code, OWED]) expect(own.text).toContain(shown);
  });
});

describe("policy verified, after the known fact", () => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await serveSite({ disclosurePolicy: "verified" });
  });
  afterAll(() => site?.stop());

  test("购房人交款 and the result list tell of that house, to that browser", async () => {
    const [house, neighbour] = [await partPaidHouse(site), await partPaidHouse(site)];
    const visitor = site.visitor();
    await visitor.post(`/fund/${house.code}`, { fact: "803X" });
    expect((await visitor.get(`/deposit/${house.code}`)).text).toMatch(PAID);
    expect((await visitor.get(`/fund?q=${house.code}`)).text).toContain("还差 10,851.20 元");
    expect((await visitor.get(`/deposit/${neighbour.code}`)).text).not.toMatch(PAID);
    expect((await visitor.get(`/fund?q=${neighbour.code}`)).text).not.toContain("还差");
    expect((await site.visitor().get(`/deposit/${house.code}`)).text).not.toMatch(PAID);
  });

  test("whoever opened 购房人交款 is written down with the house and what was told", async () => {
    const { code } = await partPaidHouse(site);
    await site.visitor().get(`/deposit/${code}`);
    const rows = await site.database.owner
      .selectFrom("audit_event")
      .select(["event", "outcome"])
      .where("subject", "=", code)
      .execute();
    expect(rows).toEqual([{ event: "deposit-form-opened", outcome: "money-withheld" }]);
  });
});

describe("policy verified, what is typed as a fact", () => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await serveSite({ disclosurePolicy: "verified" });
  });
  afterAll(() => site?.stop());

  test.each([...HOSTILE, ["more than four", "09102"], ["less than four", "102"], ["any", "____"]])(
    "%s opens nothing",
    async (_, fact) => {
      const { code } = await paidHouse(site);
      const answer = await site.visitor().post(`/fund/${code}`, { fact });
      expect(answer.status).toBe(422);
      const page = readPage(answer.text);
      expect(page.errors["fact"]).toMatch(/请/);
      expect(page.summary).toEqual([{ field: "fact", sentence: page.errors["fact"] }]);
      expectClosed(answer);
    },
  );

  test("a house without an owner on record opens for nothing", async () => {
    const { code } = await buildHouse(site.city);
    for (const fact of ["", "0000", "null"]) {
      expectClosed(await site.visitor().post(`/fund/${code}`, { fact }));
    }
  });
});

describe("policy login", () => {
  let site: ServedSite;
  beforeAll(async () => {
    site = await serveSite({ disclosurePolicy: "login" });
  });
  afterAll(() => site?.stop());

  test("shows nothing to anyone who has not signed in, and says where to ask instead", async () => {
    const { code } = await paidHouse(site);
    const visitor = site.visitor();
    for (const answer of [
      await visitor.get(`/fund/${code}`),
      await visitor.get(`/fund/${code}/lines.csv`),
      await visitor.post(`/fund/${code}`, { fact: "803X", captcha: "1" }),
    ]) {
      expect(answer.status).toBe(403);
      expectClosed(answer);
      expect(readPage(answer.text).text).toContain("维修资金管理中心窗口");
    }
  });
});

describe("an owner who is signed in", () => {
  describe.each(["open", "verified", "login"] as const)("under the policy %s", (policy) => {
    let site: ServedSite;
    beforeAll(async () => {
      site = await serveSite({ disclosurePolicy: policy, areRateLimitsOn: true });
    });
    afterAll(() => site?.stop());

    async function ownerOf(house: House): Promise<WebVisitor> {
      const id = await buildOwnerAccount(site.city);
      await linkHouse(site.city, id, house);
      return await enterAsOwner(site.visitor(), site.city, id);
    }

    test("opens his own house as often as he likes, and is written down as himself", async () => {
      const house = await paidHouse(site);
      const visitor = await ownerOf(house);
      for (let looks = 0; looks < 12; looks += 1) {
        const answer = await visitor.get(`/fund/${house.code}`);
        expect(answer.status).toBe(200);
        expect(answer.text).toMatch(DETAIL);
      }
      expect((await visitor.get(`/fund/${house.code}/lines.csv`)).text).toMatch(DETAIL);
      expect((await visitor.get(`/fund?q=${house.code}`)).text).toContain("已交清");
      const actors = await site.database.owner
        .selectFrom("audit_event")
        .select("actor")
        .distinct()
        .where("subject", "=", house.code)
        .where("event", "=", "fund-detail-read")
        .execute();
      expect(actors).toEqual([{ actor: expect.stringMatching(/^owner:\d+$/) }]);
    });

    test("opens nobody else's house by it, and his own no longer once it was sold", async () => {
      const [own, other] = [await paidHouse(site), await paidHouse(site)];
      const visitor = await ownerOf(own);
      const isOpen = async (house: House) =>
        DETAIL.test((await visitor.get(`/fund/${house.code}/lines.csv`)).text);
      expect(await isOpen(own)).toBe(true);
      expect(await isOpen(other)).toBe(policy === "open");
      await sell(site, own);
      expect(await isOpen(own)).toBe(policy === "open");
    });

    test("is nobody any more after 退出", async () => {
      const house = await paidHouse(site);
      const visitor = await ownerOf(house);
      const cookie = `owner=${visitor.cookies.get("owner")}`;
      await visitor.post("/sign-out", {});
      for (const answer of [
        await visitor.get(`/fund/${house.code}`),
        await site.visitor().get(`/fund/${house.code}`, { cookie }),
      ]) {
        expect(DETAIL.test(answer.text)).toBe(policy === "open");
      }
    });
  });

  test("is led to linking a house that is not his, and a visitor to 登录 and back", async () => {
    const site = await serveSite({ disclosurePolicy: "login" });
    const house = await paidHouse(site);
    const visitor = await enterAsOwner(
      site.visitor(),
      site.city,
      await buildOwnerAccount(site.city),
    );
    const refused = await visitor.get(`/fund/${house.code}`);
    expect([refused.status, readPage(refused.text).headings]).toEqual([
      403,
      ["这套房屋还没有关联到您的账户"],
    ]);
    expectClosed(refused);
    const stranger = await site.visitor().get(`/fund/${house.code}`);
    expect(stranger.text).toContain(`href="/sign-in?next=%2Ffund%2F${house.code}"`);
    expectClosed(stranger);
    await site.stop();
  });
});

/** The register names somebody else for the house from now on. */
async function sell({ city }: ServedSite, { estateId, houseId }: House): Promise<void> {
  await city.owner
    .updateTable("house_owner")
    .set({
      document_cipher: city.personalData.encrypt("110101199001010017"),
      document_hash: city.personalData.hash("document", "110101199001010017"),
    })
    .where("estate_id", "=", estateId)
    .where("house_id", "=", houseId)
    .execute();
}
