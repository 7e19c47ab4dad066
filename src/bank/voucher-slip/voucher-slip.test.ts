import { afterAll, expect, test } from "vitest";
import { createPrinter } from "#src/platform/pdf/printer.ts";
import { type ReadPdf, readPdf } from "#tests/support/pdf-text.ts";
import { renderVoucher, type VoucherSlipData } from "./voucher-slip.ts";

const printer = createPrinter();
const createdAt = new Date("2026-11-23T02:43:00Z");
const voucher: VoucherSlipData = {
  authority: "示例市物业专项维修资金管理中心",
  number: "712611230482719537",
  numberGroups: "7126 1123 0482 7195 37",
  applicationGroups: "3126 1123 0482 7195 37",
  expires: "2026-12-23",
  address: "示例花园 12幢 3单元 503",
  houseCode: "SL0126-12-3-0503",
  purpose: "退还物业专项维修资金（退房、合同解除或撤销备案）",
  originalNotice: "1126 1123 0482 7195 37",
  payeeName: "张样板",
  payeeAccount: "6222 0200 0000 0000 123",
  payeeBank: "示例商业银行股份有限公司示例市高新技术产业开发区支行营业部",
  payeeDocument: "尾号 5036",
  principalYuan: "11,851.20",
  interestYuan: "161.95",
  amountYuan: "12,013.15",
  amountCapitals: "人民币壹万贰仟零壹拾叁元壹角伍分",
  accountName: "示例市物业专项维修资金专户",
  accountBranch: "示例银行民生支行",
  accountNumber: "9901 0100 0000 0001 268",
  approvers: "受理 林演示；审核 何演示；审批 高演示",
  code: "12345678",
  payAt: "示例银行任一网点",
  printedAt: "2026-11-23 10:43",
  printCount: 1,
  statusUrl:
    "https://fund.example.invalid/applications/312611230482719537?code=7K3M9QXA2VTB&slip=712611230482719537#712611230482719537",
  mark: { codeGroups: "7K3M-9QXA-2VTB", verifyPlace: "fund.example.invalid/verify" },
};
const ON_BOTH_COPIES = [
  ...["authority", "numberGroups", "applicationGroups", "expires", "address", "houseCode"],
  ...["purpose", "originalNotice", "payeeName", "payeeAccount", "payeeBank", "payeeDocument"],
  ...["principalYuan", "interestYuan", "amountYuan", "amountCapitals"],
  ...["accountName", "accountBranch", "accountNumber", "approvers", "printedAt"],
] as (keyof VoucherSlipData)[];

async function printed(change: Partial<VoucherSlipData> = {}): Promise<ReadPdf> {
  return await readPdf(await renderVoucher(printer, { ...voucher, ...change }, createdAt));
}

function count(text: string, part: string): number {
  return text.split(part.replaceAll(" ", "")).length - 1;
}

afterAll(() => printer.close());

test("every fact of the voucher stands whole on both copies of one page", async () => {
  const { pages, text } = await printed();
  expect(pages).toBe(1);
  for (const field of ON_BOTH_COPIES) {
    expect(count(text, String(voucher[field])), field).toBeGreaterThanOrEqual(2);
  }
  expect(text).not.toContain("…");
});

test("the authorisation code stands on the bank's copy and not on the customer's", async () => {
  const { text } = await printed();
  expect(count(text, "1234 5678")).toBe(1);
  expect(text.indexOf("12345678")).toBeLessThan(text.indexOf("客户联"));
});

test.each(["已作废", "已过期", "已付款"] as const)(
  "a voucher that is %s tells the bank on both copies not to pay",
  async (overprint) => {
    const { text, pages } = await printed({ overprint });
    expect(pages).toBe(1);
    expect(count(text, overprint)).toBeGreaterThanOrEqual(2);
    expect(text).toContain("请不要");
    expect(text).not.toContain("输入授权码后付款");
  },
);

test("the longest names and amounts of the field still fit on one page", async () => {
  const { pages, text } = await printed({
    address: "示例花园三期（含商业配套及地下车库）东区甲组团 A12幢 3单元 地下一层 1203-1号车位",
    payeeName: "阿依夏木·买买提江·阿卜杜热合曼示例市远大置业开发有限责任公司",
    accountName: "示例市住房和城乡建设局物业专项维修资金管理中心（商品住宅维修资金专户）",
    accountBranch: "示例商业银行股份有限公司示例市民生大道支行",
    principalYuan: "9,999,999.99",
    interestYuan: "999,999.99",
  });
  expect(pages).toBe(1);
  expect(text).not.toContain("…");
  expect(count(text, "本金9,999,999.99元，利息999,999.99元")).toBe(2);
});
