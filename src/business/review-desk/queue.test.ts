import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { buildCity, NOW, type TestCity, TODAY } from "#tests/support/builders.ts";
import {
  handIn,
  makeReviewedBusiness,
  recordReviewedBusiness,
} from "#tests/support/reviewed-business.ts";
import { type TestDatabase, testDatabase } from "#tests/support/test-database.ts";
import { deadlineWords } from "./deadlines.ts";
import { stagesFor } from "./desk-stages.ts";
import {
  countQueue,
  findNextInQueue,
  listQueue,
  listQueueDistricts,
  type QueueFilter,
  type QueueOf,
} from "./queue.ts";
import { queueHref, readQueueFilter } from "./schema.ts";

const business = makeReviewedBusiness();
const ALL: QueueFilter = {
  due: null,
  kind: null,
  district: null,
  since: null,
  sort: "promised",
  page: 1,
};

let database: TestDatabase;
let city: TestCity;
/** Handed in a week, two days and an hour ago, the oldest first: promised for two working days later. */
let overdue: string;
let due: string;
let within: string;

const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  await recordReviewedBusiness(database.owner);
  within = await handIn(city, business, { now: daysAgo(0) });
  overdue = await handIn(city, business, { now: daysAgo(7) });
  // A Thursday: two working days later is Monday, today.
  due = await handIn(city, business, { now: daysAgo(4) });
});
afterAll(() => database.drop());

const queueOf = (...roles: Parameters<typeof stagesFor>[1]): QueueOf => ({
  stages: stagesFor([business.descriptor], roles),
  today: TODAY,
});

describe("a queue", () => {
  test("lists what waits for a role by its promised day, and nothing for another", async () => {
    expect(await listQueue(city.db, queueOf("reviewer"), ALL)).toEqual([overdue, due, within]);
    for (const role of ["approver", "intake", "finance", "admin", "auditor"] as const) {
      expect(await listQueue(city.db, queueOf(role), ALL)).toEqual([]);
      expect(await countQueue(city.db, queueOf(role), ALL)).toEqual({
        overdue: 0,
        today: 0,
        within: 0,
      });
    }
  });

  test("counts by promised day, and each counter filters to what it counts", async () => {
    const queue = queueOf("reviewer", "approver");
    expect(await countQueue(city.db, queue, ALL)).toEqual({ overdue: 1, today: 1, within: 1 });
    const at = (bucket: "overdue" | "today" | "within") =>
      listQueue(city.db, queue, { ...ALL, due: bucket });
    expect([await at("overdue"), await at("today"), await at("within")]).toEqual([
      [overdue],
      [due],
      [within],
    ]);
  });

  test("is narrowed by business, district and day, and sorted as asked", async () => {
    const queue = queueOf("reviewer");
    const list = (filter: Partial<QueueFilter>) => listQueue(city.db, queue, { ...ALL, ...filter });
    expect(await list({ kind: "test-review" })).toHaveLength(3);
    expect(await list({ kind: "owner-deposit" })).toEqual([]);
    expect(await listQueueDistricts(city.db, queue)).toEqual(["示范区"]);
    expect(await list({ district: "示范区" })).toHaveLength(3);
    expect(await list({ district: "别的区" })).toEqual([]);
    expect(await list({ since: calendarDate("2026-11-19") })).toEqual([due, within]);
    expect(await list({ since: TODAY })).toEqual([within]);
    expect(await list({ sort: "newest" })).toEqual([within, due, overdue]);
    expect(await list({ page: 2 })).toEqual([]);
  });

  test("offers the earliest promised next, and nothing that its reader took on in another role", async () => {
    const queue = queueOf("reviewer");
    const next = (actor: string, after: string | null) =>
      findNextInQueue(city.db, queue, { actor, after });
    expect(await next("staff:one", null)).toBe(overdue);
    expect(await next("staff:one", overdue)).toBe(due);
    expect(
      await findNextInQueue(city.db, queueOf("editor"), { actor: "x", after: null }),
    ).toBeNull();
    const id = await city.db
      .selectFrom("application")
      .select("id")
      .where("number", "=", overdue)
      .executeTakeFirstOrThrow();
    const step = { application_id: id.id, kind: "test-review", at: NOW };
    await city.db
      .insertInto("application_event")
      .values([
        {
          ...step,
          seq: 2,
          from_state: "submitted",
          to_state: "to-approve",
          actor_role: "reviewer",
          actor: "staff:two",
        },
        {
          ...step,
          seq: 3,
          from_state: "to-approve",
          to_state: "submitted",
          actor_role: "approver",
          actor: "staff:one",
        },
      ])
      .execute();
    expect(await next("staff:one", null)).toBe(due);
    expect(await next("staff:two", due)).toBe(within);
  });
});

test("the filters of a queue survive their address, and any address is a queue", () => {
  const filter: QueueFilter = {
    due: "today",
    kind: "test-review",
    district: "示范区",
    since: calendarDate("2026-11-01"),
    sort: "newest",
    page: 3,
  };
  const query = new URL(queueHref(filter), "http://localhost").searchParams;
  expect(readQueueFilter((name) => query.get(name) ?? undefined)).toEqual(filter);
  expect(queueHref(ALL)).toBe("/review");
  const odd: Record<string, string> = {
    due: "x",
    since: "2026-02-30",
    sort: "",
    page: "-1",
    kind: "\0",
  };
  expect(readQueueFilter((name) => odd[name])).toEqual(ALL);
});

test("a deadline says the days that are left, the day itself in time", () => {
  const words = (day: string) => deadlineWords(calendarDate(day), TODAY).words;
  expect(["2026-11-20", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-30"].map(words)).toEqual(
    ["超期 3 天", "超期 1 天", "今天到期", "还有 1 天", "还有 7 天"],
  );
});
