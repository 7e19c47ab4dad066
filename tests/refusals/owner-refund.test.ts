import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findApplication } from "#src/applications/find-application.ts";
import { ownerRefundDescriptor } from "#src/business/owner-refund/refund-descriptor.ts";
import { groupNumber } from "#src/kernel/application-number.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { getHouseBalance } from "#src/ledger/house-balances.ts";
import type { ApplicationActorRole } from "#src/platform/database/tables/applications.ts";
import type { House } from "#src/register/find-house.ts";
import { buildHouse, NOW, type TestCity } from "../support/builders.ts";
import { listOffenders } from "../support/guard-control.ts";
import { buildDeposit, buildPaidHouse } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { findRefundDescriptor, readVoucher, step } from "../support/refund-builders.ts";
import {
  handIn,
  hiddenOf,
  OWNER,
  papersOf,
  postWithPapers,
  proveOwner,
  REFUND_FIELDS,
} from "../support/refund-visit.ts";
import { registerOwner } from "../support/registered-owner.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";

let site: ServedSite;
let city: TestCity;
beforeAll(async () => {
  site = await serveSite();
  city = site.city;
});
afterAll(async () => {
  if (site === undefined) return;
  expect(await listOffenders(city.db)).toEqual([]);
  await site.stop();
});

const WRONG = "姓名或证件号与登记的业主不一致，不能受理。业主变更过的，请先办过户更名";

/** A house with its owner and 100.00 too much. */
async function overpaidHouse(): Promise<House> {
  const { house } = await buildPaidHouse(city);
  await registerOwner(city, house, OWNER);
  await buildDeposit(city, house, { amountFen: fen(10_000), depositKind: "01" });
  return house;
}

/** Decides as the fund centre does, through the refund's own descriptor. */
async function decide(number: string, decision: string, remark = "") {
  const descriptor = ownerRefundDescriptor({
    ...findRefundDescriptor(),
    personalData: city.personalData,
  } as never);
  const application = await findApplication(city.db, number);
  const stage = descriptor.review?.stages.find((one) => one.state === application?.state);
  const choice = stage?.decisions.find((one) => one.name === decision);
  if (application === null || stage === undefined || choice === undefined) {
    throw new Error(`${decision} is no decision of ${application?.state}`);
  }
  const actor = `staff:${stage.role}-demo`;
  return await city.db.transaction().execute(async (tx) => {
    const outcome = await descriptor.review?.carryOut(tx, {
      application,
      decision,
      actor,
      fields: {},
      today: shanghaiDate(NOW),
      now: NOW,
    });
    if (outcome?.ok) {
      const by = { actorRole: stage.role as ApplicationActorRole, actor, remark };
      await step(tx, application.id, choice.toState as never, by);
    }
    return outcome;
  });
}

const voucherOf = async (number: string) => {
  const { no } = await city.db
    .selectFrom("disbursement_voucher as v")
    .innerJoin("application as a", "a.id", "v.application_id")
    .select("v.no")
    .where("a.number", "=", number)
    .orderBy("v.n", "desc")
    .executeTakeFirstOrThrow();
  return await readVoucher(city, no);
};

describe("what comes next", () => {
  test("a refund handed in is promised a day, and its owner told to come with the papers", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    const { number } = await handIn(visitor, house, { reason: "R02" });
    expect((await findApplication(city.db, number))?.promisedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    const { text } = readPage((await visitor.get(`/applications/${number}`)).text);
    expect(text).toContain("下一步，请您来做 到管理中心核对要件");
    expect(text).not.toContain("您不用做什么");
  });

  test("a reason that gives nothing back leads to the others", async () => {
    const { house } = await buildPaidHouse(city);
    await registerOwner(city, house, OWNER);
    const visitor = site.visitor();
    await proveOwner(visitor, house);
    const useless = await visitor.get(`/refund/${house.code}/request?reason=R02`);
    expect(useless.status).toBe(422);
    expect(useless.text.split("这套房屋没有多交")).toHaveLength(3);
    expect(readPage(useless.text).choices["reason"]).toBe("R02");
    for (const reason of ["R03", "R05"]) {
      const answer = await visitor.get(`/refund/${house.code}/request?reason=${reason}`);
      expect(answer.text, reason).toContain(
        `<a href="/refund/${house.code}/reason">重新选择原因</a>`,
      );
    }
  });

  test("what is wrong with a form is told from its top to its end", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    await proveOwner(visitor, house);
    const path = `/refund/${house.code}/request`;
    const page = await visitor.get(`${path}?reason=R02`);
    const answer = await postWithPapers(visitor, path, hiddenOf(page.text), []);
    expect(answer.status).toBe(422);
    const summary = answer.text.slice(answer.text.indexOf("处要改"));
    const places = [...summary.matchAll(/href="#field-([A-Za-z-]+)"/g)].map(([, name]) => name);
    expect([places[0], places.at(-1)]).toEqual(["payeeName", "isTrue"]);
  });
});

test("the auditor reads which paper of which application was looked at and handed in", async () => {
  const house = await overpaidHouse();
  const { number } = await handIn(site.visitor(), house, { reason: "R02" });
  const paper = await city.db
    .selectFrom("supporting_document as d")
    .innerJoin("application as a", "a.id", "d.application_id")
    .select("d.id")
    .where("a.number", "=", number)
    .where("d.code", "=", "original-receipt")
    .executeTakeFirstOrThrow();
  const intake = await site.staff("intake-demo");
  expect((await intake.get(`/review/${number}/documents/${paper.id}/pages/1`)).status).toBe(200);
  const auditor = await site.staff("auditor-demo");
  const { text } = readPage((await auditor.get("/review/audit?event=document-viewed")).text);
  expect(text).toContain(`原交款票据，业务单 ${groupNumber(number)}`);
  expect(text).not.toContain(paper.id);
});

describe("who asks for the money", () => {
  test("is compared with the owner on record, and nothing tells a wrong guess from a house without owners", async () => {
    const house = await overpaidHouse();
    const empty = (await buildPaidHouse(city)).house;
    const guesses = [
      { ...OWNER, name: "李示例" },
      { ...OWNER, document: "440524188001010014" },
    ];
    for (const guess of guesses) {
      const answers = [
        await proveOwner(site.visitor(), house, guess),
        await proveOwner(site.visitor(), empty, guess),
      ];
      for (const answer of answers) {
        expect(answer.status).toBe(422);
        expect(answer.text).toContain(WRONG);
        expect(answer.text).not.toContain(guess.document);
        expect(answer.text).not.toMatch(/11,851\.20|本金/);
      }
    }
  });

  test("is let on by name and number alone, written as people write them", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    const answer = await proveOwner(visitor, house, {
      name: " 张 示例 ",
      document: "110105 19491231 002x",
    });
    expect([answer.status, answer.headers.location]).toEqual([303, `/refund/${house.code}/reason`]);
    expect((await visitor.get(`/refund/${house.code}/reason`)).status).toBe(200);
  });

  test("is nobody in another browser, nor for another house", async () => {
    const [house, other] = [await overpaidHouse(), await overpaidHouse()];
    const visitor = site.visitor();
    await proveOwner(visitor, house);
    expect((await visitor.get(`/refund/${other.code}/reason`)).status).toBe(303);
    const thief = site.visitor();
    await thief.get(`/refund/${house.code}`);
    thief.cookies.set("refund-owner", visitor.cookies.get("refund-owner") ?? "");
    expect((await thief.get(`/refund/${house.code}/reason`)).status).toBe(303);
  });

  test("never stands in an address, a page before the proof, or the log", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    const first = await visitor.get(`/refund/${house.code}`);
    expect(readPage(first.text).text).not.toMatch(/[0-9] 元|张\*|张示例/);
    await handIn(visitor, house, { reason: "R02" });
    expect(site.logged()).not.toMatch(/11010519491231002|张示例|6222000012345678/);
  });

  test("who took an hour over the papers proves himself again and finds his form", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    await proveOwner(visitor, house);
    const path = `/refund/${house.code}/request`;
    const page = await visitor.get(`${path}?reason=R02`);
    const sent = { ...hiddenOf(page.text), ...REFUND_FIELDS };
    site.clock.now = new Date(NOW.getTime() + 61 * 60_000);
    try {
      const late = await postWithPapers(visitor, path, sent, papersOf(page.text));
      expect(late.status).toBe(409);
      expect(late.text).toContain("您填的内容和上传的要件都还在");
      const carried = [...late.text.matchAll(/name="(carried-\w+)" value="([^"]*)"/g)].map(
        ([, name = "", value = ""]) => [name, value] as const,
      );
      const back = await visitor.post(`/refund/${house.code}/owner`, [
        ...carried,
        ["ownerName", OWNER.name],
        ["ownerDocumentNo", OWNER.document],
      ]);
      expect(back.status).toBe(200);
      expect(back.text).toContain(REFUND_FIELDS.payeeAccount);
      expect(back.text).toContain("bank-card.png");
    } finally {
      site.clock.now = NOW;
    }
  });
});

describe("what is asked for", () => {
  test("selling the house is explained, not accepted", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    await proveOwner(visitor, house);
    const page = await visitor.get(`/refund/${house.code}/request?reason=sale`);
    expect(page.text).toContain("第二十八条");
    expect(page.text).not.toContain("multipart");
  });

  test.each([
    ["R03&newArea=abc", 422, "实测面积应是数字"],
    ["R03&newArea=", 422, "请填写实测建筑面积"],
    ["R05&compute=yes", 422, "请选择一笔交款"],
    ["R03&newArea=120", 422, "实测面积应小于登记面积"],
    ["R07&asked=-5", 422, "退款金额不能是负数"],
    ["R07&asked=99999999", 422, "退款金额超过了这套房屋的余额"],
    ["R07&asked=0", 422, "退款金额应大于 0"],
    ["R07&asked=1.234", 422, "退款金额最多两位小数"],
    ["R07&compute=yes&asked=", 422, "请填写退款金额"],
    ["R04&payment=1", 422, "没有找到这一笔交款"],
    ["R99", 422, "请选择退款原因"],
    ["", 422, "请选择退款原因"],
  ])("%s is answered with its sentence", async (query, status, sentence) => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    await proveOwner(visitor, house);
    const page = await visitor.get(`/refund/${house.code}/request?reason=${query}`);
    expect(page.status).toBe(status);
    expect(page.text).toContain(sentence);
    expect(page.text).not.toContain("multipart");
    // Beside the field as well as in the summary, with what was typed.
    expect(page.text.split(sentence)).toHaveLength(3);
    const [, name = "", value = ""] = /&(newArea|asked)=([^&]+)$/.exec(query) ?? [];
    if (value !== "") expect(readPage(page.text).values[name]).toBe(value);
  });

  test.each([
    ["0", "退款金额应大于 0"],
    ["0.001", "退款金额最多两位小数"],
    ["99999999", "退款金额超过了这套房屋的余额，请改小"],
    ["-1", "退款金额不能是负数"],
    ["一千", "退款金额应是数字"],
    ["", "请填写退款金额"],
  ])(
    "a form handed in for %s is refused beside the amount and keeps the rest",
    async (asked, sentence) => {
      const house = await overpaidHouse();
      const before = await site.countRows();
      const refund = { reason: "R07", query: "&asked=100" };
      const { answer } = await handIn(site.visitor(), house, { ...refund, changed: { asked } });
      expect(answer.status).toBe(422);
      expect(answer.text.split(sentence)).toHaveLength(3);
      const { values, text } = readPage(answer.text);
      expect(values).toMatchObject({
        asked,
        payeeAccount: REFUND_FIELDS.payeeAccount,
        payeeBank: REFUND_FIELDS.payeeBank,
      });
      expect(text).toContain("bank-card.png");
      expect(await site.countRows()).toEqual(before);
    },
  );

  test("an amount that was put right is handed in once its owner has seen what goes back", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    const refund = { reason: "R07", query: "&asked=100" };
    const path = `/refund/${house.code}/request`;
    const wrong = await handIn(visitor, house, { ...refund, changed: { asked: "0" } });
    const mended = { ...hiddenOf(wrong.answer.text), ...REFUND_FIELDS, asked: "150.00" };
    const shown = await postWithPapers(visitor, path, mended, []);
    expect([shown.status, shown.text.includes("应退金额变了，现在是 150.00 元")]).toEqual([
      409,
      true,
    ]);
    const done = await postWithPapers(
      visitor,
      path,
      { ...hiddenOf(shown.text), ...REFUND_FIELDS },
      [],
    );
    expect(done.status).toBe(303);
  });

  test("a closed house and one without money give nothing back", async () => {
    const closed = await buildHouse(city, { status: "closed" });
    expect((await site.visitor().get(`/refund/${closed.code}`)).text).toContain("已经销户");
    const empty = await buildHouse(city);
    await registerOwner(city, empty, OWNER);
    const visitor = site.visitor();
    await proveOwner(visitor, empty);
    const page = await visitor.get(`/refund/${empty.code}/reason`);
    expect([page.status, page.text.includes("没有钱可以退")]).toEqual([409, true]);
  });

  test.each([
    [{ payeeName: "李示例" }, "收款人户名应与申请退款的业主姓名一致"],
    [{ payeeAccount: "12345" }, "收款账号应是 13 到 19 位数字，现在是 5 位"],
    [{ payeeAccount: "abc" }, "收款账号只有数字"],
    [{ isAccountChecked: "" }, "账号可能有一位不对"],
    [{ payeeBank: "" }, "请填写开户银行"],
    [{ phone: "123" }, "手机号码应是 11 位数字，现在是 3 位"],
    [{ isTrue: "" }, "请勾选，确认填写的内容和上传的要件属实"],
  ])("%o is refused beside its field, and what was typed stays", async (changed, sentence) => {
    const house = await overpaidHouse();
    const before = await site.countRows();
    const { answer } = await handIn(site.visitor(), house, { reason: "R02", changed });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(sentence);
    expect(answer.text).toContain("按票据核对");
    expect(answer.text).toContain("bank-card.png");
    expect(await site.countRows()).toEqual(before);
  });

  test("its fields for files let an iPhone turn photographs into JPEG", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    await proveOwner(visitor, house);
    const page = await visitor.get(`/refund/${house.code}/request?reason=R02`);
    const accepted = [...page.text.matchAll(/type="file"[^>]* accept="([^"]*)"/g)];
    expect(new Set(accepted.map(([, types]) => types))).toEqual(
      new Set(["image/jpeg,image/png,application/pdf"]),
    );
  });

  test("missing papers are named one by one", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    await proveOwner(visitor, house);
    const path = `/refund/${house.code}/request`;
    const page = await visitor.get(`${path}?reason=R02`);
    const sent = { ...hiddenOf(page.text), ...REFUND_FIELDS };
    const answer = await postWithPapers(visitor, path, sent, ["id-card"]);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("请上传原交款票据");
    expect(answer.text).not.toContain("请上传申请人身份证明");
    // Named together with whatever else is missing, so that nobody is sent round twice.
    const both = await postWithPapers(visitor, path, { ...sent, phone: "" }, []);
    expect(both.text).toContain("请填写手机号码");
    expect(both.text).toContain("请上传原交款票据");
  });

  test("an amount that was never offered, or that changed meanwhile, is refused with the present one", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    const changed = { amountSeen: "11951.20" };
    const { answer } = await handIn(visitor, house, { reason: "R02", changed });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain("应退金额变了，现在是 100.00 元");
    await buildDeposit(city, house, { amountFen: fen(500), depositKind: "01" });
    const stale = await handIn(visitor, house, {
      reason: "R02",
      changed: { amountSeen: "100.00" },
    });
    expect([stale.answer.status, stale.number]).toEqual([409, ""]);
  });

  test.each([{}, { reason: "R02" }, { submissionKey: "x", reason: "R02", amountSeen: "1" }])(
    "a form that no page of ours made is refused: %o",
    async (fields) => {
      const house = await overpaidHouse();
      const visitor = site.visitor();
      await proveOwner(visitor, house);
      const answer = await visitor.post(`/refund/${house.code}/request`, fields);
      expect(answer.status).toBe(400);
    },
  );
});

// Each walks from the form to the bank, with slips printed on the way.
describe("one refund of a house", { timeout: 60_000 }, () => {
  test("sent twice is one application, and a second one waits for the first", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    const first = await handIn(visitor, house, { reason: "R02" });
    expect(first.answer.status).toBe(303);
    const path = `/refund/${house.code}/request`;
    const again = await postWithPapers(visitor, path, first.sent, []);
    expect(again.headers.location).toBe(first.answer.headers.location);
    expect((await getHouseBalance(city.db, house)).reservedFen).toBe(0n);
    const second = await visitor.get(`/refund/${house.code}/reason`);
    expect([second.status, second.text.includes("已有一笔退款正在办")]).toEqual([409, true]);
    const sent = { ...first.sent, submissionKey: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff" };
    const papers = ["id-card", "original-receipt", "purchase-contract", "bank-card"];
    const late = await postWithPapers(visitor, path, sent, papers);
    expect([late.status, late.text.includes("一次只能办一笔")]).toEqual([409, true]);
  });

  test("goes from form to bank: reviewed by three, paid once, told in the house's detail", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    const { number, answer } = await handIn(visitor, house, { reason: "R02" });
    const done = await visitor.get(answer.headers.location ?? "");
    expect(done.text).toContain("提交成功");
    expect((await findApplication(city.db, number))?.promisedOn).toBe("2026-11-25");
    const slip = await visitor.get(`/applications/${number}/slips/refund-application`);
    expect([slip.status, slip.headers["content-type"]]).toEqual([200, "application/pdf"]);
    expect((await visitor.get(`/applications/${number}/slips/disbursement-voucher`)).status).toBe(
      404,
    );

    for (const decision of ["accept", "pass", "approve"]) {
      expect(await decide(number, decision)).toEqual({ ok: true });
    }
    const status = await visitor.get(`/applications/${number}`);
    expect(status.text).toContain("银行只凭退款支款单付款");
    const paper = await visitor.get(`/applications/${number}/slips/disbursement-voucher`);
    expect(paper.status).toBe(200);
    const stranger = site.visitor();
    expect((await stranger.get(`/applications/${number}/slips/disbursement-voucher`)).status).toBe(
      403,
    );

    const voucher = await voucherOf(number);
    const teller = await site.teller("teller-one");
    // What a scanner reads off the slip's QR code.
    const scanned = `https://fund.example/applications/${number}#${voucher.no}`;
    const asked = await teller.post("/bank/query", { number: scanned });
    expect(asked.headers.location).toBe(`/bank/vouchers/${voucher.no}`);
    const desk = await teller.get(`/bank/vouchers/${voucher.no}`);
    expect(desk.text).toContain("确认付款 ¥100.00");
    expect(desk.text).toContain("6222 0000 1234 5678");
    const pay = (fields: Record<string, string>) =>
      teller.post(`/bank/vouchers/${voucher.no}/pay`, {
        code: voucher.code,
        bankRef: "PAY-0001",
        valueDate: "2026-11-23",
        amountSeen: "100.00",
        ...fields,
      });
    const wrongCode = voucher.code === "00000000" ? "11111111" : "00000000";
    const wrong = await pay({ code: wrongCode });
    expect([wrong.status, wrong.text.includes("授权码不对")]).toEqual([422, true]);
    for (const fields of [{ code: "" }, { bankRef: "?" }, { valueDate: "2026-11-24" }]) {
      expect((await pay(fields)).status).toBe(422);
    }
    expect((await pay({ amountSeen: "99.00" })).status).toBe(409);
    const paid = await pay({});
    expect(paid.headers.location).toBe(`/bank/vouchers/${voucher.no}?done=paid`);
    expect((await pay({})).headers.location).toBe(`/bank/vouchers/${voucher.no}?done=paid`);
    const twice = await pay({ bankRef: "PAY-0002" });
    expect([twice.status, twice.text.includes("请核对是不是付了两次")]).toEqual([409, true]);
    const after = await teller.get(`/bank/vouchers/${voucher.no}?done=paid`);
    expect(after.text).toContain("已付款 ¥100.00");
    expect(after.text).not.toContain("6222 0000 1234 5678");
    expect((await teller.get("/bank")).text).toContain("今天付款");

    const detail = await visitor.get(`/fund/${house.code}`);
    expect(detail.text).toContain("退款：多交");
    expect(detail.text).toContain("1 次退款");
    expect((await visitor.get(`/applications/${number}`)).text).toContain("已办结");
  });

  test("that the bank cannot pay comes back, is corrected under its number and issued anew", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    const { number } = await handIn(visitor, house, { reason: "R02" });
    for (const decision of ["accept", "pass", "approve"]) await decide(number, decision);
    const { no } = await voucherOf(number);
    const teller = await site.teller("teller-one");
    await teller.post("/bank/query", { number: no });
    const fail = (fields: Record<string, string>) =>
      teller.post(`/bank/vouchers/${no}/fail`, fields);
    expect((await fail({})).status).toBe(422);
    expect((await fail({ failure: "other", failureWords: "" })).status).toBe(422);
    expect((await fail({ failure: "other", failureWords: "账号 6222000012345678" })).status).toBe(
      422,
    );
    const failed = await fail({ failure: "wrong-account", failureWords: "" });
    expect(failed.headers.location).toBe(`/bank/vouchers/${no}?done=failed`);
    expect((await getHouseBalance(city.db, house)).reservedFen).toBe(0n);

    const path = `/refund-correction/${number}`;
    const stranger = await site.visitor().get(path);
    expect(stranger.headers.location).toBe(`/applications/${number}/proof`);
    const page = await visitor.get(path);
    expect(page.text).toContain("收款账号不对或已注销");
    expect(page.text).toContain(`<a href="/applications/${number}">返回业务单</a>`);
    expect(page.text).toContain(REFUND_FIELDS.payeeAccount);
    const sent = {
      ...hiddenOf(page.text),
      ...REFUND_FIELDS,
      payeeAccount: "6222000099998888",
    };
    const corrected = await postWithPapers(visitor, path, sent, ["bank-card"]);
    expect(corrected.headers.location).toBe(`/applications/${number}?submitted=1`);
    expect((await visitor.get(path)).status).toBe(303);
    for (const decision of ["accept", "pass", "approve"]) {
      expect(await decide(number, decision)).toEqual({ ok: true });
    }
    const again = await voucherOf(number);
    expect(again.no).not.toBe(no);
    expect((await getHouseBalance(city.db, house)).reservedFen).toBe(10_000n);
    const dead = await teller.post("/bank/query", { number: no });
    expect((await teller.get(dead.headers.location ?? "")).text).toContain("已登记付款失败");
  });

  test("that the house can no longer pay is not approved, and says why", async () => {
    const house = await overpaidHouse();
    const { number } = await handIn(site.visitor(), house, { reason: "R02" });
    for (const decision of ["accept", "pass"]) await decide(number, decision);
    await buildDeposit(city, house, { amountFen: fen(700), depositKind: "01" });
    expect(await decide(number, "approve")).toEqual({
      ok: false,
      errors: { "": expect.stringContaining("按现在的余额应退 107.00 元") },
    });
    expect(await decide(number, "correct", "余额变了")).toEqual({ ok: true });
  });

  test("goes no step further without its papers, or by papers that nobody looked through", async () => {
    const house = await overpaidHouse();
    const { number } = await handIn(site.visitor(), house, { reason: "R02" });
    const application = await findApplication(city.db, number);
    const card = await city.owner
      .updateTable("supporting_document")
      .set({ removed_at: NOW })
      .where("application_id", "=", application?.id ?? 0n)
      .where("code", "=", "bank-card")
      .returningAll()
      .executeTakeFirstOrThrow();
    const refused = (words: string) => ({
      ok: false,
      errors: { "": expect.stringContaining(words) },
    });
    expect(await decide(number, "accept")).toEqual(refused("请上传"));
    const { n: _, ...columns } = card;
    const unseen = { ...columns, id: randomUUID(), removed_at: null, checked_at: null };
    await city.owner
      .insertInto("supporting_document")
      .values({ ...unseen, state: "pending" })
      .execute();
    expect(await decide(number, "accept")).toEqual(refused("还在做安全检查"));
    await city.owner
      .updateTable("supporting_document")
      .set({ state: "clean", checked_at: NOW })
      .where("id", "=", unseen.id)
      .execute();
    for (const decision of ["accept", "pass", "approve"]) {
      expect(await decide(number, decision)).toEqual({ ok: true });
    }
  });

  test("is not approved for somebody who is no longer the owner", async () => {
    const house = await overpaidHouse();
    const { number } = await handIn(site.visitor(), house, { reason: "R02" });
    for (const decision of ["accept", "pass"]) await decide(number, decision);
    await city.owner
      .updateTable("house_owner")
      .set({ name_cipher: city.personalData.encrypt("李样板") })
      .where("house_id", "=", house.houseId)
      .execute();
    expect(await decide(number, "approve")).toEqual({
      ok: false,
      errors: { "": expect.stringContaining("登记的业主已经变更") },
    });
    expect((await getHouseBalance(city.db, house)).reservedFen).toBe(0n);
  });

  test("is not approved, nor corrected, for another person of the same name", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    const { number } = await handIn(visitor, house, { reason: "R02" });
    for (const decision of ["accept", "pass"]) await decide(number, decision);
    await sellToNamesake(house);
    const gone = { ok: false, errors: { "": expect.stringContaining("登记的业主已经变更") } };
    expect(await decide(number, "approve")).toEqual(gone);
    expect((await getHouseBalance(city.db, house)).reservedFen).toBe(0n);
    await decide(number, "correct", "请核对");
    const path = `/refund-correction/${number}`;
    const page = await visitor.get(path);
    const sent = { ...hiddenOf(page.text), ...REFUND_FIELDS };
    const corrected = await postWithPapers(visitor, path, sent, []);
    expect([corrected.status, corrected.text.includes("登记的业主已经变更")]).toEqual([409, true]);
  });

  test("is not handed in by who proved himself before the house changed hands", async () => {
    const house = await overpaidHouse();
    const visitor = site.visitor();
    await proveOwner(visitor, house);
    const path = `/refund/${house.code}/request`;
    const page = await visitor.get(`${path}?reason=R02`);
    await sellToNamesake(house);
    const before = await site.countRows();
    expect((await visitor.get(`/refund/${house.code}/reason`)).status).toBe(303);
    const sent = { ...hiddenOf(page.text), ...REFUND_FIELDS };
    const answer = await postWithPapers(visitor, path, sent, papersOf(page.text));
    expect([answer.status, answer.text.includes("请再核对一次")]).toEqual([409, true]);
    const after = await site.countRows();
    expect(after["application"]).toEqual(before["application"]);
    expect(after["owner_refund_claim"]).toEqual(before["owner_refund_claim"]);
  });
});

/** The register names another person of the same name from now on. */
async function sellToNamesake(house: House): Promise<void> {
  const document = "440524188001010014";
  await city.owner
    .updateTable("house_owner")
    .set({
      document_cipher: city.personalData.encrypt(document),
      document_hash: city.personalData.hash("document", document),
    })
    .where("house_id", "=", house.houseId)
    .execute();
}
