import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildStatement } from "#src/bank/statements/build-statement.ts";
import { listCustodyAccounts } from "#src/bank/statements/custody-accounts.ts";
import type { Statement } from "#src/bank/statements/statement.ts";
import { writeStatement } from "#src/bank/statements/write-statement.ts";
import { addDays } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import { catchUpCityBook } from "#src/ledger/city-book/refresh-city-book.ts";
import { NOW, TODAY } from "../support/builders.ts";
import { HOSTILE } from "../support/hostile-values.ts";
import { buildPaidHouse } from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { sendFiles } from "../support/send-files.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import { withStray } from "../support/statement-builders.ts";
import type { WebVisitor } from "../support/web-visitor.ts";

const HOME = "/review/reconciliation";
const YESTERDAY = addDays(TODAY, -1);
const DAY_BEFORE = addDays(TODAY, -2);

let site: ServedSite;
let finance: WebVisitor;
let approver: WebVisitor;
let estateCode: string;
let statement: Statement;
beforeAll(async () => {
  site = await serveSite({ disclosurePolicy: "open" });
  finance = await site.staff("finance-demo");
  approver = await site.staff("approver-demo");
  const { house } = await buildPaidHouse(site.city, { valueDate: YESTERDAY });
  estateCode = house.code.split("-")[0] ?? "";
  await catchUpCityBook(site.city.owner, NOW);
  const [account] = await listCustodyAccounts(site.city.db);
  if (account === undefined) throw new Error("there is no account");
  const span = { firstDay: DAY_BEFORE, lastDay: YESTERDAY };
  statement = withStray(await buildStatement(site.city.db, account, span));
});
afterAll(async () => {
  await site?.stop();
});

function upload(text: string, visitor = finance) {
  const content = Buffer.from(text);
  return sendFiles(visitor, HOME, {}, [{ field: "file", name: "day.txt", content }]);
}

async function reasonOf(text: string): Promise<string> {
  const answer = await upload(text);
  expect(answer.status).toBe(422);
  return readPage(answer.text).text;
}

test("a file that cannot be taken is refused in words, and nothing of it is kept", async () => {
  expect(await reasonOf("")).toContain("文件是空的");
  expect(await reasonOf("hello")).toContain("文件不完整");
  const text = writeStatement(statement);
  expect(await reasonOf(text.replace("777.00", "778.00"))).toContain("校验值和内容对不上");
  const other = writeStatement({ ...statement, accountNo: "88888888" });
  expect(await reasonOf(other)).toContain("不是本中心的专户");
  const late = writeStatement({ ...statement, lastDay: TODAY });
  expect(await reasonOf(late)).toContain("请等那一天结束再取文件");
  const wrongSum = writeStatement({ ...statement, closingFen: fen(1) });
  expect(await reasonOf(wrongSum)).toContain("第 1 行：期初余额加流水应是 12,628.20 元");
  const nothing = await sendFiles(finance, HOME, {}, []);
  expect(readPage(nothing.text).text).toContain("请选择要上传的对账文件");
  expect((await upload(text, approver)).status).toBe(403);
  expect(await site.city.db.selectFrom("bank_statement").select("id").execute()).toEqual([]);
  const refused = await site.city.owner
    .selectFrom("audit_event")
    .where("event", "=", "statement-received")
    .select("outcome")
    .execute();
  expect(new Set(refused.map(({ outcome }) => outcome))).toEqual(new Set(["refused"]));
});

describe("a statement with a difference", () => {
  let path: string;
  let item: string;
  beforeAll(async () => {
    const answer = await upload(writeStatement(statement));
    path = answer.headers.location?.split("?")[0] ?? "";
    expect([answer.status, path]).toEqual([303, expect.stringMatching(/reconciliation\/[0-9]+$/)]);
    const page = await finance.get(path);
    item = /name="item" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
  });

  const seenBy = async (visitor: WebVisitor) => {
    const page = await visitor.get(path);
    return { seen: /name="seen" value="([0-9a-f]{64})"/.exec(page.text)?.[1] ?? "" };
  };
  const note = (fields: Record<string, string>, visitor = finance) =>
    visitor.post(`${path}/notes`, {
      item,
      reason: "bank-inquiry",
      remark: "请支行查找",
      ...fields,
    });

  test("is told what is the matter, on either side", async () => {
    const { text } = readPage((await finance.get(path)).text);
    for (const words of ["银行有，平台没有（长款）", "T-UNKNOWN", "777.00", "11,851.20"]) {
      expect(text).toContain(words);
    }
    expect(await reasonOf(writeStatement(statement))).toContain("这个文件已经上传过");
  });

  test("does not close, says why, and keeps what was typed", async () => {
    const closing = await approver.post(`${path}/close`, {});
    expect(closing.status).toBe(422);
    expect(readPage(closing.text).text).toContain("还有 1 条差异没有处理，不能关账");
    const short = await note({ remark: "查" });
    expect(short.status).toBe(422);
    expect(short.text).toContain('value="查"');
    expect(readPage(short.text).text).toContain("至少 2 个字");
    const night = await note({ reason: "cut-off" });
    expect([night.status, readPage(night.text).text]).toEqual([
      422,
      expect.stringContaining("不能按日切结转"),
    ]);
    const strange = await note({ item: "b999-9" });
    expect(readPage(strange.text).text).toContain("这条差异已经对上");
    expect((await note({}, approver)).status).toBe(403);
    expect((await finance.post(`${path}/close`, {})).status).toBe(403);
  });

  test.each(HOSTILE)("answers %s in any field without a fault", async (_, value) => {
    const bad = value.slice(0, 1_000);
    for (const fields of [{ item: bad }, { reason: bad }]) {
      expect((await note(fields)).status).toBe(422);
    }
    const page = await finance.get(`${path}?page=${encodeURIComponent(bad)}`);
    expect(page.status).toBe(200);
    const away = await finance.get(`${HOME}/${encodeURIComponent(bad)}`);
    expect([400, 404, 308]).toContain(away.status);
  });

  test("closes with a reason, by a second person, once; and the public reads the date", async () => {
    const before = readPage((await site.visitor().get("/disclosure")).text).text;
    expect(before).toContain("与专户银行核对日期：还没有和银行核对过");
    const csv = await finance.get(`${path}/differences.csv`);
    expect(csv.text).toContain("T-UNKNOWN");
    const saw = await seenBy(approver);
    expect((await note({})).status).toBe(303);
    for (const stale of [{}, saw, { seen: "x" }]) {
      const closing = await approver.post(`${path}/close`, stale);
      expect([closing.status, readPage(closing.text).text]).toEqual([
        422,
        expect.stringContaining("页面打开以后有变化，请再看一遍再关账"),
      ]);
    }
    const open = readPage((await approver.get(`${path}?done=closed`)).text).text;
    expect(open).not.toContain("已关账。");
    const closed = await approver.post(`${path}/close`, await seenBy(approver));
    expect(closed.status).toBe(303);
    const after = readPage((await approver.get(closed.headers.location ?? "")).text).text;
    expect(after).toContain("已关账。公示页上的核对日期已经更新");
    const again = await approver.post(`${path}/close`, {});
    expect(readPage(again.text).text).toContain("刚才已经由别人关账");
    expect(readPage((await note({})).text).text).toContain("已经关账");
    expect((await finance.get(`${path}/differences.csv`)).status).toBe(404);

    for (const page of ["/disclosure", "/disclosure/estates", "/disclosure/uses"]) {
      const { text } = readPage((await site.visitor().get(page)).text);
      expect(text, page).toContain(`与专户银行核对日期：${YESTERDAY}`);
    }
    for (const file of [
      "/disclosure/data/city-years.json",
      `/my-estate/${estateCode}/houses.json`,
    ]) {
      const told = JSON.parse((await site.visitor().get(file)).text) as object;
      expect(told, file).toMatchObject({ reconciledUntil: YESTERDAY });
    }
    const home = readPage((await site.visitor().get("/")).text).text;
    expect(home).toContain(`和银行核对到 ${YESTERDAY}`);
    const auditor = await site.staff("auditor-demo");
    const trail = await auditor.get("/review/audit?event=statement-closed");
    expect(readPage(trail.text).text).toContain("对账关账");
  });
});
