import { afterAll, expect, test } from "vitest";
import { createPrinter } from "#src/platform/pdf/printer.ts";
import { type ReadPdf, readPdf } from "#tests/support/pdf-text.ts";
import { type PaymentNoticeSlipData, renderPaymentNotice } from "./payment-notice-slip.ts";

const printer = createPrinter();
const createdAt = new Date("2026-11-23T02:43:00Z");
const notice: PaymentNoticeSlipData = {
  authority: "示例市物业专项维修资金管理中心",
  number: "112611230482719537",
  numberGroups: "1126 1123 0482 7195 37",
  expires: "2026-12-08",
  address: "示例花园 12幢 3单元 502",
  houseCode: "SL0126-12-3-0502",
  payer: "张**",
  payerDocument: "尾号 002X",
  payerPhone: "138****5678",
  area: "98.76 ㎡（实测）",
  standard: "120.00 元/㎡",
  depositKind: "首次交款",
  amountYuan: "11,851.20",
  amountCapitals: "人民币壹万壹仟捌佰伍拾壹元贰角整",
  accountName: "示例市物业专项维修资金专户",
  accountBranch: "示例银行民生支行",
  accountNumber: "9901 0100 0000 0001 268",
  payAt: "示例银行任一网点",
  channel: "公众服务平台自助",
  printedAt: "2026-11-23 10:43",
  printCount: 2,
  statusUrl: "https://fund.example.invalid/applications/112611230482719537?code=7K3M9QXA2VTB",
  mark: { codeGroups: "7K3M-9QXA-2VTB", verifyPlace: "fund.example.invalid/verify" },
};
const TEXT_FIELDS = (Object.keys(notice) as (keyof PaymentNoticeSlipData)[]).filter(
  (field) =>
    !["number", "printCount", "statusUrl", "mark", "payAt", "amountCapitals"].includes(field),
);

async function printed(change: Partial<PaymentNoticeSlipData> = {}): Promise<ReadPdf> {
  return await readPdf(await renderPaymentNotice(printer, { ...notice, ...change }, createdAt));
}

function count(text: string, part: string): number {
  return text.split(part.replaceAll(" ", "")).length - 1;
}

afterAll(() => printer.close());

test("every fact of the notice stands on each of the three copies of one page", async () => {
  const { pages, text, title, language } = await printed();
  expect(pages).toBe(1);
  for (const field of TEXT_FIELDS) {
    expect(count(text, String(notice[field])), field).toBeGreaterThanOrEqual(3);
  }
  expect(count(text, notice.amountCapitals)).toBe(3);
  expect(count(text, "第2次")).toBe(3);
  expect(count(text, "防伪码7K3M-9QXA-2VTB")).toBe(3);
  expect(count(text, "fund.example.invalid/verify")).toBe(3);
  for (const copy of ["客户联", "银行联", "留存联"]) expect(count(text, copy)).toBe(1);
  expect(title).toBe("物业专项维修资金交款通知单 1126 1123 0482 7195 37");
  expect(language).toBe("zh-CN");
});

test("the customer's copy says where and by when to pay, the bank's what not to change", async () => {
  const { text } = await printed();
  expect(text).toContain("请在有效期内（含当天）到示例银行任一网点交款，带身份证。");
  expect(text).toContain("柜员请扫码查询后收款，金额不得更改。");
  expect(text).not.toContain("作废，请不要");
});

test("the prefix 人民币 is printed once, whether the caller gave it or not", async () => {
  const { text } = await printed({ amountCapitals: "壹佰元整" });
  expect(count(text, "人民币壹佰元整")).toBe(3);
});

test.each(["已作废", "已过期", "已交款"] as const)(
  "a notice that is %s says so across every copy, and its figures stay readable",
  async (overprint) => {
    const { text, pages } = await printed({ overprint });
    expect(pages).toBe(1);
    expect(count(text, overprint)).toBeGreaterThanOrEqual(3);
    expect(count(text, "11,851.20")).toBe(3);
    expect(text).not.toContain("带身份证");
  },
);

test("an address of 120 characters is wrapped in full on one page", async () => {
  const road = "示例市示例新区滨江街道东风社区人民北路与解放东路交叉口西南角".repeat(4);
  const address = `${road.slice(0, 110)}12幢3单元502室`;
  expect([...address]).toHaveLength(120);
  const { text, pages } = await printed({ address });
  expect(pages).toBe(1);
  expect(count(text, address)).toBe(3);
});

test("the longest names, codes and amount together still make one page", async () => {
  const { text, pages } = await printed({
    address: "示例市示例新区滨江街道东风社区人民北路".repeat(6),
    payer: "示例市滨江新区城市建设综合开发投资集团房地产置业发展有限责任公司第二分公司",
    houseCode: "SL0126-ABCDEFGHIJKLMNOPQRSTUVWXYZ-120502",
    accountName: "示例市住房和城乡建设局物业专项维修资金管理中心商品住宅代管专用存款账户一",
    accountBranch: "示例银行股份有限公司示例市分行滨江新区民生支行营业部",
    amountYuan: "9,000,000,000,000.00",
    amountCapitals: "人民币玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
  });
  expect(pages).toBe(1);
  expect(count(text, "SL0126-ABCDEFGHIJKLMNOPQRSTUVWXYZ-120502")).toBe(3);
  expect(count(text, "房地产置业发展有限责任公司第二分公司")).toBe(3);
  expect(count(text, "9,000,000,000,000.00")).toBe(3);
});

test("ten thousand characters in one field are cut with an ellipsis instead of breaking the page", async () => {
  const { text, pages } = await printed({
    address: "长".repeat(10_000),
    payer: "A".repeat(10_000),
  });
  expect(pages).toBe(1);
  expect(text).toMatch(/长{50,}…/);
  expect(text).toMatch(/A{20,}…/);
  expect(count(text, "留存联")).toBe(1);
});

test("a name that looks like markup or code is printed as typed", async () => {
  const payer = '#eval("1+1")]"#{}$*';
  expect(count((await printed({ payer })).text, payer)).toBe(3);
});

test("a payer whose surname has no glyph still gets a notice", async () => {
  expect(count((await printed({ payer: "𠮷**" })).text, "〔U+20BB7〕**")).toBe(3);
});

test("a bar code is only made of the number's digits", async () => {
  await expect(printed({ number: "1126-1123" })).rejects.toThrow(RangeError);
});
