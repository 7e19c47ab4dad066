import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { buildHouse, NOW } from "../support/builders.ts";
import { startJourney, WAYS } from "../support/journey.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import {
  buildInstitution,
  buildInstitutionUser,
  enterForInstitution,
} from "../support/test-institutions.ts";
import { buildOwnerAccount, enterAsOwner } from "../support/test-owners.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

const [, WITH_SCRIPT_390] = WAYS;
const MINUTE = 60_000;
const HALF_A_DAY = 43_200;

// A browser beside the database tests of other files has not much of a core to itself.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let site: ServedSite;
let browser: TestBrowser;
let ownerId: number;
let formPath: string;
beforeAll(async () => {
  [browser, site] = await Promise.all([openBrowser(), serveSite()]);
  ownerId = await buildOwnerAccount(site.city);
  formPath = `/deposit/${(await buildHouse(site.city)).code}`;
  const company = await buildInstitution(site.city, "property-company", []);
  await buildInstitutionUser(site.city, company, { username: "company-1" });
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});
beforeEach(() => {
  site.clock.now = NOW;
});

const minutesOn = (minutes: number) => {
  site.clock.now = new Date(NOW.getTime() + minutes * MINUTE);
};
const owner = () => enterAsOwner(site.visitor(), site.city, ownerId);

/** Each audience with its door and the page that it opens. */
const AUDIENCES: [string, string, () => Promise<WebVisitor>][] = [
  ["owner", "/me", owner],
  ["institution", "/workbench", () => enterForInstitution(site.visitor(), site.city, "company-1")],
  ["bank", "/bank", () => site.teller("teller-one")],
  ["staff", "/review", () => site.staff("reviewer-demo")],
];

async function left(visitor: WebVisitor, audience: string) {
  const answer = await visitor.get(`/session/${audience}`);
  expect(answer.status).toBe(200);
  expect(answer.headers["cache-control"]).toBe("no-store");
  return JSON.parse(answer.text);
}

describe.each(AUDIENCES)("whoever is signed in as %s", (audience, home, enter) => {
  test("gets pages that know of the session, and is told how long it lasts", async () => {
    const visitor = await enter();
    expect((await visitor.get(home)).text).toContain(` data-session="${audience}"`);
    expect(await left(visitor, audience)).toEqual({
      idleSeconds: 1800,
      limitSeconds: HALF_A_DAY,
      unusedSeconds: 0,
    });
  });

  test("does not stay signed in by asking", async () => {
    const visitor = await enter();
    minutesOn(29);
    for (let asked = 0; asked < 3; asked += 1) {
      expect(await left(visitor, audience)).toMatchObject({ idleSeconds: 60, unusedSeconds: 1740 });
    }
    minutesOn(30.1);
    expect(await left(visitor, audience)).toBeNull();
    expect((await visitor.get(home)).status).toBe(303);
  });

  test("stays signed in by 继续, and not a second time once it is over", async () => {
    const visitor = await enter();
    minutesOn(29);
    const answer = await visitor.post(`/session/${audience}`, {});
    expect(JSON.parse(answer.text)).toMatchObject({ idleSeconds: 1800, unusedSeconds: 0 });
    minutesOn(58);
    expect((await visitor.get(home)).status).toBe(200);
    minutesOn(90);
    expect(JSON.parse((await visitor.post(`/session/${audience}`, {})).text)).toBeNull();
    expect((await visitor.get(home)).status).toBe(303);
  });

  test("is out after half a day, however often 继续 was pressed", async () => {
    const visitor = await enter();
    for (let minutes = 25; minutes < 720; minutes += 25) {
      minutesOn(minutes);
      await visitor.post(`/session/${audience}`, {});
    }
    minutesOn(719);
    expect(await left(visitor, audience)).toMatchObject({ limitSeconds: 60 });
    minutesOn(720);
    await visitor.post(`/session/${audience}`, {});
    expect(await left(visitor, audience)).toBeNull();
  });
});

test("asking for one session prolongs no other of the same browser", async () => {
  const visitor = await site.teller("teller-one");
  await enterAsOwner(visitor, site.city, ownerId);
  minutesOn(29);
  await visitor.post("/session/bank", {});
  await left(visitor, "staff");
  minutesOn(31);
  expect(await left(visitor, "owner")).toBeNull();
  expect(await left(visitor, "bank")).not.toBeNull();
});

test("who is signed in nowhere is told nothing, and his pages know of no session", async () => {
  const forged = ["", "owner=", "owner=forged", `owner=${"A".repeat(43)}`, "owner=%00"];
  const borrowed = `owner=${(await site.teller("teller-one")).cookies.get("bank")}`;
  const before = await site.countRows();
  for (const cookie of [...forged, borrowed]) {
    const visitor = site.visitor();
    expect((await visitor.get("/session/owner", { cookie })).text).toBe("null");
    expect((await visitor.post("/session/owner", {}, { cookie })).text).toBe("null");
    expect((await visitor.get("/", { cookie })).text).not.toContain("data-session");
  }
  for (const path of ["/bank/sign-in", "/review/sign-in", "/sign-in", formPath]) {
    expect((await site.visitor().get(path)).text).not.toContain("data-session");
  }
  expect(await site.countRows()).toEqual(before);
});

test.each(["nobody", "OWNER", "owner'", "__proto__", "%E4%B8%9A%E4%B8%BB", "a".repeat(5_000)])(
  "there is no audience %.20s",
  async (audience) => {
    expect((await site.visitor().get(`/session/${audience}`)).status).toBe(404);
    expect((await site.visitor().post(`/session/${audience}`, {})).status).toBe(404);
  },
);

test("an owner at a form is warned, goes on by keyboard, and loses nothing when it is over", async () => {
  const journey = await startJourney(browser, WITH_SCRIPT_390, "/help", site.url);
  const { page, look } = journey;
  const token = (await owner()).cookies.get("owner") ?? "";
  await page.context().addCookies([{ name: "owner", value: token, url: site.url }]);
  await page.clock.install({ time: NOW });
  const later = async (minutes: number) => {
    minutesOn((site.clock.now.getTime() - NOW.getTime()) / MINUTE + minutes);
    await page.clock.fastForward(minutes * MINUTE);
  };
  const isFocused = (it: Element) => it === document.activeElement;
  const answered = page.waitForResponse(/\/session\/owner$/);
  await page.goto(formPath);
  await answered;
  const name = page.getByLabel(/^交款人/).first();
  await name.fill("欧阳示例");

  const warning = page.getByRole("alertdialog", { name: "快要退出了" });
  await later(27);
  expect(await warning.count()).toBe(0);
  await later(1.02);
  await warning.waitFor();
  expect(await warning.textContent()).toContain(
    "您已有 28 分钟没有操作，2 分钟后退出。还要继续吗？",
  );
  const goOn = warning.getByRole("button", { name: "继续" });
  expect(await goOn.evaluate(isFocused)).toBe(true);
  await look();
  await page.keyboard.press("Enter");
  await warning.waitFor({ state: "hidden" });
  expect(await name.evaluate(isFocused)).toBe(true);

  await later(29);
  await warning.waitFor();
  await later(1.5);
  const over = page.getByRole("alertdialog", { name: "已经退出" });
  await over.waitFor();
  const door = over.getByRole("link", { name: "在新窗口登录" });
  expect(await door.evaluate(isFocused)).toBe(true);
  expect(await door.getAttribute("href")).toBe("/sign-in");
  await look();
  await page.keyboard.press("Escape");
  await over.waitFor({ state: "hidden" });
  expect(await name.inputValue()).toBe("欧阳示例");
  expect(await name.evaluate(isFocused)).toBe(true);
});

test("a visitor who is not signed in has no clock", async () => {
  const { page } = await startJourney(browser, WITH_SCRIPT_390, "/help", site.url);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.clock.install({ time: NOW });
  await page.goto(formPath);
  await page.clock.fastForward(13 * 60 * MINUTE);
  expect(asked.filter((path) => path.startsWith("/session"))).toEqual([]);
  expect(await page.getByRole("alertdialog").count()).toBe(0);
});
