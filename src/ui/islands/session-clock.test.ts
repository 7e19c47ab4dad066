import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Known, SessionClock, type TimeLeft, type Told } from "./session-clock.ts";

const MINUTE = 60_000;
const IDLE = 30 * MINUTE;

/** A server that keeps one session, and a page that watches over it. */
let session: { usedAt: number; endsAt: number } | null;
let isServerAway: boolean;
let asked: string[];
let told: Told[];
let known: Known | null;
let clock: SessionClock;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-23T01:00:00Z") });
  session = { usedAt: Date.now(), endsAt: Date.now() + 12 * 60 * MINUTE };
  [isServerAway, asked, told, known] = [false, [], [], null];
  clock = openPage();
});
afterEach(() => {
  vi.useRealTimers();
});

function openPage(): SessionClock {
  return new SessionClock({
    ask: async () => answer("ask"),
    goOn: async () => answer("go on"),
    tell: (what) => told.push(what),
    recall: () => known,
    remember: (what) => {
      known = what;
    },
  });
}

function answer(question: string): TimeLeft | null {
  asked.push(question);
  if (isServerAway) throw new Error("the server is away");
  const now = Date.now();
  if (session === null || now >= session.endsAt || now > session.usedAt + IDLE) return null;
  if (question === "go on") session.usedAt = now;
  const seconds = (until: number) => Math.floor((until - now) / 1000);
  const idleSeconds = seconds(session.usedAt + IDLE);
  return {
    idleSeconds,
    limitSeconds: seconds(session.endsAt),
    unusedSeconds: 30 * 60 - idleSeconds,
  };
}

const pass = async (minutes: number) => await vi.advanceTimersByTimeAsync(minutes * MINUTE);
const kinds = () => told.map(({ kind }) => kind).filter((kind, at, all) => kind !== all[at - 1]);

describe("a page that nobody touches", () => {
  test("is told two minutes before, in whole minutes, and once more when there is one left", async () => {
    clock.start();
    await pass(27);
    expect(kinds()).toEqual(["fine"]);
    await pass(1);
    expect(told.at(-1)).toEqual({ kind: "idle", unusedMinutes: 28, minutesLeft: 2 });
    await pass(1.1);
    expect(told.at(-1)).toMatchObject({ kind: "idle", minutesLeft: 1 });
  });

  test("is told that it is over when it is, and asks no more", async () => {
    clock.start();
    await pass(30.1);
    expect(kinds()).toEqual(["fine", "idle", "over"]);
    const before = asked.length;
    await pass(60);
    expect(asked).toHaveLength(before);
  });

  test("goes on for half an hour more when 继续 is pressed", async () => {
    clock.start();
    await pass(28.5);
    await clock.goOn();
    expect(told.at(-1)).toEqual({ kind: "fine" });
    await pass(27.5);
    expect(told.at(-1)).toEqual({ kind: "fine" });
    await pass(1);
    expect(told.at(-1)).toMatchObject({ kind: "idle", minutesLeft: 2 });
  });

  test("asks once before the end is near, and asking does not prolong the session", async () => {
    const { usedAt } = session ?? expect.fail();
    clock.start();
    await pass(27.9);
    expect(asked).toEqual(["ask"]);
    await pass(1);
    expect(new Set(asked)).toEqual(new Set(["ask"]));
    expect(session?.usedAt).toBe(usedAt);
  });
});

test("another window of the same audience counts: nothing is said", async () => {
  clock.start();
  await pass(20);
  if (session) session.usedAt = Date.now();
  await pass(20);
  expect(kinds()).toEqual(["fine"]);
  await pass(9);
  expect(kinds()).toEqual(["fine", "idle"]);
});

test("another window that goes on takes the warning away", async () => {
  clock.start();
  await pass(28.6);
  expect(told.at(-1)?.kind).toBe("idle");
  if (session) session.usedAt = Date.now();
  await pass(0.5);
  expect(told.at(-1)).toEqual({ kind: "fine" });
});

test("who is typing is at work, and goes on without being asked", async () => {
  clock.start();
  await pass(27);
  clock.acted();
  await pass(1.1);
  expect(kinds()).toEqual(["fine"]);
  expect(asked.at(-1)).toBe("go on");
  await pass(26);
  expect(kinds()).toEqual(["fine"]);
});

test("who typed five minutes ago is told of five minutes, not of more", async () => {
  clock.start();
  await pass(23);
  clock.acted();
  await pass(5.1);
  expect(told.at(-1)).toMatchObject({ kind: "idle", unusedMinutes: 5 });
});

describe("the end after a working day", () => {
  test("is told without 继续, also to a page that came just before", async () => {
    known = { limitAt: Date.now() + 3 * MINUTE, idleSeconds: 1800 };
    if (session) session.endsAt = known.limitAt;
    clock.start();
    await pass(0.9);
    expect(told).toEqual([]);
    await pass(0.2);
    expect(told.at(-1)).toEqual({ kind: "limit", minutesLeft: 2 });
    clock.acted();
    await pass(2.1);
    expect(kinds()).toEqual(["limit", "over"]);
    expect(asked).not.toContain("go on");
  });

  test("is asked for at once in a new window, and then known to its next page", async () => {
    clock.start();
    await pass(0.1);
    expect(asked).toEqual(["ask"]);
    openPage().start();
    await pass(1);
    expect(asked).toEqual(["ask"]);
  });
});

describe("a device that slept", () => {
  test("is told when it wakes up, and that all is well after signing in again", async () => {
    clock.start();
    await pass(1);
    vi.setSystemTime(Date.now() + 60 * MINUTE);
    clock.returned();
    await pass(0);
    expect(told.at(-1)).toEqual({ kind: "over" });
    session = { usedAt: Date.now(), endsAt: Date.now() + 12 * 60 * MINUTE };
    clock.returned();
    await pass(0);
    expect(told.at(-1)).toEqual({ kind: "fine" });
  });

  test("asks nothing when it comes back in time", async () => {
    clock.start();
    await pass(5);
    clock.returned();
    await pass(0);
    expect(asked).toEqual(["ask"]);
  });
});

describe("a server that does not answer", () => {
  test("is asked again, and nothing is claimed meanwhile", async () => {
    clock.start();
    await pass(27);
    isServerAway = true;
    await pass(2);
    expect(kinds()).toEqual(["fine"]);
    isServerAway = false;
    await pass(0.5);
    expect(told.at(-1)).toMatchObject({ kind: "idle", minutesLeft: 1 });
  });

  test("is told of to who pressed 继续", async () => {
    clock.start();
    await pass(28.5);
    isServerAway = true;
    await clock.goOn();
    expect(told.at(-1)).toEqual({ kind: "unreached" });
    isServerAway = false;
    await clock.goOn();
    expect(told.at(-1)).toEqual({ kind: "fine" });
  });
});
