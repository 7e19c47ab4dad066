import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { catchUpCityBook } from "#src/ledger/city-book/refresh-city-book.ts";
import type { DisclosurePolicy } from "#src/platform/config.ts";
import type { House } from "#src/register/find-house.ts";
import { buildBuilding, buildHouse, NOW, type TestBuilding } from "../support/builders.ts";
import { buildDeposit } from "../support/payment-builders.ts";
import { readPdf } from "../support/pdf-text.ts";
import { readPage } from "../support/read-page.ts";
import { CHEN, recordOwner } from "../support/recorded-owners.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import {
  buildInstitution,
  buildInstitutionUser,
  enterForInstitution,
} from "../support/test-institutions.ts";
import { buildOwnerAccount, enterAsOwner, linkHouse } from "../support/test-owners.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

/** What each house deposited before the quarter, in fen: no two alike and no sum like a part of it. */
const DEPOSITS = [111_101n, 222_203n, 333_307n, 444_411n, 555_517n];
const OF_A_HOUSE = /1,?111\.01|2,?222\.03|3,?333\.07|4,?444\.11|5,?555\.17/;
const TOTAL = /16,?665\.39/;

/** Law: what is posted in the estate tells its owners (Decree 165, article 30); strangers read it nowhere here. */
describe.each(["verified", "login"] as const)("policy %s", (disclosurePolicy: DisclosurePolicy) => {
  let site: ServedSite;
  let building: TestBuilding;
  let number: string;
  let keeper: WebVisitor;
  let strangers: Readonly<Record<string, WebVisitor>>;

  beforeAll(async () => {
    site = await serveSite({ disclosurePolicy });
    building = await buildBuilding(site.city);
    const houses: House[] = [];
    for (const amount of DEPOSITS) {
      const house = await buildHouse(site.city, { building });
      await buildDeposit(site.city, house, {
        amountFen: fen(amount),
        bookDate: calendarDate("2026-06-30"),
      });
      houses.push(house);
    }
    await catchUpCityBook(site.database.db, NOW);
    const elsewhere = await buildBuilding(site.city);
    keeper = await enterKeeper("keeper", building);
    strangers = {
      "somebody not signed in": site.visitor(),
      "an owner of another estate": await enterOwnerOf(
        await buildHouse(site.city, { building: elsewhere }),
      ),
      "an owner of the estate": await enterOwnerOf(houses[0] as House),
      "the keeper of another estate": await enterKeeper("keeper-elsewhere", elsewhere),
    };
    const path = `/workbench/estates/${building.estateCode}/statements`;
    const locked = await keeper.post(path, { period: "2026Q3" });
    number = `${building.estateCode}-2026Q3-1`;
    expect(locked.headers.location).toBe(`/workbench/statements/${number}?locked=1`);
  });
  afterAll(() => site?.stop());

  async function enterKeeper(username: string, of: TestBuilding): Promise<WebVisitor> {
    const company = await buildInstitution(site.city, "property-company", [of.estateId]);
    await buildInstitutionUser(site.city, company, { username });
    return await enterForInstitution(site.visitor(), site.city, username);
  }

  async function enterOwnerOf(house: House): Promise<WebVisitor> {
    await recordOwner(site.city, house, CHEN);
    const account = await buildOwnerAccount(site.city);
    await linkHouse(site.city, account, house);
    return await enterAsOwner(site.visitor(), site.city, account);
  }

  const own = (of: string) => [
    `/workbench/statements/${of}`,
    `/workbench/statements/${of}/print`,
    `/workbench/statements/${of}/houses.csv`,
    `/workbench/statements/${of}/houses.json`,
  ];

  test("its keeper reads every house of it, on the page, in the print and in both files", async () => {
    for (const path of own(number)) {
      const answer = await keeper.get(path);
      expect(answer.status, path).toBe(200);
      const isPdf = path.endsWith("/print");
      const text = isPdf ? (await readPdf(answer.bytes)).text : answer.text;
      expect(text, path).toMatch(TOTAL);
      expect(text.match(new RegExp(OF_A_HOUSE, "g"))?.length, path).toBeGreaterThanOrEqual(5);
    }
  });

  test("nobody else gets a byte of it, nor learns that it is there", async () => {
    const nobodys = `${building.estateCode}-2026Q3-9`;
    const asked = [
      ...own(number),
      `/workbench/estates/${building.estateCode}/statements?period=2026Q3`,
    ];
    for (const [who, visitor] of Object.entries(strangers)) {
      for (const path of asked) {
        const answer = await visitor.get(path);
        const unknown = await visitor.get(path.replace(number, nobodys));
        expect([303, 403, 404], `${who} ${path}`).toContain(answer.status);
        expect(answer.status, `${who} ${path}`).toBe(unknown.status);
        expect(answer.text, `${who} ${path}`).not.toMatch(OF_A_HOUSE);
        expect(answer.text, `${who} ${path}`).not.toMatch(TOTAL);
      }
    }
  });

  test("the pages of the estate, its files and the search tell the total and no house", async () => {
    const base = `/my-estate/${building.estateCode}`;
    const paths = [
      "",
      "/buildings/12",
      "/buildings/12?view=table",
      "/uses",
      "/houses.csv",
      "/houses.json",
    ];
    for (const [who, visitor] of Object.entries(strangers)) {
      expect((await visitor.get(base)).text, who).toMatch(TOTAL);
      for (const path of [...paths.map((rest) => base + rest), `/search?q=${number}`]) {
        const answer = await visitor.get(path);
        expect(answer.status, `${who} ${path}`).toBe(200);
        expect(answer.text, `${who} ${path}`).not.toMatch(OF_A_HOUSE);
        expect(answer.text, `${who} ${path}`).not.toContain(`/workbench/statements/${number}`);
      }
    }
  });

  test("验真 tells whoever holds the paper its total and no house, and without its code nothing", async () => {
    const { text } = await readPdf(
      (await keeper.get(`/workbench/statements/${number}/print`)).bytes,
    );
    const slip = /84[0-9]{16}/.exec(text)?.[0] ?? expect.fail("no number");
    const code = /防伪码([0-9A-Z-]+)/.exec(text)?.[1] ?? expect.fail("no code");
    for (const [who, visitor] of Object.entries(strangers)) {
      const right = await visitor.get(`/verify/${slip}?code=${code}`);
      expect(right.status, who).toBe(200);
      expect(readPage(right.text).headings, who).toEqual(["真的，现在有效"]);
      expect(right.text, who).toMatch(TOTAL);
      expect(right.text, who).not.toMatch(OF_A_HOUSE);
      const wrong = (code.startsWith("7") ? "8" : "7") + code.slice(1);
      const refused = await visitor.get(`/verify/${slip}?code=${wrong}`);
      expect(refused.status, who).toBe(404);
      expect(refused.text, who).not.toMatch(TOTAL);
    }
  });
});
