import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runHouseImports } from "#src/business/house-import/run-imports.ts";
import { shanghaiDate } from "#src/kernel/calendar-date.ts";
import { fen } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";
import {
  buildBuilding,
  buildBuildingBeside,
  buildHouse,
  NOW,
  type TestBuilding,
} from "../support/builders.ts";
import {
  bookMoney,
  buildDeposit,
  buildNotice,
  confirmationOf,
} from "../support/payment-builders.ts";
import { readPage } from "../support/read-page.ts";
import { OWNER } from "../support/refund-visit.ts";
import { registerOwner } from "../support/registered-owner.ts";
import { sendFiles } from "../support/send-files.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import {
  buildInstitution,
  buildInstitutionUser,
  enterForInstitution,
} from "../support/test-institutions.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let own: TestBuilding;
let foreign: TestBuilding;
let houses: House[];
let foreignHouse: House;
let developer: WebVisitor;
let rival: WebVisitor;

beforeAll(async () => {
  site = await serveSite();
  own = await buildBuilding(site.city);
  foreign = await buildBuilding(site.city);
  houses = [];
  for (let at = 0; at < 6; at += 1) {
    houses.push(await buildHouse(site.city, { building: own, areaHundredths: 9_000 + at }));
  }
  foreignHouse = await buildHouse(site.city, { building: foreign });
  developer = await enter("developer-own", own.estateId);
  rival = await enter("developer-rival", foreign.estateId);
});
afterAll(() => site?.stop());

async function enter(username: string, estateId: number): Promise<WebVisitor> {
  const institution = await buildInstitution(site.city, "developer", [estateId]);
  await buildInstitutionUser(site.city, institution, { username });
  return await enterForInstitution(site.visitor(), site.city, username);
}

const base = "/workbench/batch-deposits";
const review = (visitor: WebVisitor, estate: string, codes: readonly string[]) =>
  visitor.post(`${base}/review/${estate}`, [
    ["buildings", '["12"]'],
    ["kind", "00"],
    ...codes.map((code) => ["house", code] as const),
    ["scope", "ticked"],
  ]);

/** The hidden part of the review page. */
function sealOf({ text }: WebAnswer) {
  const value = (name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? "";
  return { submissionKey: value("submissionKey"), totalSeen: value("totalSeen") };
}

async function submit(
  visitor: WebVisitor,
  codes: readonly string[],
  change: { phone?: string; totalSeen?: string; submissionKey?: string } = {},
): Promise<WebAnswer> {
  const seal = sealOf(await review(visitor, own.estateCode, codes));
  const sent = { ...seal, phone: "13800005678", ...change };
  return await visitor.post(`${base}/submit/${own.estateCode}`, [
    ...Object.entries(sent),
    ...codes.map((code) => ["house", code] as const),
  ]);
}

const codesOf = (some: readonly House[]) => some.map(({ code }) => code);

/** Signs that PostgreSQL takes in no text: an address or a form that no page of ours made. */
test("a building's key that no page of ours would write breaks nothing", async () => {
  const unpaid = `/workbench/own-estates/${own.estateCode}/unpaid`;
  expect((await developer.get(`${unpaid}?building=%00`)).status).toBe(200);
  for (const format of ["csv", "xlsx"]) {
    expect((await developer.get(`${unpaid}.${format}?building=%00`)).status).toBe(200);
  }
  const building = "\0";
  const scoped = { scope: "building", kind: "00", building };
  const chosen = await developer.post(`${base}/review/${own.estateCode}`, scoped);
  expect(chosen.status).toBe(400);
  const issue = `/workbench/clearance-certificates/issue/${own.estateCode}`;
  const certified = await developer.post(issue, { for: "building", building });
  expect(certified.status).toBe(422);
  expect(certified.text).toContain("请从列表里选一幢");
});

describe("another institution's estate", () => {
  const pages = () => [
    `/workbench/own-estates/${foreign.estateCode}`,
    `/workbench/own-estates/${foreign.estateCode}/buildings/12`,
    `/workbench/own-estates/${foreign.estateCode}/unpaid`,
    `/workbench/own-estates/${foreign.estateCode}/unpaid.csv`,
    `/workbench/own-estates/${foreign.estateCode}/unpaid.xlsx`,
    `${base}/new/${foreign.estateCode}`,
  ];

  test("does not exist: the same page as for an estate that nobody has", async () => {
    for (const path of pages()) {
      const real = await developer.get(path);
      const none = await developer.get(path.replace(foreign.estateCode, "ZZ9999"));
      expect([real.status, none.status], path).toEqual([404, 404]);
      expect(shown(real).replaceAll(foreign.estateCode, "ZZ9999")).toBe(shown(none));
      expect(real.text).not.toContain("试验花园");
    }
  });

  test("is not to be had by posting its houses to one's own estate", async () => {
    const before = await site.countRows();
    const answer = await review(developer, own.estateCode, [foreignHouse.code]);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("选的房屋没有一套能交款");
    const both = await review(developer, own.estateCode, [foreignHouse.code, ...codesOf(houses)]);
    expect(both.status).toBe(200);
    expect(both.text).toContain("这个小区没有这个房屋编号");
    expect(both.text).not.toContain(foreignHouse.address);
    const posted = await submit(developer, [foreignHouse.code, ...codesOf(houses)]);
    expect(posted.status).toBe(409);
    expect(await site.countRows()).toEqual(before);
  });

  test("gives no certificate", async () => {
    const path = "/workbench/clearance-certificates/issue";
    const answer = await developer.post(`${path}/${foreign.estateCode}`, {
      for: "building",
      building: "12",
    });
    expect(answer.status).toBe(404);
    const slipped = await developer.post(`${path}/${own.estateCode}`, {
      for: "house",
      house: foreignHouse.code,
    });
    expect(slipped.status).toBe(422);
    expect(slipped.text).not.toContain("试验花园2");
  });

  test("is closed from the day after the binding ends", async () => {
    const guest = await enter("developer-guest", own.estateId);
    expect((await guest.get(`/workbench/own-estates/${own.estateCode}`)).status).toBe(200);
    await sql`update institution_estate set ends_on = ${shanghaiDate(NOW)}::date - 1
      where institution_id = (select institution_id from institution_user where username = 'developer-guest')`.execute(
      site.database.owner,
    );
    expect((await guest.get(`/workbench/own-estates/${own.estateCode}`)).status).toBe(404);
    expect((await submit(guest, codesOf(houses))).status).toBe(404);
  });
});

describe("a batch", () => {
  test("is issued once for one form, is its own institution's alone, and can be taken back once", async () => {
    const some = await pair();
    const seal = sealOf(await review(developer, own.estateCode, codesOf(some)));
    const post = () => submit(developer, codesOf(some), seal);
    const [first, second] = await Promise.all([post(), post()]);
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(first.headers.location).toBe(second.headers.location);
    const at = (first.headers.location ?? "").replace("?submitted=1", "");
    expect((await developer.get(at)).status).toBe(200);
    for (const path of [at, `${at}/slip`]) expect((await rival.get(path)).status).toBe(404);
    expect((await rival.post(`${at}/cancel`, {})).status).toBe(404);
    const slip = await developer.get(`${at}/slip`);
    expect(slip.headers["content-type"]).toBe("application/pdf");
    expect((await developer.post(`${at}/cancel`, {})).status).toBe(303);
    expect((await developer.get(`${at}/slip`)).status).toBe(404);
    expect((await developer.get(at)).text).toContain("已作废");
  });

  test("whose house was paid meanwhile is shown again and not issued", async () => {
    const some = await pair();
    const seal = sealOf(await review(developer, own.estateCode, codesOf(some)));
    await bookMoney(site.city, confirmationOf(await buildNotice(site.city, some[0] as House)));
    const before = await site.countRows();
    const answer = await submit(developer, codesOf(some), seal);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain("您打开页面以后，房屋或金额变了");
    expect(answer.text).toContain("已经交清，不用再交");
    expect(await site.countRows()).toEqual(before);
  });

  test("of unpaid and part paid houses keeps one kind and says why the others stay out", async () => {
    const [unpaid, partPaid] = (await pair()) as [House, House];
    await buildDeposit(site.city, partPaid, { amountFen: fen(100n) });
    const answer = await review(developer, own.estateCode, codesOf([unpaid, partPaid]));
    expect(answer.status).toBe(200);
    expect(answer.text).toContain("这套是欠款补交，不能和首次交款开在一张通知单上");
  });

  test.each([
    ["nothing ticked", [], 422, "请至少选一套房屋"],
    ["a code that is none", ["<script>alert(1)</script>"], 422, "没有一套能交款"],
  ] as const)("with %s is refused and stores nothing", async (_what, codes, status, sentence) => {
    const before = await site.countRows();
    const answer = await review(developer, own.estateCode, codes);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(sentence);
    expect(answer.text).not.toContain("<script>alert");
    expect(await site.countRows()).toEqual(before);
  });

  test("with a wrong phone is refused beside the field, with what was typed", async () => {
    const before = await site.countRows();
    const answer = await submit(developer, codesOf(await pair()), { phone: "12" });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("手机号码应是 11 位数字");
    expect(answer.text).toContain('value="12"');
    expect((await site.countRows())["payment_notice"]).toBe(before["payment_notice"]);
  });

  test.each([{ totalSeen: "1.005" }, { totalSeen: "" }, { submissionKey: "x" }])(
    "with a seal that no page of ours made is 400: %j",
    async (change) => {
      expect((await submit(developer, codesOf(houses), change)).status).toBe(400);
    },
  );

  test("takes a list of codes from a file, with every line that stays out named", async () => {
    const [one] = (await pair()) as [House, House];
    const lines = ["房屋编号", one.code, one.code.toLowerCase(), foreignHouse.code, "=1+1"];
    const answer = await upload(developer, `${base}/list/${own.estateCode}`, "list", lines);
    expect(answer.status).toBe(200);
    const text = readPage(answer.text).text;
    expect(text).toContain("与第 2 行重复，只算一次");
    expect(text).toMatch(/没有列入的 3 行/);
    const empty = await upload(developer, `${base}/list/${own.estateCode}`, "list", ["房屋编号"]);
    expect(empty.status).toBe(422);
    expect(empty.text).toContain("名单里没有房屋编号");
  });
});

describe("houses over several buildings", () => {
  const list = (query: string) => developer.get(`${base}/new/${wide.estateCode}${query}`);
  const ticked = ({ text }: WebAnswer) =>
    [...text.matchAll(/<input type="checkbox"[^>]*name="house" value="([^"]+)"([^>]*)>/g)]
      .filter(([, , rest = ""]) => rest.includes("checked"))
      .map(([, code]) => code);
  const listed = ({ text }: WebAnswer) =>
    [...text.matchAll(/name="house" value="([^"]+)"/g)].map(([, code]) => code);

  let wide: TestBuilding;
  let first: House[];
  let second: House[];
  beforeAll(async () => {
    wide = await buildBuilding(site.city);
    const beside = await buildBuildingBeside(site.city, wide);
    first = [await buildHouse(site.city, { building: wide })];
    second = [
      await buildHouse(site.city, { building: beside }),
      await buildHouse(site.city, { building: beside }),
    ];
    await sql`insert into institution_estate (institution_id, estate_id, starts_on)
      select institution_id, ${wide.estateId}, ${shanghaiDate(NOW)}::date
        from institution_user where username = 'developer-own'`.execute(site.database.owner);
  });

  test("are listed building by building, ticked or not as one likes, or the whole estate", async () => {
    const none = await list("");
    expect(listed(none)).toEqual([]);
    const one = await list("?building=12");
    expect([listed(one), ticked(one)]).toEqual([codesOf(first), codesOf(first)]);
    const both = await list("?building=12&building=13&tick=none");
    expect([listed(both).length, ticked(both)]).toEqual([3, []]);
    const whole = await list("?whole=1");
    expect(ticked(whole).sort()).toEqual(codesOf([...first, ...second]).sort());
    const unasked = await list("?kind=00&tick=all");
    expect([unasked.status, readPage(unasked.text).errors["building"]]).toEqual([
      422,
      "请至少选一幢，再列出它的房屋",
    ]);
    const strange = await list("?building=99&building=%00&tick=x&whole=2&kind=77");
    expect([strange.status, listed(strange)]).toEqual([422, []]);
  });

  test("go into one notice, are split exactly, and come back ticked as they were", async () => {
    const some = codesOf([...first, second[0] as House]);
    const answer = await developer.post(`${base}/review/${wide.estateCode}`, [
      ["buildings", '["12","13"]'],
      ["kind", "00"],
      ...some.map((code) => ["house", code] as const),
      ["scope", "ticked"],
    ]);
    expect(answer.status).toBe(200);
    const back = await developer.post(`${base}/review/${wide.estateCode}`, [
      ["buildings", '["12","13"]'],
      ["kind", "00"],
      ...some.map((code) => ["house", code] as const),
      ["scope", "edit"],
    ]);
    expect(ticked(back).sort()).toEqual([...some].sort());
    expect(listed(back)).toHaveLength(3);
    const issued = await developer.post(`${base}/submit/${wide.estateCode}`, [
      ...Object.entries({ ...sealOf(answer), phone: "13800005678" }),
      ...some.map((code) => ["house", code] as const),
    ]);
    const number = /deposits\/(\d{18})/.exec(issued.headers.location ?? "")?.[1] ?? "";
    const { rows } = await sql<{ code: string; amount: bigint; total: bigint }>`
      select h.code, p.amount_fen as amount, n.amount_fen as total
        from payment_notice n join payment_notice_part p on p.notice_no = n.no
          join house h on h.estate_id = p.estate_id and h.id = p.house_id
        where n.no = ${number} order by h.code`.execute(site.database.owner);
    expect(rows.map(({ code }) => code)).toEqual([...some].sort());
    const sum = rows.reduce((total, { amount }) => total + amount, 0n);
    expect(rows[0]?.total).toBe(sum);
    expect(sum).toBeGreaterThan(0n);
  });

  test.each([['["12"'], ["{}"], ["[1]"], ["x".repeat(20_000)]])(
    "with buildings that no page of ours wrote list none: %j",
    async (buildings) => {
      const sent = { buildings, kind: "00", scope: "ticked" };
      const answer = await developer.post(`${base}/review/${wide.estateCode}`, sent);
      expect(answer.status).toBe(422);
      expect(answer.text).toContain("请至少选一套房屋");
    },
  );
});

describe("the import of houses", () => {
  const HEAD = "物业区域名称,区划代码,幢号,单元,所在层,总层数,房号,建筑面积,房屋用途,有无电梯";
  const nameOf = async (building: TestBuilding) =>
    (
      await site.city.db
        .selectFrom("estate")
        .select("name")
        .where("id", "=", building.estateId)
        .executeTakeFirstOrThrow()
    ).name;

  test("lets in rows of bound estates only, tells of no other, and changes nothing a second time", async () => {
    const [ownName, foreignName] = [await nameOf(own), await nameOf(foreign)];
    const lines = [
      HEAD,
      `${ownName},990101,77幢,1单元,3,18,301,88.5,住宅,有`,
      `${foreignName},990101,12幢,1单元,3,18,301,88.5,住宅,有`,
      `没有的小区,990101,12幢,1单元,3,18,301,88.5,住宅,有`,
      `${ownName},990101,77幢,1单元,3,18,302,abc,住宅,有`,
    ];
    const counts = [];
    for (let round = 0; round < 2; round += 1) {
      const answer = await upload(developer, "/workbench/house-imports", "file", lines);
      expect(answer.status).toBe(303);
      const at = answer.headers.location ?? "";
      const page = await untilDone(at);
      expect(page).toContain("有问题 3 行");
      expect(page).toContain(`${foreignName} 不是本单位绑定的物业区域`);
      expect(page).toContain("没有的小区 不是本单位绑定的物业区域");
      expect((await rival.get(at)).status).toBe(404);
      expect((await rival.get(`${at}/problems.csv`)).status).toBe(404);
      const csv = (await developer.get(`${at}/problems.csv`)).text;
      expect(csv).toContain('"5","建筑面积"');
      counts.push(await site.countRows());
    }
    expect(counts[1]?.["house"]).toBe(counts[0]?.["house"]);
    const { estates } = await site.city.db
      .selectFrom("estate")
      .select((eb) => eb.fn.countAll<bigint>().as("estates"))
      .where("name", "=", "没有的小区")
      .executeTakeFirstOrThrow();
    expect(`${estates}`).toBe("0");
  });

  test("goes on after a process was killed, and gives a file up that ends three of them", async () => {
    const lines = [HEAD, `${await nameOf(own)},990101,78幢,1单元,3,18,301,88.5,住宅,有`];
    const answer = await upload(developer, "/workbench/house-imports", "file", lines);
    const id = (answer.headers.location ?? "").split("/").at(-1) ?? "";
    await untilDone(`/workbench/house-imports/${id}`);
    // As a killed process leaves it: taken up, never heard of again, its file gone with the disk.
    const leave = (attempts: number) =>
      sql`update house_import set state = 'running', finished_at = null, file_key = 'house-imports/gone',
          attempts = ${attempts}, heartbeat_at = ${NOW}::timestamptz - interval '10 minutes'
        where id = ${id}::uuid`.execute(site.database.owner);
    const deps = {
      db: site.city.db,
      clock: () => NOW,
      personalData: site.city.personalData,
      uploads: {
        incoming: site.dataDir,
        store: {
          keep: () => Promise.resolve(),
          read: async () => [Buffer.from(lines.join("\n"))] as unknown as AsyncIterable<Uint8Array>,
          remove: () => Promise.resolve(),
          list: () => Promise.resolve([]),
        },
      },
    };
    await leave(1);
    await runHouseImports(deps, new AbortController().signal);
    expect(await stateOf(id)).toMatchObject({ state: "done", houses_unchanged: 1 });
    await leave(3);
    await runHouseImports(deps, new AbortController().signal);
    expect(await stateOf(id)).toMatchObject({ state: "failed" });
    expect((await stateOf(id)).stopped).toContain("几次都没有导入完");
  });

  test("refuses no file, an empty one and what is no table, with a sentence", async () => {
    const none = await upload(developer, "/workbench/house-imports", "file", null);
    expect(none.status).toBe(422);
    expect(none.text).toContain("请选择要导入的文件");
    const noTable = await upload(developer, "/workbench/house-imports", "file", ["hello"]);
    expect(noTable.status).toBe(303);
    expect(await untilDone(noTable.headers.location ?? "")).toContain("没有找到表头");
  });

  const stateOf = (id: string) =>
    site.city.db
      .selectFrom("house_import")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirstOrThrow();

  async function untilDone(path: string): Promise<string> {
    let text = "";
    await expect
      .poll(
        async () => {
          text = readPage((await developer.get(path)).text).text;
          return text;
        },
        { timeout: 20_000, interval: 100 },
      )
      .toMatch(/完成时间/);
    return text;
  }
});

describe("a certificate", () => {
  const issue = (visitor: WebVisitor, fields: Record<string, string>) =>
    visitor.post(`/workbench/clearance-certificates/issue/${own.estateCode}`, fields);

  test("is issued for a house that is paid in full, and printed by its own institution alone", async () => {
    const [house] = (await pair()) as [House, House];
    const owing = await issue(developer, { for: "house", house: house.code });
    expect(owing.status).toBe(422);
    expect(owing.text).toContain("还不能开具：未交 1 户");
    await bookMoney(site.city, confirmationOf(await buildNotice(site.city, house)));
    const answer = await issue(developer, { for: "house", house: house.code });
    expect(answer.status).toBe(303);
    const no = /issued=(\d{18})/.exec(answer.headers.location ?? "")?.[1] ?? "";
    const path = `/workbench/clearance-certificates/${no}/slip`;
    expect((await developer.get(path)).headers["content-type"]).toBe("application/pdf");
    expect((await rival.get(path)).status).toBe(404);
  });

  test("is refused for a building in which one house owes", async () => {
    const answer = await issue(developer, { for: "building", building: "12" });
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(/还不能开具：未交 \d+ 户/);
  });

  test.each([
    [{ for: "building" }, 422, "请选一幢"],
    [{ for: "building", building: "no such" }, 422, "没有找到登记的房屋"],
    [{ for: "house" }, 422, "请填写房屋编号"],
    [{ for: "house", house: "'; drop table house; --" }, 422, "房屋编号不对"],
    [{ for: "else" }, 400, ""],
  ])("is refused for %j", async (fields, status, sentence) => {
    const answer = await issue(developer, fields as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(sentence);
  });
});

test("the list of who has not paid names nobody in clear and defuses formulas in its files", async () => {
  const [house] = (await pair()) as [House, House];
  await registerOwner(site.city, house, { ...OWNER, name: "=王示范" });
  const path = `/workbench/own-estates/${own.estateCode}/unpaid`;
  const page = await developer.get(path);
  const csv = await developer.get(`${path}.csv`);
  const xlsx = await developer.get(`${path}.xlsx`);
  for (const text of [page.text, csv.text]) {
    expect(text).not.toMatch(/王示范/);
    expect(text).not.toContain(OWNER.document);
  }
  expect(csv.text).toContain(house.code);
  expect(csv.text).not.toMatch(/"=/);
  expect(xlsx.bytes.subarray(0, 2).toString()).toBe("PK");
});

/** Two unpaid houses of the own estate that no other test pays for. */
async function pair(): Promise<House[]> {
  return [
    await buildHouse(site.city, { building: own }),
    await buildHouse(site.city, { building: own }),
  ];
}

/** Posts a form with one file of lines, as a browser does; null: the file field was left alone. */
async function upload(
  visitor: WebVisitor,
  path: string,
  field: string,
  lines: readonly string[] | null,
): Promise<WebAnswer> {
  const content = Buffer.from((lines ?? []).join("\r\n"));
  return await sendFiles(visitor, path, {}, [
    { field, name: lines === null ? "" : "houses.csv", content },
  ]);
}

/** What the page says, without the number under which the request is logged. */
function shown({ text }: WebAnswer): string {
  return readPage(text).text.replace(/[0-9a-f]{16}/, "");
}
