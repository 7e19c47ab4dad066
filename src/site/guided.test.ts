import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BlankForm, paperList } from "#src/applications/blank-forms/blank-form.ts";
import { printBlankForm } from "#src/applications/blank-forms/print-blank-form.ts";
import { buildGuides } from "#src/business/guides/build-guides.ts";
import { registrationBlankForms } from "#src/business/institution-registration/blank-forms.tsx";
import { ALL_REGISTRATIONS } from "#src/business/institution-registration/descriptor.ts";
import { refundBlankForms } from "#src/business/owner-refund/blank-forms.tsx";
import { REFUND_REASONS } from "#src/business/owner-refund/reasons.ts";
import { unrecordedBlankForms } from "#src/business/unrecorded-deposit/blank-forms.tsx";
import { createPrinter, type Printer } from "#src/platform/pdf/printer.ts";
import { DECREE_165 } from "#src/register/law/laws.ts";
import { siteDescriptors, siteRoutes } from "#src/site.ts";
import type { SiteParts } from "#src/site-parts.ts";
import { readPdf } from "#tests/support/pdf-text.ts";
import { listBlankForms } from "./blank-forms.ts";
import { siteGuided } from "./guided.ts";

const FRAME = { fundCentreName: "示例中心", isDemo: true };
const SETTINGS = {
  ...{ "top-up-trigger-percent": 30, "top-up-target-percent": 50, "lock-lease-minutes": 15 },
  ...{ "notice-validity-days": 15, "voucher-validity-days": 30 },
  "service-hours": [] as [string, string][],
};

const forms = listBlankForms();
const guidesWhere = (isSmsAvailable: boolean) =>
  buildGuides({
    ...siteGuided({ config: { fundCentreName: "示例中心" }, isSmsAvailable }),
    settings: SETTINGS,
  });
const guides = guidesWhere(true);

function form(code: string, among: readonly BlankForm[] = forms): BlankForm {
  const found = among.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no form ${code}`);
  return found;
}

const labels = ({ sections = [] }: BlankForm) =>
  sections.flatMap(({ fields }) => fields.map(({ label }) => label));
const papers = ({ papers: groups = [] }: BlankForm) =>
  groups.flatMap(({ rules }) => rules.map(({ title }) => title));

describe("blank forms", () => {
  test("ask on paper what the forms on the screen ask", () => {
    expect(labels(form("owner-refund-application"))).toEqual([
      ...["坐落", "房屋编号", "业主姓名", "证件号码", "退款原因"],
      ...["实测建筑面积", "重复的是哪一笔", "交错的是哪一笔", "退款金额"],
      ...["收款人户名", "收款账号", "开户银行", "手机号码", "情况说明"],
    ]);
    const unrecorded = labels(form("unrecorded-deposit-application"));
    expect(unrecorded).toContain("购房总价");
    expect(unrecorded).toContain("业主姓名（第 2 位业主）");
    expect(unrecorded).not.toContain("业主姓名（第 3 位业主）");
    expect(labels(form("property-company-registration-application"))).toEqual(
      expect.arrayContaining([
        "统一社会信用代码",
        "联系人手机",
        "小区名称",
        "合同编号",
        "服务类型",
      ]),
    );
    for (const { code } of forms) expect(labels(form(code))).not.toContain("密码");
  });

  test("list the papers of every reason and of every registration", () => {
    for (const reason of REFUND_REASONS) {
      const code = `owner-refund-${reason.code.toLowerCase()}-papers`;
      expect(papers(form(code))).toEqual([
        ...reason.documents.map(({ title }) => title),
        "其他共有人同意书",
      ]);
    }
    for (const { kind, documents } of ALL_REGISTRATIONS) {
      const titles = documents.map(({ title }) => title);
      expect(papers(form(`${kind}-papers`))).toEqual(titles);
      expect(papers(form(`${kind}-application`))).toEqual(titles);
    }
  });

  test("change with the descriptor that they are made from", () => {
    const rule = { code: "new-paper", title: "新的材料", isRequired: true, max: 1 };
    const [first, ...rest] = REFUND_REASONS;
    if (first === undefined) throw new Error("no reason");
    const changed = { ...first, title: "新的原因", documents: [...first.documents, rule] };
    const refund = refundBlankForms([changed, ...rest]);
    expect(papers(form("owner-refund-r01-papers", refund))).toContain("新的材料");
    const reasons = form("owner-refund-application", refund).sections?.[2]?.fields[0];
    expect(reasons?.options[0]).toBe("新的原因");
    const unrecorded = form("unrecorded-deposit-application", unrecordedBlankForms([rule]));
    expect(papers(unrecorded)).toEqual(["新的材料"]);
    const [developer] = ALL_REGISTRATIONS;
    if (developer === undefined) throw new Error("no registration");
    const renamed = registrationBlankForms([{ ...developer, legalPersonTitle: "董事长" }]);
    expect(labels(form("developer-registration-application", renamed))).toContain("董事长");
  });

  test("have names of their own", () => {
    expect(new Set(forms.map(({ code }) => code)).size).toBe(forms.length);
    expect(new Set(forms.map(({ title }) => title)).size).toBe(forms.length);
  });
});

describe("printed", () => {
  let printer: Printer;
  beforeAll(() => {
    printer = createPrinter();
  });
  afterAll(() => printer.close());

  test("every form says all of its words, in the same bytes each time", async () => {
    for (const one of forms) {
      const pdf = await printBlankForm(printer, one, FRAME);
      const { text, title } = await readPdf(pdf);
      expect(title).toBe(one.title);
      for (const words of [one.title, ...labels(one), ...papers(one)]) {
        expect(text, one.code).toContain(words.replaceAll(/\s/g, ""));
      }
      expect(Buffer.compare(pdf, await printBlankForm(printer, one, FRAME))).toBe(0);
    }
  }, 60_000);

  test("a changed paper gives other bytes", async () => {
    const list = (title: string) =>
      paperList("x", "某事", [{ code: "p", title, isRequired: true, max: 1 }], { lead: "说明。" });
    const [before, after] = [
      await printBlankForm(printer, list("身份证"), FRAME),
      await printBlankForm(printer, list("护照"), FRAME),
    ];
    expect(Buffer.compare(before, after)).not.toBe(0);
  });
});

describe("guides", () => {
  test("show the papers and the promised days of the businesses themselves", () => {
    const refund = guides.find(({ slug }) => slug === "owner-refund");
    expect(refund?.time).toContain(
      "受理 2 个工作日、审核 2 个工作日、审批 1 个工作日，共 5 个工作日",
    );
    expect(refund?.papers?.slice(0, -1).map(({ rules }) => rules)).toEqual(
      REFUND_REASONS.map(({ documents }) => documents),
    );
    for (const { kind, documents } of ALL_REGISTRATIONS) {
      expect(guides.find(({ slug }) => slug === kind)?.papers?.[0]?.rules).toBe(documents);
    }
  });

  test("promise a text message where one can be sent, and none elsewhere", () => {
    const promises = (guide: object) => JSON.stringify(guide).match(/[^。；，"]*短信[^。；，"]*/g);
    const promised = guides.flatMap((guide) => promises(guide) ?? []);
    expect(promised).toEqual(expect.arrayContaining(["结果用短信告诉联系人", "也在给您的短信里"]));
    const elsewhere = guidesWhere(false);
    expect(new Set(elsewhere.flatMap((guide) => promises(guide) ?? []))).toEqual(
      new Set(["本站还没有接通短信"]),
    );
    const signIn = elsewhere.find(({ slug }) => slug === "owner-sign-in");
    expect(signIn?.questions.map(({ answer }) => answer).join()).not.toContain("先用手机动态密码");
  });

  test("each name an article that every city has, or say that there is none", () => {
    for (const { slug, laws, noLaw } of guides) {
      const hasArticle = laws.some(
        (law) => law.slug === DECREE_165.slug && law.articles.length > 0,
      );
      expect(hasArticle, slug).toBe(noLaw === undefined);
      if (noLaw !== undefined) expect(noLaw).toMatch(/^没有专门的条文；/);
    }
  });

  test("say of 过户更名 only what the platform does: nothing of it online", () => {
    const transfer = guides.find(({ slug }) => slug === "title-transfer");
    expect(transfer?.audiences).toEqual(["owner"]);
    expect(transfer?.laws).toContainEqual({ slug: "decree-165", articles: [28] });
    const words = JSON.stringify(transfer);
    for (const paper of ["维修资金过户的协议", "不动产权证", "身份证"])
      expect(words).toContain(paper);
    expect(words).toContain("网上不能申请更名");
  });

  test("lead to pages, forms and articles that are there", () => {
    const parts = {
      config: { disclosurePolicy: "open", fundCentreName: "" },
    } as unknown as SiteParts;
    const served = siteRoutes(parts, siteDescriptors(parts)).map(({ path }) => path);
    const paths = new Set(served.filter((path) => !path.includes(":")));
    const slugs = new Set(guides.map(({ slug }) => `/guides/${slug}`));
    const codes = new Set(forms.map(({ code }) => code));
    for (const guide of guides) {
      const links = [...guide.questions, ...(guide.sections ?? [])].flatMap(({ link }) =>
        link ? [link.href] : [],
      );
      for (const href of [guide.act.href, ...links]) {
        const [path = "", anchor] = href.split("#");
        const isThere = paths.has(path) || slugs.has(path) || path === "/policies/decree-165";
        expect(isThere, `${guide.slug}: ${href}`).toBe(true);
        if (anchor !== undefined) expect(anchor).toMatch(/^article-([1-9]|[1-3]\d|4[0-4])$/);
      }
      for (const { formCode } of guide.papers ?? []) {
        expect(codes.has(formCode ?? ""), `${guide.slug}: ${formCode}`).toBe(true);
      }
      const decree = guide.laws.filter(({ slug }) => slug === DECREE_165.slug);
      expect(decree.flatMap(({ articles }) => articles).every((n) => n <= 44)).toBe(true);
      expect(guide.steps.length).toBeGreaterThan(1);
      expect(guide.questions.length).toBeGreaterThan(0);
    }
  });
});
