import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { creditCodeCheckCharacter } from "#src/kernel/credit-code.ts";
import { openBrowser, type TestBrowser } from "../support/browser.ts";
import { jpegBytes } from "../support/document-files.ts";
import { type Journey, startJourney, WAYS, type Way, wordsOf } from "../support/journey.ts";
import { newWebVisitor } from "../support/web-visitor.ts";
import { signInAtWorkbench, tickChecklist } from "../support/workbench.ts";

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

interface Walk {
  way: Way;
  /** Makes codes, names and user names that no other walk has. */
  n: number;
}

const WITH_SCRIPT: Walk = { way: WAYS[1], n: 1 };
const WITHOUT_SCRIPT: Walk = { way: WAYS[2], n: 2 };

/** Runs of the suite on one system must not meet each other's codes. */
const RUN = Date.now()
  .toString(36)
  .toUpperCase()
  .replace(/[IOSVZ]/g, "9")
  .slice(-5);

function codeOf(kind: string, n: number): string {
  const first17 = `91990101${kind}${RUN}${n.toString().padStart(3, "0")}`
    .slice(0, 17)
    .padEnd(17, "0");
  return first17 + creditCodeCheckCharacter(first17);
}

const usernameOf = (kind: string, n: number) => `yh${kind.toLowerCase()}${RUN.toLowerCase()}${n}`;

/** Steps one and two: home, 注册, the entry of the kind (manual, D1). */
async function openForm({ page, look }: Journey, entry: string): Promise<void> {
  await page.getByRole("link", { name: "注册", exact: true }).first().click();
  await page.getByRole("heading", { name: "注册", exact: true }).waitFor();
  for (const name of ["开发建设单位注册", "物业服务企业注册", "业主委员会注册"]) {
    expect(await page.getByRole("link", { name, exact: true }).count()).toBe(1);
  }
  expect(await wordsOf(page.getByRole("main"))).toContain("5 个工作日");
  await look();
  await page.getByRole("link", { name: entry, exact: true }).click();
  await page.getByRole("heading", { name: entry, level: 1 }).waitFor();
}

async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    await page.locator(`#field-${name}`).fill(value);
  }
}

const COMMON = {
  legalPerson: "钱示例",
  legalPersonDocumentNo: "110101198506155020",
  address: "示例路 8 号 3 楼",
  contactName: "孙示例",
} as const;

async function fillInstitution(
  page: Page,
  own: { institutionName: string; contactPhone: string } & Record<string, string>,
): Promise<void> {
  await fill(page, { ...COMMON, ...own });
  await page.getByLabel("所在区划").selectOption({ index: 1 });
}

/** 添加物业区域: search, 查询, 添加. What was typed above is still there afterwards. */
async function addEstate({ page, look }: Journey, name: string, typed: string): Promise<void> {
  await page.getByLabel("小区名称").fill(typed);
  await page.getByRole("button", { name: "查询" }).click();
  await page.getByText(/找到 \d+ 个物业区域/).waitFor();
  await look();
  await page.getByRole("button", { name: `添加 ${name}`, exact: true }).click();
  await page.getByRole("group", { name }).waitFor();
  expect(await page.locator("#field-legalPerson").inputValue()).toBe(COMMON.legalPerson);
}

/** A file is on the page once it is stored; without script 上传 or 提交 sends it. */
async function upload({ page, way }: Journey, labels: readonly string[]): Promise<void> {
  for (const [at, label] of labels.entries()) {
    const name = `${label}.jpg`;
    const buffer = await jpegBytes(at + 1);
    await page
      .getByRole("region", { name: "要件" })
      .getByLabel(label, { exact: true })
      .setInputFiles({ name, mimeType: "image/jpeg", buffer });
    if (way.javaScript) await page.getByRole("link", { name, exact: true }).waitFor();
  }
  if (!way.javaScript) {
    await page.getByRole("button", { name: "上传" }).click();
    for (const label of labels) {
      await page.getByRole("link", { name: `${label}.jpg`, exact: true }).waitFor();
    }
  }
}

interface OutboxRow {
  kind: string;
  to: string;
  code: string;
}

/** Looks into the outbox of the demonstration until the code is there. */
async function codeFromOutbox(isWanted: (row: OutboxRow) => boolean): Promise<string> {
  const visitor = newWebVisitor(inject("systemUrl"));
  const find = async () => {
    const rows = JSON.parse((await visitor.get("/demo/outbox.json")).text) as OutboxRow[];
    return rows.find(isWanted)?.code ?? "";
  };
  await expect.poll(find, { timeout: 15_000 }).not.toBe("");
  return await find();
}

/** The contact's phone is proven from within the form, which keeps what was typed. */
async function proveContact({ page, look }: Journey, phone: string): Promise<void> {
  const name = await page.locator("#field-institutionName").inputValue();
  await page.getByRole("button", { name: "获取验证码" }).click();
  await page.getByText("验证码已发送到").waitFor();
  expect(await page.locator("#field-institutionName").inputValue()).toBe(name);
  await look();
  const code = await codeFromOutbox((row) => row.to === phone && row.code !== "");
  await page.getByLabel("短信验证码").fill(code);
}

const PASSWORD = "Anquan-2026";

/** 提交 without 已阅读 is refused at the box; one kind tells it for the three, which have one form. */
async function forgetToAgree({ page, look }: Journey, username: string): Promise<void> {
  await fill(page, { username, password: PASSWORD, passwordAgain: PASSWORD });
  await page.getByRole("button", { name: "提交", exact: true }).last().click();
  await page.getByText("处要改，改好再提交").waitFor();
  expect(await page.getByText("同意的请勾选“我已阅读并同意”").count()).toBe(2);
  expect(await page.locator("#field-password").inputValue()).toBe("");
  expect(await page.locator("#field-username").inputValue()).toBe(username);
  await look();
}

/** Step four: the agreement is read and ticked, 提交. */
async function agreeAndSubmit({ page }: Journey, username: string): Promise<void> {
  const article = page.getByRole("heading", { name: "第四条 账号和密码" });
  // It stands open where 已阅读 was missing before.
  if (!(await article.isVisible())) await page.getByText("阅读《机构注册协议》全文").click();
  await article.waitFor();
  await fill(page, { username, password: PASSWORD, passwordAgain: PASSWORD });
  await page.getByRole("checkbox", { name: /已阅读/ }).check({ force: true });
  await page.getByRole("button", { name: "提交", exact: true }).last().click();
}

/** Step five: 注册成功 with number and 待审核 (manual, D4). */
async function seeRegistered({ page, look }: Journey): Promise<string> {
  await page.getByRole("heading", { name: "注册成功" }).waitFor();
  const words = await wordsOf(page.getByRole("main"));
  expect(words).toContain("待审核");
  expect(words).toContain("5 个工作日内短信告诉您结果");
  await look();
  return /\/register\/registered\/(\d{18})$/.exec(page.url())?.[1] ?? "";
}

describe("机构注册 1 开发建设单位注册", () => {
  test.each([WITH_SCRIPT, WITHOUT_SCRIPT])("$way.how", { timeout: 240_000 }, async ({ way, n }) => {
    const journey = await startJourney(browser, way);
    const { page } = journey;
    await openForm(journey, "开发建设单位注册");
    await page.getByRole("button", { name: "提交", exact: true }).last().click();
    await page.getByText("处要改，改好再提交").waitFor();
    await journey.look();
    const name = `示例第${n}置业有限公司`;
    const account = {
      accountName: name,
      accountBank: "示例银行民生支行",
      accountNo: "62220000010001",
    };
    const creditCode = codeOf("K", n);
    await fillInstitution(page, {
      institutionName: name,
      creditCode,
      contactPhone: `+86 138-0000-71${n}1`,
      ...account,
    });
    await proveContact(journey, `138000071${n}1`);
    await upload(journey, [
      ...[
        "营业执照",
        "法定代表人身份证",
        "经办人身份证",
        "授权委托书",
        "项目证明",
        "单位公章备案表",
      ],
    ]);
    await forgetToAgree(journey, usernameOf("K", n));
    await agreeAndSubmit(journey, usernameOf("K", n));
    const number = await seeRegistered(journey);
    expect(number).toMatch(/^51/);
    const slip = page.getByRole("link", { name: "打印注册申请单" });
    const pdf = await page.request.get((await slip.getAttribute("href")) ?? "");
    expect([pdf.status(), pdf.headers()["content-type"]]).toEqual([200, "application/pdf"]);
    await page.getByRole("link", { name: "查看办理进度" }).click();
    expect(await wordsOf(page.getByRole("main"))).toContain("等待审核");
    expect(await slip.count()).toBe(1);
    await journey.look();
  });
});

describe("机构注册 2 物业服务企业注册", () => {
  const ESTATES = ["枫林别墅", "九里香堤"] as const;

  test.each([WITH_SCRIPT, WITHOUT_SCRIPT])("$way.how", { timeout: 300_000 }, async ({ way, n }) => {
    const journey = await startJourney(browser, way);
    const { page, look } = journey;
    const estate = ESTATES[n - 1] ?? ESTATES[0];
    await openForm(journey, "物业服务企业注册");
    const name = `示例第${n}物业服务有限公司`;
    const creditCode = codeOf("W", n);
    await fillInstitution(page, {
      institutionName: name,
      creditCode,
      contactPhone: `138 0000 72${n}1`,
    });
    await proveContact(journey, `138000072${n}1`);
    await addEstate(journey, estate, estate);
    await fill(page, { estate1ContractNo: `示物字 ${RUN}`, estate1StartsOn: "2026-01-01" });
    await fill(page, { estate1EndsOn: "2025-01-01" });
    await page.getByRole("radio", { name: "业主大会选聘" }).check({ force: true });
    await upload(journey, [
      ...["营业执照", "法定代表人身份证", "经办人身份证", "授权委托书"],
      ...["物业服务合同", "合同备案证明", "项目负责人任命书"],
    ]);
    await fill(page, { username: usernameOf("W", n) });
    await page.getByRole("button", { name: "提交", exact: true }).last().click();
    await page.getByText("处要改，改好再提交").waitFor();
    expect(await page.getByText("截止日期 2025-01-01 早于开始日期 2026-01-01").count()).toBe(2);
    await fill(page, { estate1EndsOn: "2098-12-31" });
    await agreeAndSubmit(journey, usernameOf("W", n));
    const number = await seeRegistered(journey);
    expect(number).toMatch(/^52/);
    await sendBack(way, number);
    await page.goto(`/applications/${number}`);
    expect(await wordsOf(page.getByRole("main"))).toContain("合同编号或起止日期和合同不一致");
    await look();
    await page.getByRole("link", { name: "补正", exact: true }).click();
    await fill(page, { estate1ContractNo: `示物字 ${RUN} 改` });
    await look();
    await page.getByRole("button", { name: "提交", exact: true }).last().click();
    await page.getByText("补正后重新提交").waitFor();
    await approve(way, number);
    await page.goto(`/applications/${number}`);
    expect(await wordsOf(page.getByRole("main"))).toContain("已通过");
    await look();
  });

  /** The reviewer sends it back, in a browser of his own. */
  async function sendBack(way: Way, number: string): Promise<void> {
    const desk = await startJourney(browser, way, "/review/sign-in");
    await signInAtWorkbench(desk.page, "reviewer2-demo");
    await desk.page.goto(`/review/applications/${number}`);
    expect(await wordsOf(desk.page.getByRole("main"))).toContain("没有别的登记");
    await desk.look();
    await desk.page
      .getByRole("textbox", { name: "意见" })
      .fill("合同编号或起止日期和合同不一致，请照合同改正");
    await desk.page.getByRole("button", { name: "退回补正" }).click();
    await desk.page.waitForLoadState();
  }

  /** Two people decide in turn. */
  async function approve(way: Way, number: string): Promise<void> {
    for (const [username, button] of [
      ["reviewer2-demo", "审核通过"],
      ["approver2-demo", "批准注册"],
    ] as const) {
      const desk = await startJourney(browser, way, "/review/sign-in");
      await signInAtWorkbench(desk.page, username);
      await desk.page.goto(`/review/applications/${number}`);
      await tickChecklist(desk.page);
      await desk.page.getByRole("button", { name: button }).click();
      await desk.page.waitForLoadState();
    }
  }
});

describe("机构注册 3 业主委员会注册", () => {
  const ESTATES = ["三里汀小区", "四季云庭"] as const;

  test.each([WITH_SCRIPT, WITHOUT_SCRIPT])(
    "begun in one browser and continued in another, $way.how",
    { timeout: 240_000 },
    async ({ way, n }) => {
      const journey = await startJourney(browser, way);
      const { page } = journey;
      const estate = ESTATES[n - 1] ?? ESTATES[0];
      await openForm(journey, "业主委员会注册");
      const phone = `138000073${n}1`;
      const recordNo = `示街备〔2026〕${RUN}${n} 号`;
      await fillInstitution(page, {
        institutionName: `${estate}业主委员会`,
        recordNo,
        contactPhone: phone,
      });
      await page.getByRole("button", { name: "保存，以后再填" }).click();
      await page.getByRole("heading", { name: "已经保存，30 天内可以接着填" }).waitFor();
      await journey.look();
      const other = await continueElsewhere(way, phone);
      expect(await other.page.locator("#field-recordNo").inputValue()).toBe(recordNo);
      // The code that brought the form here has proven the phone as well.
      expect(await other.page.getByText("号码已验证").count()).toBe(1);
      await addEstate(other, estate, estate);
      expect(await other.page.getByLabel("小区名称").count()).toBe(0);
      await fill(other.page, { estate1StartsOn: "2026-01-01", estate1EndsOn: "2098-12-31" });
      await upload(other, [
        ...["业主委员会备案证明", "主任身份证", "业主大会决议或选举结果公示"],
        ...["印章备案证明", "经办人身份证", "授权委托书"],
      ]);
      await agreeAndSubmit(other, usernameOf("C", n));
      expect(await seeRegistered(other)).toMatch(/^53/);
    },
  );

  /** With a code to the contact's phone, as the demonstration's outbox shows it. */
  async function continueElsewhere(way: Way, phone: string): Promise<Journey> {
    const other = await startJourney(browser, way, "/register");
    const { page, look } = other;
    await page.getByRole("link", { name: "用联系人手机继续填写" }).click();
    await page.getByLabel("联系人手机").fill(phone);
    const id = await page.locator("input[name=captchaId]").inputValue();
    const sum = await codeFromOutbox((row) => row.kind === "captcha" && row.to === id);
    await page.getByLabel("验证码", { exact: true }).fill(sum);
    await look();
    await page.getByRole("button", { name: "获取短信验证码" }).click();
    await page.getByLabel("短信验证码").waitFor();
    await look();
    const code = await codeFromOutbox((row) => row.to === phone && row.code !== "");
    await page.getByLabel("短信验证码").fill(code);
    await page.getByRole("button", { name: "验证，接着填写" }).click();
    await page.getByRole("heading", { name: "找到了您没有提交的表单" }).waitFor();
    await look();
    await page.getByRole("link", { name: "接着填写" }).first().click();
    return other;
  }
});
