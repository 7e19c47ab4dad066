import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { House } from "#src/register/find-house.ts";
import { buildHouse } from "../support/builders.ts";
import { HOSTILE, HOSTILE_ENCODED, letsMarkupThrough } from "../support/hostile-values.ts";
import { readPdf } from "../support/pdf-text.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let house: House;
let visitor: WebVisitor;

beforeAll(async () => {
  site = await serveSite();
  house = await buildHouse(site.city);
  visitor = site.visitor();
});
afterAll(() => site?.stop());

const RIGHT = { depositKind: "00", payer: "张示例", phone: "13800005678" } as const;
const seal = () => ({ submissionKey: randomUUID(), amountSeen: "11851.20" });

function submit(changes: Record<string, string>): Promise<WebAnswer> {
  return visitor.post(`/deposit/${house.code}`, { ...RIGHT, ...seal(), ...changes });
}

/** Nothing may be stored by any test of this file but those that say so. */
async function expectNothingStored(act: () => Promise<void>): Promise<void> {
  const before = await site.countRows();
  await act();
  expect(await site.countRows()).toEqual(before);
}

function expectRefused(answer: WebAnswer, field: string, typed: string): void {
  expect(answer.status).toBe(422);
  expect(letsMarkupThrough(answer.text)).toBe(false);
  const page = readPage(answer.text);
  expect(page.title).toMatch(/^出错：/);
  expect(page.errors[field]).toMatch(/[\u4E00-\u9FFF]{4}/);
  expect(page.summary).toContainEqual({ field, sentence: page.errors[field] });
  if (field !== "depositKind") expect(page.values[field]).toBe(typed);
}

/** Names that are honest names, however little they look like one to a program. */
const HARMLESS_NAMES: readonly string[] = ["a constructor", "no number", "direction marks"];

describe("交款人", () => {
  test.each(HOSTILE.filter(([what]) => !HARMLESS_NAMES.includes(what)))(
    "%s is refused beside the field and in the summary, and stays",
    async (_, value) => {
      await expectNothingStored(async () => {
        const answer = await submit({ payer: value });
        expectRefused(answer, "payer", value);
        expect(readPage(answer.text).values["phone"]).toBe(RIGHT.phone);
      });
    },
  );

  test.each(["\uFFFD", "张\uFFFD", "张\uFFFE", "\uD800张"])(
    "the broken text %j is refused",
    async (payer) => {
      await expectNothingStored(async () => {
        expect((await submit({ payer })).status).toBe(422);
      });
    },
  );

  test.each([
    "𠮷野示例",
    "䶮示例",
    "㛃示例",
    "阿依古丽·买买提",
    "示例市（示范区）物业有限公司",
    "O’Sample",
    "O'Sample",
    "A&B（示例）有限公司",
  ])("%s is a name, and is printed", async (payer) => {
    const own = await buildHouse(site.city);
    const path = `/deposit/${own.code}`;
    const answer = await visitor.post(path, { ...RIGHT, ...seal(), payer });
    expect(answer.status).toBe(303);
    const number = /\d{18}/.exec(answer.headers.location ?? "")?.[0];
    const slip = await visitor.get(`/applications/${number}/slips/payment-notice`);
    expect(slip.status).toBe(200);
    const [first = ""] = [...payer];
    // What the slip's font cannot draw stands there by its code, so that the teller can tell.
    const code = `〔U+${first.codePointAt(0)?.toString(16).toUpperCase()}〕`;
    const { text } = await readPdf(slip.bytes);
    expect(text.includes(first) || text.includes(code)).toBe(true);
  });
});

describe("手机号码", () => {
  test.each(HOSTILE)(
    "%s is refused beside the field and in the summary, and stays",
    async (_, value) => {
      await expectNothingStored(async () => {
        const answer = await submit({ phone: value });
        expectRefused(answer, "phone", value);
        expect(readPage(answer.text).values["payer"]).toBe(RIGHT.payer);
      });
    },
  );

  test.each(["１３８００００５６７８", "138 0000 5678", "+86 138-0000-5678"])(
    "%s is the same number, written differently",
    async (phone) => {
      const own = await buildHouse(site.city);
      const answer = await visitor.post(`/deposit/${own.code}`, { ...RIGHT, ...seal(), phone });
      expect(answer.status).toBe(303);
    },
  );
});

describe("交款类别", () => {
  test.each([...HOSTILE, ["a kind that nobody may choose", "01"], ["another kind", "04"]])(
    "%s is refused",
    async (_, depositKind) => {
      await expectNothingStored(async () => {
        expectRefused(await submit({ depositKind }), "depositKind", depositKind);
      });
    },
  );
});

test("everything wrong at once is said once for each field, in the order of the form", async () => {
  const answer = await submit({ payer: "", phone: "", depositKind: "" });
  const { summary, headings } = readPage(answer.text);
  expect(summary.map(({ field }) => field)).toEqual(["depositKind", "payer", "phone"]);
  expect(headings).toEqual(["购房人交款"]);
});

describe("the hidden part of the form", () => {
  test.each(HOSTILE)("%s in place of the seen amount is no form of ours", async (_, amountSeen) => {
    await expectNothingStored(async () => {
      const answer = await submit({ amountSeen });
      expect([400, 409]).toContain(answer.status);
      expect(readPage(answer.text).text).toMatch(/请|核对/);
    });
  });

  test.each(HOSTILE)("%s in place of its key is no form of ours", async (_, submissionKey) => {
    await expectNothingStored(async () => {
      expect((await submit({ submissionKey })).status).toBe(400);
    });
  });

  test.each(["0.01", "11851.19", "11851.21", "1185120", "0"])(
    "another amount, %s, is never taken over: the right one is shown to be checked",
    async (amountSeen) => {
      await expectNothingStored(async () => {
        const answer = await submit({ amountSeen });
        expect(answer.status).toBe(409);
        const page = readPage(answer.text);
        expect(page.values).toMatchObject({ amountSeen: "11851.20", payer: RIGHT.payer });
        expect(page.text).toContain("应交金额变了");
      });
    },
  );
});

describe("what is no form", () => {
  const FORM = "application/x-www-form-urlencoded";
  const right = () => new URLSearchParams({ ...RIGHT, ...seal() }).toString();
  const bodies: [string, string, () => string | Buffer][] = [
    ["a field twice", FORM, () => `${right()}&payer=x`],
    ["a list", FORM, () => `${right()}&payer[]=x&payer[]=y`.repeat(2)],
    ["a thousand fields", FORM, () => right() + "&a=1".repeat(1_000)],
    ["JSON", "application/json", () => JSON.stringify({ ...RIGHT, ...seal() })],
    ["a form as JSON says it is", "application/json", right],
    ["plain text", "text/plain", right],
    ["no type", "", right],
    ["parts", "multipart/form-data; boundary=x", () => `--x\r\n\r\n${right()}\r\n--x--`],
    ["nothing", FORM, () => ""],
    ["bytes", FORM, () => Buffer.alloc(1_000, 0xff)],
    ["NUL", FORM, () => Buffer.alloc(1_000)],
    ["signs", FORM, () => "&&&===&=&%&%%&%zz=%zz"],
  ];

  test.each(bodies)("%s is answered with 400 and what to do", async (_, type, body) => {
    await expectNothingStored(async () => {
      const headers = { "content-type": type };
      const answer = await visitor.send("POST", `/deposit/${house.code}`, headers, body());
      expect(answer.status).toBe(400);
      expect(readPage(answer.text).text).toContain("没有保存任何内容");
    });
  });

  test("2 MB are answered with 413 and that nothing typed is lost", async () => {
    await expectNothingStored(async () => {
      const body = `${right()}&more=${"x".repeat(2_000_000)}`;
      const headers = { "content-type": FORM };
      const answer = await visitor.send("POST", `/deposit/${house.code}`, headers, body);
      expect(answer.status).toBe(413);
      const { text } = readPage(answer.text);
      expect(text).toContain("没有保存任何内容。您填的内容还在上一页");
      expect(text).toContain("请返回上一页删减后再提交");
    });
  });

  test("2 MB that do not say their length are cut off too", async () => {
    await expectNothingStored(async () => {
      const headers = { "content-type": FORM, "transfer-encoding": "chunked" };
      const body = `${right()}&more=${"x".repeat(2_000_000)}`;
      const asking = visitor.send("POST", `/deposit/${house.code}`, headers, body);
      const status = await asking.then(
        (answer) => answer.status,
        (error) => error.code,
      );
      expect([413, "ECONNRESET", "EPIPE"]).toContain(status);
    });
    expect((await visitor.get("/")).status).toBe(200);
  });

  test.each(HOSTILE_ENCODED)("%s in a field is no name", async (bytes) => {
    await expectNothingStored(async () => {
      const { payer, ...rest } = { ...RIGHT, ...seal() };
      const body = `${new URLSearchParams(rest)}&payer=${bytes}`;
      const headers = { "content-type": FORM };
      const answer = await visitor.send("POST", `/deposit/${house.code}`, headers, body);
      expect([400, 422]).toContain(answer.status);
    });
  });

  test("fields under a prototype's name change nothing", async () => {
    for (const name of [
      "__proto__",
      "constructor",
      "toString",
      "hasOwnProperty",
      "__proto__[ok]",
    ]) {
      const answer = await submit({ [name]: "1", payer: "" });
      expectRefused(answer, "payer", "");
    }
    expect(({} as Record<string, unknown>)["ok"]).toBeUndefined();
  });
});

test("a house that is not there, closed or paid takes no form", async () => {
  const closed = await buildHouse(site.city, { status: "closed" });
  const noStandard = await buildHouse(site.city, { standardId: null });
  await expectNothingStored(async () => {
    const form = { ...RIGHT, ...seal() };
    expect((await visitor.post("/deposit/TS9999-1-1-1", form)).status).toBe(404);
    for (const { code } of [closed, noStandard]) {
      expect((await visitor.get(`/deposit/${code}`)).status).toBe(200);
      const answer = await visitor.post(`/deposit/${code}`, form);
      expect(answer.status).toBe(409);
      expect(readPage(answer.text).text).toContain("维修资金管理中心");
    }
  });
});
