import { randomInt } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { groupNumber } from "#src/kernel/application-number.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { jpegBytes } from "../support/document-files.ts";
import {
  type Journey,
  searchFromHome,
  signInAtDesk,
  startJourney,
  WAYS,
  type Way,
  wordsOf,
} from "../support/journey.ts";
import { listPaidHouses, type OwnedHouse } from "../support/paid-houses.ts";
import { readPdf } from "../support/pdf-text.ts";
import { signInAtWorkbench, tickChecklist } from "../support/workbench.ts";

/** 示例's cards; the last digit of the first one is wrong. */
const CARDS = { mistyped: "6222000012345678", right: "6222000012345673" } as const;
const CARD_END = CARDS.right.slice(-4);

const REASONS = {
  R01: {
    title: "退房、合同解除或撤销备案",
    papers: [
      "申请人身份证明",
      "解除协议，或法院、仲裁文书",
      "网签备案注销证明",
      "原交款票据",
      "收款银行卡或账户证明",
    ],
  },
  R04: {
    title: "重复交",
    papers: ["申请人身份证明", "两次交款的票据或银行流水", "收款银行卡或账户证明"],
  },
} as const;

interface Walk {
  way: Way;
  reason: keyof typeof REASONS;
  house: OwnedHouse;
  /** Who reviews and approves; null where the walk ends with the printed 退款申请单. */
  staff: { reviewer: string; approver: string } | null;
}

/** Each walk has a house of its own; one way of each kind of browser goes through the back office. */
function planWalks(): Walk[] {
  const houses = listPaidHouses(new Date());
  const once = houses.filter(({ payments }) => payments === 1);
  const [twice] = houses.filter(({ payments }) => payments === 2);
  const at = (n: number) => once[n] ?? expect.fail("no paid house is left");
  return [
    {
      way: WAYS[0],
      reason: "R01",
      house: at(0),
      staff: { reviewer: "reviewer-demo", approver: "approver-demo" },
    },
    { way: WAYS[1], reason: "R01", house: at(1), staff: null },
    {
      way: WAYS[2],
      reason: "R04",
      house: twice ?? expect.fail("no house has paid twice"),
      staff: { reviewer: "reviewer-demo", approver: "approver-demo" },
    },
    { way: WAYS[3], reason: "R01", house: at(2), staff: null },
  ];
}

/** What a refund is about, once it is handed in. */
interface Refund extends Walk {
  number: string;
  /** 1,234.56 */
  amount: string;
  houseCode: string;
}

/** From the home to the bank with four people at work; a busy machine takes its time. */
const LONG_MS = 480_000;

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe("快捷服务 1 (3) 业主退款", () => {
  test.each(planWalks())(
    "$way.how, $reason for $house.words",
    async (walk) => {
      const journey = await startJourney(browser, walk.way);
      const houseCode = await findHouse(journey, walk.house);
      await proveOwner(journey, walk.house);
      await seeSaleExplained(journey);
      const amount = await chooseReason(journey, walk.reason);
      await handInIncomplete(journey, walk);
      const number = await handIn(journey, walk);
      const refund = { ...walk, number, amount, houseCode };
      await printApplication(journey, refund);
      if (walk.staff === null) return;
      await review(journey, refund, walk.staff);
      const voucher = await printVoucher(journey, refund);
      await payAtBank(journey, refund, voucher);
      await seeSettled(journey, refund);
    },
    LONG_MS,
  );
});

/** Steps 2 to 4: 搜索 from the home, the list, 退款. Answers with the code of the house. */
async function findHouse({ page, look }: Journey, house: OwnedHouse): Promise<string> {
  await searchFromHome(page, "业主自主办理区", house.words);
  const exact = page.getByRole("article").filter({ hasText: "与您输入的一致" });
  await exact.getByRole("link", { name: "退款", exact: true }).click();
  await page.getByRole("heading", { name: "房屋退款" }).waitFor();
  expect(await wordsOf(page.getByRole("main"))).not.toContain(house.owner.name);
  await look();
  return /\/refund\/([A-Z0-9-]+)$/.exec(page.url())?.[1] ?? expect.fail(page.url());
}

/** Step 5, 核对: both name and number are asked for, and only the right ones lead on. */
async function proveOwner({ page, look }: Journey, { owner }: OwnedHouse): Promise<void> {
  await page.getByLabel("业主姓名").fill("欧阳不是");
  await page.getByLabel("证件号码").fill(owner.documentNo);
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByText("姓名或证件号与登记的业主不一致，不能受理").first().waitFor();
  expect(await page.getByLabel("业主姓名").inputValue()).toBe("欧阳不是");
  expect(await page.getByLabel("证件号码").inputValue()).toBe("");
  await look();
  await page.getByLabel("业主姓名").fill(owner.name);
  await page.getByLabel("证件号码").fill(owner.documentNo);
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("heading", { name: "选择退款原因" }).waitFor();
}

/** Whoever sells his house is told where the money goes, and is sent back to the reasons. */
async function seeSaleExplained({ page, look }: Journey): Promise<void> {
  await look();
  await page.getByRole("radio", { name: /^卖房/ }).check({ force: true });
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("heading", { name: "卖房不退维修资金" }).waitFor();
  expect(await wordsOf(page.getByRole("main"))).toContain("随房屋所有权同时过户");
  await look();
  await page.getByRole("link", { name: "选择别的原因" }).click();
}

/** Answers with the computed amount, which nobody can type. */
async function chooseReason({ page, look }: Journey, code: Walk["reason"]): Promise<string> {
  const { title } = REASONS[code];
  await page.getByRole("radio", { name: new RegExp(`^${title}`) }).check({ force: true });
  await page.getByRole("button", { name: "下一步" }).click();
  await page.getByRole("heading", { name: "补充退款信息" }).waitFor();
  if (code === "R04") {
    await look();
    await page.getByRole("button", { name: "计算应退金额" }).click();
    await page.getByText("请选择一笔交款").first().waitFor();
    await page.getByRole("radio", { name: /元/ }).check({ force: true });
    await page.getByRole("button", { name: "计算应退金额" }).click();
  }
  const words = await wordsOf(page.getByRole("main"));
  const amount = /应退金额 ?¥? ?([0-9,]+\.[0-9]{2})/.exec(words)?.[1];
  await look();
  return amount ?? expect.fail(`no amount in ${words}`);
}

/** A file is on the page once it is stored; without script 上传 sends it. */
async function choose(page: Page, way: Way, label: string, seed: number): Promise<void> {
  const name = `照片${seed}.jpg`;
  const buffer = await jpegBytes(seed, { width: 320, height: 240 });
  await page
    .getByLabel(label, { exact: true })
    .setInputFiles({ name, mimeType: "image/jpeg", buffer });
  if (!way.javaScript) await page.getByRole("button", { name: "上传" }).click();
  await page.getByRole("link", { name, exact: true }).waitFor();
}

/** What is missing is said beside each field; what was typed and uploaded stays. */
async function handInIncomplete({ page, look, way }: Journey, walk: Walk): Promise<void> {
  const [first = ""] = REASONS[walk.reason].papers;
  await choose(page, way, first, 1);
  await page.getByLabel("收款人户名").fill(walk.house.owner.name);
  await page.getByLabel("收款账号").fill(CARDS.mistyped);
  await page.getByLabel("开户银行").fill("示例银行民生支行");
  await page.getByRole("button", { name: "提交", exact: true }).last().click();
  await page.getByText("处要改，改好再提交").waitFor();
  const words = await wordsOf(page.getByRole("main"));
  for (const sentence of ["请填写手机号码", "请勾选，确认填写的内容和上传的要件属实"]) {
    expect(words).toContain(sentence);
  }
  expect(await page.getByLabel("收款人户名").inputValue()).toBe(walk.house.owner.name);
  expect(await page.getByLabel("收款账号").inputValue()).toBe(CARDS.mistyped);
  expect(await page.getByRole("link", { name: "照片1.jpg", exact: true }).count()).toBe(1);
  await look();
}

/** The rest is uploaded and put right. Answers with the number. */
async function handIn({ page, look, way }: Journey, walk: Walk): Promise<string> {
  for (const [index, label] of REASONS[walk.reason].papers.entries()) {
    if (index > 0) await choose(page, way, label, index + 1);
  }
  await page.getByLabel("手机号码").fill("13800005678");
  await page.getByLabel(/^我确认/).check({ force: true });
  const submit = page.getByRole("button", { name: "提交", exact: true }).last();
  await submit.click();
  await page.getByText("账号可能有一位不对").first().waitFor();
  await page.getByLabel("收款账号").fill(CARDS.right);
  await (way.javaScript ? submit.dblclick() : submit.click());
  await page.getByRole("heading", { name: "提交成功" }).waitFor();
  await look();
  return /\/applications\/(\d{18})\?submitted=1$/.exec(page.url())?.[1] ?? expect.fail(page.url());
}

/** Reads the PDF behind a link of the open page. */
async function readSlip(page: Page, link: string): Promise<string> {
  const href = await page.getByRole("link", { name: link }).getAttribute("href");
  const answer = await page.context().request.get(href ?? "");
  expect(answer.status(), link).toBe(200);
  return (await readPdf(await answer.body())).text;
}

/** The 退款申请单 goes to the fund centre, so it shows nothing that a stranger may not read. */
async function printApplication({ page }: Journey, refund: Refund): Promise<void> {
  expect(await page.getByRole("link", { name: "打印退款支款单" }).count()).toBe(0);
  const text = await readSlip(page, "打印退款申请单");
  const { title, papers } = REASONS[refund.reason];
  const owner = refund.house.owner.name;
  for (const shown of ["退款申请单", refund.number, title, refund.amount, ...papers]) {
    expect(text, shown).toContain(shown);
  }
  expect(text).toContain("这张申请单不能到银行领款");
  for (const secret of [owner, CARDS.right, refund.house.owner.documentNo]) {
    expect(text).not.toContain(secret);
  }
}

/** Step 6: 受理, 退回补正, 补正, 受理, 审核 and 审批, by three people. */
async function review(
  citizen: Journey,
  refund: Refund,
  staff: NonNullable<Walk["staff"]>,
): Promise<void> {
  const atDesk = async (username: string) => {
    const desk = await startJourney(browser, refund.way, "/review/sign-in");
    await desk.look();
    await signInAtWorkbench(desk.page, username);
    return desk;
  };
  const intake = await atDesk("intake-demo");
  await accept(intake, refund, 1);
  const reviewer = await atDesk(staff.reviewer);
  await sendBack(reviewer, refund);
  await correct(citizen, refund);
  await accept(intake, refund, 2);
  await pass(reviewer, refund);
  await approve(await atDesk(staff.approver), refund);
}

async function openCase({ page, look }: Journey, { number }: Refund): Promise<void> {
  await page.goto("/review");
  await look();
  await page.getByRole("link", { name: groupNumber(number) }).click();
  await page.locator("h1", { hasText: groupNumber(number) }).waitFor();
}

async function accept(desk: Journey, refund: Refund, round: number): Promise<void> {
  const { page, look } = desk;
  await openCase(desk, refund);
  const words = await wordsOf(page.getByRole("main"));
  expect(words).toContain(`第 ${round} 次`);
  expect(words).toContain(`${refund.amount} 元`);
  expect(words).not.toContain(refund.house.owner.name);
  await seeDocuments(page, REASONS[refund.reason].papers.length);
  await look();
  await page.getByRole("button", { name: "受理", exact: true }).click();
  await page.getByText("请核对后打勾").first().waitFor();
  await tickChecklist(page);
  await page.getByRole("button", { name: "受理", exact: true }).click();
  await page.getByText("已办好").first().waitFor();
  await look();
}

/** Every paper is opened beside the form, as a picture that the browser could draw. */
async function seeDocuments(page: Page, count: number): Promise<void> {
  const viewer = page.getByRole("region", { name: "要件" });
  const strip = viewer.getByRole("navigation", { name: "选择要件" }).getByRole("button");
  expect(await strip.count()).toBe(count);
  for (let n = 0; n < count; n += 1) {
    await strip.nth(n).click();
    await page.waitForLoadState();
    const width = () =>
      viewer.getByRole("img").evaluate((picture) => (picture as HTMLImageElement).naturalWidth);
    await expect.poll(width, { timeout: 10_000 }).toBeGreaterThan(0);
  }
  expect(await wordsOf(viewer)).not.toContain("未看");
}

const CORRECTION = "收款账户证明与填写的账号不一致，请核对";

async function sendBack(desk: Journey, refund: Refund): Promise<void> {
  const { page, look } = desk;
  await openCase(desk, refund);
  await page.getByRole("button", { name: "退回补正" }).click();
  await page.getByText("“退回补正”要写明意见").first().waitFor();
  await look();
  await page.locator("#field-opinion").fill(CORRECTION);
  await page.getByRole("button", { name: "退回补正" }).click();
  await page.getByText("已办好").first().waitFor();
}

/** The applicant reads why, puts it right and keeps the number. */
async function correct({ page, look }: Journey, { number }: Refund): Promise<void> {
  await page.goto(`/applications/${number}`);
  expect(await wordsOf(page.getByRole("main"))).toContain(CORRECTION);
  await look();
  await page.getByRole("link", { name: "补正", exact: true }).click();
  await page.getByRole("heading", { name: "补正退款申请" }).waitFor();
  expect(await page.getByLabel("收款账号").inputValue()).toBe(CARDS.right);
  expect(await page.getByRole("link", { name: "照片1.jpg", exact: true }).count()).toBe(1);
  await look();
  await page.getByLabel("开户银行").fill("示例银行样板支行");
  await page.getByLabel(/^我确认/).check({ force: true });
  await page.getByRole("button", { name: "提交", exact: true }).last().click();
  await page.getByRole("heading", { name: "提交成功" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/applications/${number}`);
}

/** The reviewer agrees, and that is all he can do: the approval is another person's. */
async function pass(desk: Journey, refund: Refund): Promise<void> {
  const { page, look } = desk;
  await openCase(desk, refund);
  await tickChecklist(page);
  await page.getByRole("button", { name: "审核通过" }).click();
  await page.getByText("已办好").first().waitFor();
  expect(await page.getByRole("button", { name: "批准并开具支款单" }).count()).toBe(0);
  expect(await wordsOf(page.getByRole("main"))).toContain("这一步由别的岗位办理");
  await look();
  const form = { decision: "approve", state: "reviewed", "check-review-agreed": "yes" };
  const address = `/review/applications/${refund.number}/decide`;
  const answer = await page.context().request.post(address, { form });
  expect(answer.status()).toBe(403);
}

/** The approval reserves the money; the desk can print the voucher for whoever stands at the counter. */
async function approve(desk: Journey, refund: Refund): Promise<void> {
  const { page, look } = desk;
  await openCase(desk, refund);
  await tickChecklist(page);
  await page.getByRole("button", { name: "批准并开具支款单" }).click();
  await page.getByText("已办好").first().waitFor();
  await look();
  const text = await readSlip(page, "打印退款支款单");
  expect(text).toContain("退款支款单");
  expect(text).toContain(refund.amount);
}

interface Voucher {
  number: string;
  code: string;
}

/** Step 6, 打印退款支款单: what the bank pays by. */
async function printVoucher({ page, look }: Journey, refund: Refund): Promise<Voucher> {
  await page.goto(`/applications/${refund.number}`);
  expect(await wordsOf(page.getByRole("main"))).toContain("银行只凭退款支款单付款");
  await look();
  const text = await readSlip(page, "打印退款支款单");
  for (const shown of [refund.number, refund.amount, refund.house.owner.name, CARDS.right]) {
    expect(text, shown).toContain(shown);
  }
  expect(text).toContain("示例银行样板支行");
  const number = /支款单号(\d{18})/.exec(text)?.[1] ?? expect.fail(`no number in ${text}`);
  const code = /授权码(\d{8})/.exec(text)?.[1] ?? expect.fail(`no code in ${text}`);
  return { number, code };
}

/** Step 7: the bank pays once, however often it is told. */
async function payAtBank({ way }: Journey, refund: Refund, voucher: Voucher): Promise<void> {
  const desk = await startJourney(browser, way, "/bank/sign-in");
  const { page, look } = desk;
  await signInAtDesk(page, "teller-demo");
  await query(page, refund.number);
  expect(await page.getByRole("button", { name: /确认付款/ }).count()).toBe(0);
  await query(page, voucher.number);
  const words = await wordsOf(page.getByRole("main"));
  for (const shown of [refund.amount, refund.house.owner.name, groupNumber(CARDS.right)]) {
    expect(words).toContain(shown);
  }
  await look();
  const bankRef = `TK${randomInt(1e9)}`;
  const pay = page.getByRole("button", { name: `确认付款 ¥${refund.amount}` });
  await page.getByLabel("授权码").fill(voucher.code === "00000000" ? "11111111" : "00000000");
  await page.getByLabel("银行流水号").fill(bankRef);
  await pay.click();
  await page.getByText("授权码不对").first().waitFor();
  await look();
  const valueDate = await page.locator('[name="valueDate"]').inputValue();
  await page.getByLabel("授权码").fill(voucher.code);
  await (way.javaScript ? pay.dblclick() : pay.click());
  await page.getByText(`已付款 ¥${refund.amount}`).waitFor();
  await look();
  await payAgain(page, refund, { ...voucher, bankRef, valueDate });
}

async function query(page: Page, number: string): Promise<void> {
  await page.goto("/bank");
  await page.getByLabel("通知单编号").fill(number);
  await page.getByRole("button", { name: "查询" }).click();
  await page.waitForLoadState();
}

/** The same payment sent again is the one that is booked; another one is refused. */
async function payAgain(
  page: Page,
  { amount }: Refund,
  paid: Voucher & { bankRef: string; valueDate: string },
): Promise<void> {
  const address = `/bank/vouchers/${paid.number}`;
  const post = (bankRef: string) =>
    page.context().request.post(`${address}/pay`, {
      form: { code: paid.code, bankRef, valueDate: paid.valueDate, amountSeen: amount },
    });
  expect((await post(paid.bankRef)).url()).toContain("done=paid");
  expect((await post(`${paid.bankRef}9`)).status()).toBe(409);
  await query(page, paid.number);
  const words = await wordsOf(page.getByRole("main"));
  expect(words).toContain("这张支款单已付款");
  expect(words).toContain(`****${CARD_END}`);
  expect(words).not.toContain(`${paid.bankRef}9`);
}

/** The same citizen afterwards: 已办结, and the money with its reason in 查看明细. */
async function seeSettled({ page, look }: Journey, refund: Refund): Promise<void> {
  await page.goto(`/status?number=${refund.number}`);
  await page.getByText("已办结", { exact: true }).first().waitFor();
  await look();
  await page.getByRole("link", { name: "查看明细" }).first().click();
  await page.waitForURL(new RegExp(`/fund/${refund.houseCode}`));
  const rows = await page.getByRole("row").filter({ hasText: "退款" }).all();
  expect(rows).toHaveLength(1);
  const line = await wordsOf(page.getByRole("row").filter({ hasText: "退款" }));
  expect(line).toContain(`−${refund.amount}`);
  const words = await wordsOf(page.getByRole("main"));
  if (refund.reason === "R01") expect(words).toMatch(/当前余额（截至 [0-9-]+） ?¥? ?0\.00/);
  await look();
}
