import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { supportingDocumentsRoutes } from "#src/business/supporting-documents/routes.ts";
import { expectNoAxeFindings, openBrowser, type TestBrowser } from "../support/browser.ts";
import { buildCity, type TestCity } from "../support/builders.ts";
import { buildUploads, type TestUploads } from "../support/document-builders.ts";
import { jpegBytes, pdfBytes } from "../support/document-files.ts";
import { documentsPage } from "../support/documents-page.tsx";
import { type ServedRoutes, serveRoutes } from "../support/served-routes.ts";
import { type TestDatabase, testDatabase } from "../support/test-database.ts";

let database: TestDatabase;
let city: TestCity;
let uploads: TestUploads;
let site: ServedRoutes;
let browser: TestBrowser;
beforeAll(async () => {
  database = await testDatabase();
  city = await buildCity(database);
  uploads = await buildUploads();
  const deps = { ...city, uploads, limit: async () => {} };
  site = await serveRoutes([...documentsPage(deps), ...supportingDocumentsRoutes(deps)]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await uploads?.close();
  await database.drop();
});

const WAYS = [
  { javaScript: true, width: 1280 },
  { javaScript: true, width: 390 },
  { javaScript: false, width: 1280 },
  { javaScript: false, width: 390 },
] as const;
const photo = async (seed: number, name: string) => ({
  name,
  mimeType: "image/jpeg",
  buffer: await jpegBytes(seed, { width: 1_200, height: 900 }),
});
const contract = () => ({ name: "购房合同.pdf", mimeType: "application/pdf", buffer: pdfBytes() });
const broken = { name: "坏的.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<html>") };

describe.each(WAYS)("documents with script $javaScript at $width px", (way) => {
  test("are uploaded, kept through a refusal, removed and handed in", {
    timeout: 90_000,
  }, async () => {
    const { page, complaints } = await browser.newPage({ ...way, baseUrl: site.url });
    page.setDefaultTimeout(15_000);
    await page.goto("/paper");
    await expectNoAxeFindings(page);
    const send = async () => {
      if (!way.javaScript) await page.getByRole("button", { name: "上传", exact: true }).click();
    };
    const line = (name: string) => page.getByRole("listitem").filter({ hasText: name });
    await page.getByLabel("收款户名").fill("王示范");
    await page
      .getByLabel("身份证")
      .setInputFiles([await photo(1, "正面.jpg"), await photo(2, "反面.jpg")]);
    await send();
    await line("反面.jpg").getByText("KB").waitFor();
    expect(await page.getByLabel("收款户名").inputValue()).toBe("王示范");

    await page.getByLabel("购房合同").setInputFiles([broken]);
    await send();
    await page.locator("p.error").filter({ hasText: "“坏的.jpg”：" }).waitFor();
    await page.getByLabel("身份证").setInputFiles([await photo(1, "又是正面.jpg")]);
    await send();
    await page.getByText("“又是正面.jpg”：已经上传过了，只保留一份").first().waitFor();

    await page.getByLabel("收款户名").fill("");
    await page.getByRole("button", { name: "提交" }).click();
    await page.getByRole("link", { name: "请上传购房合同" }).waitFor();
    await expectNoAxeFindings(page);
    expect(await line("正面.jpg").count()).toBe(1);
    await page.screenshot({
      path: `test-results/documents-${way.javaScript ? "script" : "plain"}-${way.width}.png`,
      fullPage: true,
    });

    await page.getByRole("button", { name: "删除 反面.jpg" }).click();
    await line("反面.jpg").waitFor({ state: "detached" });
    await page.getByLabel("收款户名").fill("王示范");
    await page.getByLabel("购房合同").setInputFiles([contract()]);
    if (way.javaScript) await line("购房合同.pdf").getByText("1 页").waitFor();
    await page.getByRole("button", { name: "提交" }).click();
    await page.getByRole("heading", { name: "已提交" }).waitFor();
    expect(await line("购房合同.pdf").getByText("1 页").count()).toBe(1);
    const answered = complaints.filter((one) => !/422/.test(one));
    expect(answered).toEqual([]);
    complaints.length = 0;
  });

  test("Enter in a text field hands the form in and removes nothing", {
    timeout: 60_000,
  }, async () => {
    const { page, complaints } = await browser.newPage({ ...way, baseUrl: site.url });
    await page.goto("/paper");
    await page.getByLabel("身份证").setInputFiles([await photo(3, "正面.jpg")]);
    if (way.javaScript) await page.getByText("KB").waitFor();
    await page.getByLabel("收款户名").press("Enter");
    await page.getByRole("link", { name: "请填写收款户名" }).waitFor();
    expect(await page.getByRole("listitem").filter({ hasText: "正面.jpg" }).count()).toBe(1);
    complaints.length = 0;
  });
});

test("a broken line is told beside the field, and the file can be chosen again", {
  timeout: 60_000,
}, async () => {
  const { page, complaints } = await browser.newPage({ ...WAYS[0], baseUrl: site.url });
  await page.goto("/paper");
  await page.route("**/documents", (route) => route.abort());
  await page.getByLabel("身份证").setInputFiles([await photo(4, "正面.jpg")]);
  await page.locator("p.error").filter({ hasText: "没有传上去" }).waitFor();
  await page.unroute("**/documents");
  await page.getByLabel("身份证").setInputFiles([await photo(4, "正面.jpg")]);
  await page.getByRole("listitem").filter({ hasText: "KB" }).waitFor();
  expect(await page.locator("p.error").count()).toBe(0);
  complaints.length = 0;
});
