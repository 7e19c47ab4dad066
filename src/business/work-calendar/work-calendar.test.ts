import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seedStaff } from "#src/demo/staff.ts";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { BadRequest, NotFound } from "#src/platform/http/errors.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { startSession } from "#src/platform/sessions.ts";
import { authenticateStaff } from "#src/platform/staff/staff-session.ts";
import { findMissingYears, listCalendarDays } from "#src/register/work-calendar.ts";
import type { PageShell } from "#src/ui/page-shell.ts";
import { NOW, TODAY } from "#tests/support/builders.ts";
import { HOSTILE, letsMarkupThrough } from "#tests/support/hostile-values.ts";
import { readPage } from "#tests/support/read-page.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { workCalendarRoutes } from "./routes.tsx";

let database: TestDatabase;
let app: Hono;
beforeAll(async () => {
  database = await testDatabase();
  await seedStaff(database.owner);
  app = openRoutes(database, await signAdminIn(database));
});
afterAll(() => database.drop());

/** The session of the demonstration's administrator. */
async function signAdminIn({ db }: TestDatabase): Promise<string> {
  const { id: userId } = await db
    .selectFrom("staff_member")
    .select("id")
    .where("username", "=", "admin-demo")
    .executeTakeFirstOrThrow();
  return await startSession(db, { audience: "staff", userId, now: NOW });
}

/** The routes as an administrator reaches them; who else may not is tested with the site map. */
function openRoutes({ db }: TestDatabase, token: string): Hono {
  const shell = { cssHref: "/a.css", jsHref: "/a.js", path: "/", mode: "standard", theme: "auto" };
  const deps = { db, shell: () => shell as unknown as PageShell };
  const made = new Hono();
  for (const route of workCalendarRoutes(deps)) {
    expect(route.permission).toBe("admin");
    made.on(route.method, route.path, async (c) => {
      const event = route.audit ?? "page-read";
      const addressHash = Buffer.alloc(32);
      const audit = { requestId: "0123456789abcdef", event, actor: "", addressHash };
      const visit = { c, now: NOW, audit, cookies: { read: () => token } } as unknown as Visit;
      return (await authenticateStaff(db, visit, "admin")) ?? (await route.handle(visit));
    });
  }
  made.onError((error, c) => c.text("", statusOf(error)));
  return made;
}

function statusOf(error: Error): 400 | 404 | 500 {
  if (error instanceof BadRequest) return 400;
  return error instanceof NotFound ? 404 : 500;
}

const NEW_YEAR = { kind: "holiday", firstDay: "2027-01-01", lastDay: "2027-01-03", name: "元旦" };

function post(path: string, fields: Record<string, string>) {
  return app.request(path, { method: "POST", body: new URLSearchParams(fields) });
}
const enter = (changes: Record<string, string> = {}) =>
  post("/review/calendar", { ...NEW_YEAR, ...changes });

async function daysOf2027(): Promise<string[]> {
  const days = await listCalendarDays(database.db, 2027);
  return days.map(({ day, kind, name }) => `${day} ${kind} ${name}`);
}

describe("the calendar of working days", () => {
  test("says from October on that the next year is missing, and nothing once it is there", async () => {
    expect(await findMissingYears(database.db, calendarDate("2026-09-30"))).toEqual([]);
    expect(await findMissingYears(database.db, calendarDate("2026-10-01"))).toEqual([2027]);
    expect(await findMissingYears(database.db, calendarDate("2028-01-02"))).toEqual([2028]);
    const warned = await (await app.request("/review/calendar")).text();
    expect(warned).toContain("还没有 2027 年的放假安排");
    const answer = await enter();
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/review/calendar?year=2027");
    expect(await findMissingYears(database.db, TODAY)).toEqual([]);
    const page = await (await app.request("/review/calendar?year=2027")).text();
    expect(page).not.toContain("还没有 2027 年的放假安排");
    expect(page).toContain("星期五");
    expect(await daysOf2027()).toEqual([
      "2027-01-01 holiday 元旦",
      "2027-01-02 holiday 元旦",
      "2027-01-03 holiday 元旦",
    ]);
  });

  test("takes a span whole or not at all: a day that is there already refuses it", async () => {
    const before = await daysOf2027();
    const answer = await enter({ firstDay: "2027-01-03", lastDay: "2027-01-05" });
    expect(answer.status).toBe(409);
    expect(readPage(await answer.text()).errors["firstDay"]).toContain("1月3日已经在表里");
    expect(await daysOf2027()).toEqual(before);
  });

  test("lets a day be taken out, twice alike, and a past one stay", async () => {
    const sent = { day: "2027-01-03" };
    expect((await post("/review/calendar/remove", sent)).status).toBe(303);
    expect((await post("/review/calendar/remove", sent)).status).toBe(303);
    expect(await daysOf2027()).toHaveLength(2);
    expect((await post("/review/calendar/remove", { day: "2026-10-01" })).status).toBe(303);
    const days = await listCalendarDays(database.db, 2026);
    expect(days.map(({ day }) => day)).toContain("2026-10-01");
    const page = await (await app.request("/review/calendar?year=2026")).text();
    expect(page).not.toContain('value="2026-10-01"');
  });

  test("records who entered and took out which day", async () => {
    const rows = await database.db
      .selectFrom("audit_event")
      .select(["event", "actor", "subject", "outcome"])
      .orderBy("id")
      .execute();
    expect(rows).toEqual([
      {
        event: "calendar-days-entered",
        actor: "staff:admin-demo",
        subject: "2027-01-01/2027-01-03",
        outcome: "holiday",
      },
      {
        event: "calendar-day-removed",
        actor: "staff:admin-demo",
        subject: "2027-01-03",
        outcome: "holiday",
      },
    ]);
  });
});

describe("a day that cannot be", () => {
  test.each([
    ["firstDay", { firstDay: "" }, "请填写日期"],
    ["firstDay", { firstDay: "2027-02-30" }, "没有这一天"],
    ["firstDay", { firstDay: "2026-11-22" }, "已经过去"],
    ["firstDay", { firstDay: "2029-01-01", lastDay: "" }, "最晚只能填到 2028-12-31"],
    ["lastDay", { firstDay: "2027-05-03", lastDay: "2027-05-01" }, "不能早于第一天"],
    ["lastDay", { firstDay: "2027-05-01", lastDay: "2027-05-16" }, "最多填 15 天"],
    ["kind", { kind: "sunday" }, "请选择放假还是上班"],
    ["name", { name: " " }, "请填写名称"],
    ["name", { name: "长".repeat(21) }, "名称太长"],
    ["firstDay", { kind: "workday", firstDay: "2027-05-08", lastDay: "2027-05-10" }, "本来就上班"],
  ])("%s %j: %s", async (field, changes, sentence) => {
    const before = await daysOf2027();
    const answer = await enter(changes as unknown as Record<string, string>);
    expect(answer.status).toBe(422);
    const page = readPage(await answer.text());
    expect(page.errors[field]).toContain(sentence);
    expect(page.summary.map((line) => line.field)).toContain(field);
    expect(await daysOf2027()).toEqual(before);
  });

  test.each(HOSTILE)("%s enters nothing, in no field", async (what, value) => {
    const before = await daysOf2027();
    for (const field of ["kind", "firstDay", "name"]) {
      // A name may be almost anything that is short; its day is taken, so nothing is entered either way.
      const answer = await enter({ [field]: value });
      expect([409, 422], `${what} as ${field}`).toContain(answer.status);
      expect(letsMarkupThrough(await answer.text())).toBe(false);
    }
    const odd = await post("/review/calendar/remove", { day: value });
    expect(odd.status).toBe(400);
    expect(await daysOf2027()).toEqual(before);
  });

  test.each(["abcd", "1999", "20261", "", "2026'"])(
    "there is no page of the year %j",
    async (year) => {
      const answer = await app.request(`/review/calendar?year=${encodeURIComponent(year)}`);
      expect(answer.status).toBe(404);
    },
  );
});
