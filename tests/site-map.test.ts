import { describe, expect, test } from "vitest";
import { eventWordsOf } from "#src/business/audit-trail/event-words.ts";
import { STAFF_PERMISSIONS } from "#src/platform/http/route.ts";
import { siteDescriptors, siteRoutes } from "#src/site.ts";
import type { SiteParts } from "#src/site-parts.ts";

/** Routes are data: they can be listed before anything they would use exists. */
const parts = { config: { disclosurePolicy: "open", fundCentreName: "示例中心" } } as SiteParts;
const descriptors = siteDescriptors(parts);
const routes = siteRoutes(parts, descriptors);

describe("the site map", () => {
  test("knows the pages that the manual begins with", () => {
    const paths = routes.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["/", "/news", "/downloads", "/guides", "/bank"]));
  });

  test("answers each method of each URL once", () => {
    const all = routes.map(({ method, path }) => `${method} ${path}`);
    expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
  });

  test("records every act: a form that is posted has an audit event", () => {
    const silent = routes.filter(({ method, audit }) => method === "POST" && audit === null);
    // 换一张 changes nothing but the visitor's own question, 继续 nothing that opening any page would not.
    expect(silent.map(({ path }) => path)).toEqual(["/captcha/:id", "/session/:audience"]);
  });

  test("names audit events as a noun and what was done with it", () => {
    const events = routes.flatMap(({ audit }) => (audit === null ? [] : [audit]));
    expect(events.filter((event) => !/^[a-z]+(-[a-z]+)+$/.test(event))).toEqual([]);
  });

  test("calls every audit event by words that an auditor reads", () => {
    const events = routes.flatMap(({ audit }) => (audit === null ? [] : [audit]));
    const eventWords = eventWordsOf(descriptors);
    expect(events.filter((event) => eventWords(event) === event)).toEqual([]);
  });

  test("lets only staff into the fund centre's rooms, but for their door", () => {
    const open = routes.filter(
      ({ path, permission }) =>
        path.startsWith("/review") && !Object.keys(STAFF_PERMISSIONS).includes(permission),
    );
    expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /review/sign-in",
      "POST /review/sign-in",
      "GET /review/sign-in/code",
      "POST /review/sign-in/code",
    ]);
  });

  test("lets only tellers into the bank's rooms, but for its door", () => {
    const open = routes.filter(
      ({ path, permission }) => path.startsWith("/bank") && permission !== "bank-teller",
    );
    expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /bank/sign-in",
      "POST /bank/sign-in",
      "GET /bank/sign-in/code",
      "POST /bank/sign-in/code",
    ]);
  });

  test("keeps what only the demonstration has behind its permission", () => {
    const open = routes.filter(
      ({ path, permission }) => /^\/(demo|_)/.test(path) !== (permission === "demonstration"),
    );
    expect(open).toEqual([]);
  });

  test("writes URLs in lower case, with words and no file types but data, sound and what machines call so", () => {
    const odd = routes.filter(
      ({ path }) => !/^(\/(:[a-z]+|[a-z_-]+(\.(json|csv|xlsx|wav))?))+$|^\/$/.test(path),
    );
    // Search engines ask for the one by this name, readers of news know the other by its ending.
    expect(odd.map(({ path }) => path).toSorted()).toEqual(["/news/feed.xml", "/sitemap.xml"]);
  });

  test("gives each business its own first two digits", () => {
    const prefixes = descriptors.map(({ numberPrefix }) => numberPrefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    expect(prefixes.length).toBeGreaterThan(0);
  });
});
