import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listOffenders } from "../support/guard-control.ts";
import { readPage } from "../support/read-page.ts";
import {
  handIn,
  makeReviewedBusiness,
  recordReviewedBusiness,
} from "../support/reviewed-business.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import type { TestDatabase } from "../support/test-database.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

const business = makeReviewedBusiness();
const recordBusiness = ({ owner }: TestDatabase) => recordReviewedBusiness(owner);
const DOCUMENT = "11010119850315503X";

let site: ServedSite;
let reviewer: WebVisitor;
let reviewer2: WebVisitor;
let approver: WebVisitor;
let auditor: WebVisitor;

beforeAll(async () => {
  site = await serveSite({}, recordBusiness, [business.descriptor]);
  reviewer = await site.staff("reviewer-demo");
  reviewer2 = await site.staff("reviewer2-demo");
  approver = await site.staff("approver-demo");
  auditor = await site.staff("auditor-demo");
});
afterAll(() => site?.stop());
beforeEach(() => {
  business.seen = "1264000";
  business.refusal = null;
});

const at = (number: string) => `/review/applications/${number}`;
const TICKED = { "check-identity": "yes", "check-amount": "yes" };

/** The form of a case as a browser would send it back: hidden fields as shown, the rest as given. */
async function formOf(visitor: WebVisitor, number: string): Promise<Record<string, string>> {
  const { values } = readPage((await visitor.get(at(number))).text);
  return { state: values["state"] ?? "", seen: values["seen"] ?? "" };
}

function isChecked(answer: WebAnswer, id: string): boolean {
  const [tag = ""] = new RegExp(`<input[^>]*name="check-${id}"[^>]*>`).exec(answer.text) ?? [];
  return / checked/.test(tag);
}

function opinionIn({ text }: WebAnswer): string {
  return /<textarea[^>]*name="opinion"[^>]*>([^<]*)<\/textarea>/.exec(text)?.[1] ?? "";
}

describe("a decision at the desk", () => {
  test("goes on to the next person, and says what was done and what is next", async () => {
    const other = await handIn(site.city, business);
    const number = await handIn(site.city, business);
    const sent = { ...(await formOf(reviewer, number)), ...TICKED, decision: "approve" };
    const answer = await reviewer.post(`${at(number)}/decide`, sent);
    expect([answer.status, answer.headers.location]).toEqual([303, `${at(number)}?done=1`]);
    const shown = await reviewer.get(`${at(number)}?done=1`);
    const { text } = readPage(shown.text);
    expect(text).toContain("已办好 审核：通过 下一步：审批，由另一个人来办");
    expect(text).toContain("办下一件");
    expect(shown.text).toMatch(/href="\/review\/applications\/\d{18}"[^>]*>办下一件/);
    expect(readPage((await reviewer2.get(`${at(number)}?done=1`)).text).text).not.toContain(
      "已办好",
    );
    const decided = readPage((await reviewer.get("/review/decided")).text).text;
    expect(decided).toContain("审核：通过");
    expect(decided).toContain(number.replace(/(.{4})(?=.)/g, "$1 "));
    expect(readPage((await approver.get("/review")).text).text).toContain(
      number.replace(/(.{4})(?=.)/g, "$1 "),
    );
    expect(other).not.toBe(number);
  });

  test("on a stale page is answered 409 with what is new, and loses nothing typed", async () => {
    const number = await handIn(site.city, business);
    const form = await formOf(reviewer, number);
    business.seen = "1200000";
    const opinion = "看过要件，同意";
    const sent = { ...form, "check-identity": "yes", opinion, decision: "approve" };
    const answer = await reviewer.post(`${at(number)}/decide`, sent);
    expect(answer.status).toBe(409);
    const page = readPage(answer.text);
    expect(page.title).toMatch(/^出错：/);
    expect(page.summary).toEqual([]);
    expect(page.text).toContain("这笔业务的内容或金额有变化，决定没有记录");
    expect(page.values["seen"]).toBe("1200000");
    expect(opinionIn(answer)).toBe(opinion);
    expect([isChecked(answer, "identity"), isChecked(answer, "amount")]).toEqual([true, false]);
  });

  test("after somebody else's is answered 409 with who decided, and the typed opinion", async () => {
    const number = await handIn(site.city, business);
    const mine = await formOf(reviewer, number);
    const theirs = await formOf(reviewer2, number);
    const reject = { ...theirs, decision: "reject", opinion: "不符合第二十九条" };
    expect((await reviewer2.post(`${at(number)}/decide`, reject)).status).toBe(303);
    const sent = { ...mine, ...TICKED, opinion: "我看可以", decision: "approve" };
    const answer = await reviewer.post(`${at(number)}/decide`, sent);
    expect(answer.status).toBe(409);
    const { text } = readPage(answer.text);
    expect(text).toContain("这笔业务已经由审核员 吴审例办过（审核：不予受理），您的决定没有记录");
    expect(text).toContain("您刚才填的意见没有记录： 我看可以");
  });

  test("with something missing is answered 422, each sentence beside its field", async () => {
    const number = await handIn(site.city, business);
    const sent = { ...(await formOf(reviewer, number)), decision: "reject", basis: "二十九" };
    const answer = await reviewer.post(`${at(number)}/decide`, sent);
    expect(answer.status).toBe(422);
    const page = readPage(answer.text);
    expect(page.errors).toEqual({ opinion: "“不予受理”要写明意见，申请人会看到" });
    expect(page.summary).toEqual([
      { field: "opinion", sentence: "“不予受理”要写明意见，申请人会看到" },
    ]);
    expect(page.values["basis"]).toBe("二十九");
  });

  test("that no form of ours sends is answered 400, another role's 403", async () => {
    const number = await handIn(site.city, business);
    const form = await formOf(reviewer, number);
    const odd = await reviewer.post(`${at(number)}/decide`, { ...form, decision: "grant" });
    expect(odd.status).toBe(400);
    const sent = { ...form, ...TICKED, decision: "approve" };
    expect((await approver.post(`${at(number)}/decide`, sent)).status).toBe(403);
  });

  test("on one's own work is answered 409, whatever roles one has", async () => {
    const both = await site.staff("intake-demo");
    await giveRoles("intake-demo", ["reviewer", "approver"]);
    const number = await handIn(site.city, business);
    const sent = { ...(await formOf(both, number)), ...TICKED, decision: "approve" };
    expect((await both.post(`${at(number)}/decide`, sent)).status).toBe(303);
    const shown = readPage((await both.get(at(number))).text).text;
    expect(shown).toContain("您已经用别的岗位办过这笔业务，审批要由另一个人来办");
    const grant = { state: "to-approve", seen: "1264000", decision: "grant" };
    const answer = await both.post(`${at(number)}/decide`, grant);
    expect(answer.status).toBe(409);
    expect(readPage(answer.text).text).toContain("审批要由另一个人来办");
    expect((await approver.post(`${at(number)}/decide`, grant)).status).toBe(303);
  });
});

async function giveRoles(username: string, roles: ("reviewer" | "approver")[]): Promise<void> {
  const { owner } = site.database;
  const { id } = await owner
    .selectFrom("staff_member")
    .select("id")
    .where("username", "=", username)
    .executeTakeFirstOrThrow();
  const rows = roles.map((role) => ({ staff_id: id, role }));
  await owner.insertInto("staff_role").values(rows).execute();
}

test("turning to another document loses nothing that was typed, and decides nothing", async () => {
  const number = await handIn(site.city, business);
  const sent = {
    ...(await formOf(reviewer, number)),
    "check-amount": "yes",
    opinion: "还没看完",
    basis: "二十九",
    look: "none:7",
  };
  const answer = await reviewer.post(`${at(number)}/look`, sent);
  expect(answer.status).toBe(200);
  const page = readPage(answer.text);
  expect([page.summary, page.values["basis"], opinionIn(answer)]).toEqual([
    [],
    "二十九",
    "还没看完",
  ]);
  expect([isChecked(answer, "identity"), isChecked(answer, "amount")]).toEqual([false, true]);
  expect(page.text).toContain("待审核");
});

describe("a slip over the counter", () => {
  const slip = (number: string, name: string) => `${at(number)}/slips/${name}`;

  test("is offered and printed while its business prints it, and the auditor reads who did", async () => {
    const number = await handIn(site.city, business);
    const shown = await reviewer.get(at(number));
    expect(shown.text).toContain(`href="${slip(number, "receipt-slip")}"`);
    expect(shown.text).not.toContain(slip(number, "grant-slip"));
    const paper = await reviewer.get(slip(number, "receipt-slip"));
    expect([paper.status, paper.text]).toEqual([200, "%PDF-receipt-slip"]);
    expect(paper.headers["cache-control"]).toBe("no-store");
    const trail = readPage((await auditor.get(`/review/audit?subject=${number}`)).text).text;
    expect(trail).toMatch(/打印单据 工作人员 reviewer-demo .{18} receipt-slip/);
  });

  test("that is for one role alone is neither offered nor printed to another", async () => {
    const number = await handIn(site.city, business);
    expect((await reviewer.get(at(number))).text).not.toContain("secret-slip");
    expect((await reviewer.get(slip(number, "secret-slip"))).status).toBe(404);
    const finance = await site.staff("finance-demo");
    expect((await finance.get(at(number))).text).toContain(slip(number, "secret-slip"));
    expect((await finance.get(slip(number, "secret-slip"))).status).toBe(200);
  });

  test("is not printed before its time, under another name, or by whoever works on no case", async () => {
    const number = await handIn(site.city, business);
    for (const name of ["grant-slip", "other", "__proto__", "constructor"]) {
      expect((await reviewer.get(slip(number, name))).status, name).toBe(404);
    }
    expect((await auditor.get(slip(number, "receipt-slip"))).status).toBe(403);
    const outside = await site.visitor().get(slip(number, "receipt-slip"));
    expect([outside.status, outside.text]).toEqual([303, ""]);
    const trail = readPage((await auditor.get(`/review/audit?subject=${number}`)).text).text;
    expect(trail).toContain("没有符合条件的记录");
  });
});

describe("personal data", () => {
  test("is masked everywhere until somebody says why", async () => {
    const number = await handIn(site.city, business);
    for (const path of [at(number), "/review", "/review/decided"]) {
      const { text } = await reviewer.get(path);
      expect(text).not.toContain(DOCUMENT);
      expect(text).not.toContain("何示例");
    }
  });

  test("is shown once for a reason, which the auditor reads; what was typed beside it stays", async () => {
    const number = await handIn(site.city, business);
    const form = await formOf(reviewer, number);
    const sent = {
      ...form,
      "check-identity": "yes",
      opinion: "还在看",
      revealReason: "核对尾号 6217 的收款账户",
    };
    const answer = await reviewer.post(`${at(number)}/reveal`, sent);
    expect(answer.status).toBe(200);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.text).toContain(DOCUMENT);
    expect(opinionIn(answer)).toBe("还在看");
    expect(isChecked(answer, "identity")).toBe(true);
    expect((await reviewer.get(at(number))).text).not.toContain(DOCUMENT);

    const trail = await auditor.get("/review/audit?event=personal-data-revealed");
    const { text } = readPage(trail.text);
    expect(text).toContain("核对尾号 **** 的收款账户");
    expect(text).toContain("工作人员 reviewer-demo");
    expect(text).toContain(number);
    expect(text).not.toContain("6217");
    expect(text).not.toContain(DOCUMENT);
  });

  test.each([
    ["missing", "", "请写明查看明文的理由"],
    ["too short", "看一下", "理由至少 5 个字"],
    ["too long", "长".repeat(101), "理由最多 100 个字"],
    ["unreadable", "核对\u0000收款账户", "不能识别的字符"],
  ])("is not shown, nor anything recorded, when the reason is %s", async (_, reason, words) => {
    const number = await handIn(site.city, business);
    const answer = await reviewer.post(`${at(number)}/reveal`, { revealReason: reason });
    expect(answer.status).toBe(422);
    expect(readPage(answer.text).errors["revealReason"]).toContain(words);
    expect(answer.text).not.toContain(DOCUMENT);
    const trail = await auditor.get(`/review/audit?subject=${number}`);
    expect(readPage(trail.text).text).toContain("没有符合条件的记录");
  });

  test("is not shown when it cannot be recorded", async () => {
    const number = await handIn(site.city, business);
    const { review } = business.descriptor;
    const { reveal } = review;
    review.reveal = async (tx, application) => {
      await tx.insertInto("audit_event").values(BROKEN).execute();
      return await reveal(tx, application);
    };
    const answer = await reviewer.post(`${at(number)}/reveal`, { revealReason: "核对收款账户" });
    review.reveal = reveal;
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain(DOCUMENT);
  });
});

/** An event's name that the table refuses. */
const BROKEN = { request_id: "x", event: "NOT A NAME", actor: "x", outcome: "x" };

describe("the audit trail", () => {
  test("is found by event, person, number and day, and paged in its address", async () => {
    const number = await handIn(site.city, business);
    const sent = { ...(await formOf(reviewer, number)), ...TICKED, decision: "approve" };
    await reviewer.post(`${at(number)}/decide`, sent);
    for (const query of [`subject=${number}`, `actor=reviewer-demo&subject=${number}`]) {
      const { text } = readPage((await auditor.get(`/review/audit?${query}`)).text);
      expect(text).toContain("审核决定");
      expect(text).toContain(number);
    }
    const none = await auditor.get(`/review/audit?actor=approver-demo&subject=${number}`);
    expect(readPage(none.text).text).toContain("没有符合条件的记录");
    expect((await auditor.get("/review/audit?day=1999-01-01")).text).toContain("没有符合条件");
  });

  test("takes any address", async () => {
    for (const query of ["before=0", "before=99999999999999999999", "day=x", "event=%00", "a=b"]) {
      expect((await auditor.get(`/review/audit?${query}`)).status).toBe(200);
    }
  });

  test("turns its pages without missing or repeating an entry", async () => {
    const entries = Array.from({ length: 120 }, (_, n) => ({
      request_id: n.toString(16).padStart(16, "0"),
      event: "page-turned",
      actor: "visitor",
      outcome: "x",
    }));
    await site.database.owner.insertInto("audit_event").values(entries).execute();
    const seen: string[] = [];
    let path: string | undefined = "/review/audit?event=page-turned";
    while (path !== undefined) {
      const { text }: WebAnswer = await auditor.get(path);
      seen.push(
        ...[...text.matchAll(/<span class="small">([0-9a-f]{16})</g)].map(([, id = ""]) => id),
      );
      path = /href="([^"]*before=[^"]*)"[^>]*>更早的记录/.exec(text)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen).toEqual(entries.map(({ request_id }) => request_id).reverse());
  });
});

describe("finding an application", () => {
  test("goes straight to a number, and tells what is wrong with a mistyped one", async () => {
    const number = await handIn(site.city, business);
    const found = await reviewer.get(`/review/search?q=${number.replace(/(.{4})/g, "$1%20")}`);
    expect(found.headers.location).toBe(at(number));
    const wrong = await reviewer.get(`/review/search?q=${number.slice(0, 17)}`);
    expect(wrong.status).toBe(422);
    expect(readPage(wrong.text).text).toContain("应是 18 位数字，现在是 17 位");
  });

  test("takes any words", async () => {
    for (const q of ["", "%00", "没有这个小区12栋", "x".repeat(5_000), "%F0%9F%98%80", "12"]) {
      expect([200, 404, 422]).toContain(
        (await reviewer.get(`/review/search?q=${q.replace(/[^ -~]/g, encodeURIComponent)}`)).status,
      );
    }
  });
});

describe("accounts", () => {
  let admin: WebVisitor;
  beforeAll(async () => {
    admin = await site.staff("admin-demo");
  });

  test("one that is closed is out at once, and in again only by a new sign-in", async () => {
    const finance = await site.staff("finance-demo");
    expect((await admin.post("/review/staff/finance-demo/disable", {})).status).toBe(200);
    expect((await finance.get("/review")).headers.location).toBe("/review/sign-in");
    await expect(site.staff("finance-demo")).rejects.toThrow("could not sign in");
    await admin.post("/review/staff/finance-demo/enable", {});
    expect((await finance.get("/review")).headers.location).toBe("/review/sign-in");
    expect((await (await site.staff("finance-demo")).get("/review")).status).toBe(200);
  });

  test("an initial password is shown once, ends sessions and has to be replaced", async () => {
    const editor = await site.staff("editor-demo");
    const answer = await admin.post("/review/staff/editor-demo/reset-password", {});
    const [, password = ""] = /data-initial-password[^>]*>([^<]+)</.exec(answer.text) ?? [];
    expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect((await admin.get("/review/staff")).text).not.toContain(password);
    expect((await editor.get("/review")).status).toBe(303);
    const again = site.visitor();
    await again.post("/review/sign-in", { username: "editor-demo", password });
    expect(readPage((await again.get("/review/sign-in/code")).text).text).toContain(
      "再填一次新密码",
    );
    expect(site.logged()).not.toContain(password);
  });

  test("a reset of the codes asks for a new authenticator", async () => {
    await admin.post("/review/staff/approver2-demo/reset-code", {});
    const again = site.visitor();
    await again.post("/review/sign-in", { username: "approver2-demo", password: "Demo-2026!" });
    const page = readPage((await again.get("/review/sign-in/code")).text);
    expect(page.headings).toEqual(["设置动态口令"]);
  });

  test("one's own is somebody else's to change, and what was done is recorded", async () => {
    for (const act of ["disable", "enable", "reset-code", "reset-password"]) {
      const answer = await admin.post(`/review/staff/admin-demo/${act}`, {});
      expect(answer.status).toBe(409);
      expect(readPage(answer.text).text).toContain("不能办理自己的账号");
    }
    expect((await admin.get("/review")).status).toBe(200);
    const trail = readPage((await auditor.get("/review/audit?actor=admin-demo")).text).text;
    for (const words of ["停用工作人员", "恢复工作人员", "重置动态口令", "发放初始密码"]) {
      expect(trail).toContain(words);
    }
  });

  test("a demonstration's own is not opened where this is none", async () => {
    const { owner } = site.database;
    await owner
      .updateTable("staff_member")
      .set({ is_demonstration: true, is_disabled: true })
      .where("username", "=", "finance-demo")
      .execute();
    const answer = await admin.post("/review/staff/finance-demo/enable", {});
    expect(answer.status).toBe(409);
    await expect(site.staff("finance-demo")).rejects.toThrow("could not sign in");
  });
});

test("somebody without a queue is told what he can do here", async () => {
  const said = readPage((await auditor.get("/review")).text).text;
  expect(said).toContain("您的岗位是审计员");
  expect(said).toContain("操作记录");
});

test("after all of this every rule of the books holds", async () => {
  expect(await listOffenders(site.database.db)).toEqual([]);
});
