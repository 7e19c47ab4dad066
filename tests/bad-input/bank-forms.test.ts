import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildHouse } from "../support/builders.ts";
import { HOSTILE, HOSTILE_ENCODED, letsMarkupThrough } from "../support/hostile-values.ts";
import { buildNotice, type TestNotice } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { TELLER_PASSWORD } from "../support/test-tellers.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let teller: WebVisitor;
/** Locked to the teller's desk, waiting for its money. */
let notice: TestNotice;
/** Paid already, so that it can be reversed. */
let paid: TestNotice;

beforeAll(async () => {
  site = await serveSite();
  teller = await site.teller("teller-one");
  notice = await buildNotice(site.city, await buildHouse(site.city));
  paid = await buildNotice(site.city, await buildHouse(site.city));
  const confirmed = await confirm(paid, { bankRef: "BAD-PAID-1" });
  if (confirmed.status !== 303) throw new Error("the notice to be reversed was not paid");
  await teller.post("/bank/query", { number: notice.no });
});
afterAll(() => site?.stop());

function confirm({ no }: TestNotice, changes: Record<string, string>): Promise<WebAnswer> {
  const right = { bankRef: "BAD-0001", valueDate: "2026-11-23", amountSeen: "11851.20" };
  return teller.post(`/bank/notices/${no}/confirm`, { ...right, ...changes });
}

async function expectNothingStored(act: () => Promise<void>): Promise<void> {
  const before = await site.countRows();
  await act();
  expect(await site.countRows()).toEqual(before);
}

function expectRefused(answer: WebAnswer, field: string, typed: string | null): void {
  expect(answer.status).toBe(422);
  expect(letsMarkupThrough(answer.text)).toBe(false);
  const page = readPage(answer.text);
  expect(page.title).toMatch(/^出错：/);
  expect(page.errors[field]).toMatch(/[\u4E00-\u9FFF]{4}/);
  expect(page.summary).toContainEqual({ field, sentence: page.errors[field] });
  if (typed !== null) expect(page.values[field]).toBe(typed);
}

describe("the door of the desk", () => {
  test.each(HOSTILE)("%s is no user", async (_, value) => {
    await expectNothingStored(async () => {
      const visitor = site.visitor();
      const asName = await visitor.post("/bank/sign-in", { username: value, password: "x" });
      expect(asName.status).toBe(422);
      expect(letsMarkupThrough(asName.text)).toBe(false);
      const page = readPage(asName.text);
      expect(page.values["username"]).toBe(value);
      expect(page.summary.length).toBeGreaterThan(0);
      expect(visitor.cookies.has("bank")).toBe(false);
    });
  });

  test.each(HOSTILE)("%s is no password, and is not sent back", async (_, value) => {
    await expectNothingStored(async () => {
      const sent = { username: "teller-one", password: value };
      const answer = await site.visitor().post("/bank/sign-in", sent);
      expectRefused(answer, "password", "");
      if (value.length > 6) expect(answer.text).not.toContain(value.slice(0, 40));
    });
  });

  test("an unknown user, a wrong password and a disabled user are told apart by nobody", async () => {
    const { owner } = site.city;
    const disable = (is_disabled: boolean) =>
      owner
        .updateTable("bank_teller")
        .set({ is_disabled })
        .where("username", "=", "teller-two")
        .execute();
    await disable(true);
    const texts = new Set<string>();
    for (const [username, password] of [
      ["teller-one", "wrong"],
      ["nobody", "wrong"],
      ["teller-two", TELLER_PASSWORD],
    ] as const) {
      const answer = await site.visitor().post("/bank/sign-in", { username, password });
      expect(answer.status).toBe(422);
      texts.add(readPage(answer.text).text);
    }
    await disable(false);
    expect(texts.size).toBe(1);
  });
});

describe("通知单编号", () => {
  test.each(HOSTILE)("%s is refused and stays", async (_, value) => {
    await expectNothingStored(async () => {
      expectRefused(await teller.post("/bank/query", { number: value }), "number", value);
    });
  });
});

describe("确认到账", () => {
  /** Letters, digits and dashes: some bank may count like this. */
  const couldBeReferences: readonly string[] = [
    ...["full-width digits", "a power of ten", "a day that never was", "a constructor"],
  ];

  test.each(HOSTILE.filter(([what]) => !couldBeReferences.includes(what)))(
    "%s is no 银行流水号",
    async (_, value) => {
      await expectNothingStored(async () => {
        expectRefused(await confirm(notice, { bankRef: value }), "bankRef", value);
      });
    },
  );

  test.each([...HOSTILE, ["tomorrow", "2026-11-24"], ["a day before the notice", "2026-11-22"]])(
    "%s is no 到账日期",
    async (_, value) => {
      await expectNothingStored(async () => {
        expectRefused(await confirm(notice, { valueDate: value }), "valueDate", value);
      });
    },
  );

  test.each(HOSTILE)("%s in place of the seen amount books nothing", async (_, amountSeen) => {
    await expectNothingStored(async () => {
      const answer = await confirm(notice, { amountSeen });
      expect([400, 409]).toContain(answer.status);
    });
  });

  test.each(HOSTILE_ENCODED)("%s in a field books nothing", async (bytes) => {
    await expectNothingStored(async () => {
      const body = `valueDate=2026-11-23&amountSeen=11851.20&bankRef=${bytes}`;
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const path = `/bank/notices/${notice.no}/confirm`;
      expect([400, 422]).toContain((await teller.send("POST", path, headers, body)).status);
    });
  });
});

describe("冲正", () => {
  /** Any honest words are a reason; these are words, however hostile they look. */
  const unreadable = ["nothing", "blanks only", "marks that show nothing", "NUL"];
  const tooLong = HOSTILE.filter(([, value]) => value.length >= 10_000).map(([what]) => what);
  const refused = new Set<string>([
    ...[...unreadable, ...tooLong],
    ...["control characters", "a new line and a header"],
  ]);

  test.each(HOSTILE.filter(([what]) => refused.has(what)))("%s is no reason", async (_, reason) => {
    await expectNothingStored(async () => {
      const answer = await teller.post(`/bank/notices/${paid.no}/reverse`, { reason });
      expectRefused(answer, "reason", reason);
    });
  });

  test("a reason with markup is kept as words", async () => {
    const reason = "<script>alert(1)</script>'; drop table journal; --";
    const answer = await teller.post(`/bank/notices/${paid.no}/reverse`, { reason });
    expect(answer.status).toBe(303);
    const page = await teller.get(answer.headers.location ?? "");
    expect(letsMarkupThrough(page.text)).toBe(false);
    for (const path of [`/fund/${paid.house.code}`, `/applications/${paid.no}`]) {
      expect(letsMarkupThrough((await site.visitor().get(path)).text)).toBe(false);
    }
  });
});

describe("what is no form", () => {
  const forms = () => [
    "/bank/sign-in",
    "/bank/query",
    `/bank/notices/${notice.no}/confirm`,
    `/bank/notices/${notice.no}/reverse`,
  ];

  test("is refused at every form of the desk, and nothing is stored", async () => {
    await expectNothingStored(async () => {
      for (const path of forms()) {
        for (const [type, body, status] of [
          ["application/json", '{"number":"1"}', 400],
          ["text/plain", "number=1", 400],
          ["application/x-www-form-urlencoded", "number=1&number=2", 400],
          ["application/x-www-form-urlencoded", `number=${"1".repeat(2_000_000)}`, 413],
        ] as const) {
          const answer = await teller.send("POST", path, { "content-type": type }, body);
          expect(answer.status, `${type} at ${path}`).toBe(status);
        }
      }
    });
    expect((await teller.get("/bank")).status).toBe(200);
  });
});
