import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TYPED_FIELDS } from "#src/business/unrecorded-deposit/schema.ts";
import { listHousesByKeys } from "#src/register/search/queries.ts";
import { buildBuilding, buildHouse, type TestBuilding } from "../support/builders.ts";
import { HOSTILE, letsMarkupThrough } from "../support/hostile-values.ts";
import { readPage } from "../support/read-page.ts";
import { type ServedSite, serveSite } from "../support/served-site.ts";
import {
  applicationOf,
  buildDocument,
  decide,
  payFor,
  RIGHT_FORM,
} from "../support/unrecorded-builders.ts";
import type { WebAnswer, WebVisitor } from "../support/web-visitor.ts";

let site: ServedSite;
let building: TestBuilding;
let visitor: WebVisitor;
let browserHash: Buffer;

beforeAll(async () => {
  site = await serveSite();
  building = await buildBuilding(site.city);
  visitor = site.visitor();
  await visitor.get(`/unrecorded-deposit/${building.estateCode}`);
  browserHash = createHash("sha256")
    .update(visitor.cookies.get("browser") ?? "")
    .digest();
});
afterAll(() => site?.stop());

const path = () => `/unrecorded-deposit/${building.estateCode}`;

async function withPapers(submissionKey: string = randomUUID()): Promise<string> {
  for (const code of ["purchase-contract", "identity-card", "area-survey"]) {
    await buildDocument(site.city.db, site.city, { submissionKey, browserHash, code });
  }
  return submissionKey;
}

function fill(submissionKey: string, changes: Record<string, string> = {}): Promise<WebAnswer> {
  return visitor.post(path(), { ...RIGHT_FORM, submissionKey, ...changes });
}

async function expectNothingStored(act: () => Promise<void>): Promise<void> {
  const before = await site.countRows();
  await act();
  expect(await site.countRows()).toEqual(before);
}

/** What looks odd and is a good answer all the same: a name, a number that is written differently. */
const HARMLESS: Record<string, readonly string[]> = {
  unit: ["nothing", "blanks only", "marks that show nothing"],
  contractDate: ["nothing", "blanks only", "marks that show nothing"],
  area: ["a fraction of a fen"],
  innerArea: ["a fraction of a fen"],
  sharedArea: ["a fraction of a fen"],
  price: ["full-width digits"],
};
const OPTIONAL = [
  ...["innerArea", "sharedArea", "price", "contractNo", "realEstateUnitNo"],
  ...["payerName", "payerPhone", "payerRelation", "unit", "contractDate"],
];
const isEmpty = (name: string) =>
  ["nothing", "blanks only", "marks that show nothing"].includes(name);
const FIELDS = TYPED_FIELDS.filter((name) => !/^owner[2-5]/.test(name) && name !== "owner1Share");

describe.each(FIELDS)("%s", (field) => {
  test("takes no hostile value: refused beside the field, kept, nothing stored", async () => {
    const key = await withPapers();
    await expectNothingStored(async () => {
      for (const [name, value] of HOSTILE) {
        if (HARMLESS[field]?.includes(name) || (OPTIONAL.includes(field) && isEmpty(name)))
          continue;
        const answer = await fill(key, { [field]: value, payerRelation: "配偶" });
        const isName = ["a constructor", "no number", "direction marks"].includes(name);
        const what = `${field}: ${name}`;
        expect(letsMarkupThrough(answer.text), what).toBe(false);
        // The relation alone asks for the payer's name and phone, so that the form is never accepted here.
        expect(answer.status, what).toBe(422);
        const { errors, summary, values, title } = readPage(answer.text);
        expect(title, what).toMatch(/^出错：/);
        if (isName || field.startsWith("payerRelation")) continue;
        const isText = /building|room|unit|contractNo|payer/.test(field);
        if (isText && errors[field] === undefined) continue;
        expect(errors[field], what).toMatch(/[\u4E00-\u9FFF]{4}/);
        expect(summary, what).toContainEqual({ field, sentence: errors[field] });
        if (values[field] !== undefined && value.length < 20_000 && !/[\r\n\0]/.test(value)) {
          expect(values[field], what).toBe(value);
        }
      }
    });
  });
});

describe("the hidden parts", () => {
  test.each(HOSTILE)("%s in place of the form's key is no form of ours", async (_, value) => {
    await expectNothingStored(async () => {
      expect((await fill(value)).status).toBe(400);
      const answer = await visitor.get(`/unrecorded-deposit/review/${encodeURIComponent(value)}`);
      // Nothing leaves an address with a slash at its end, which leads to the one without it.
      expect(value === "" ? [308] : [400, 404]).toContain(answer.status);
    });
  });

  test.each(HOSTILE)("%s in place of the seen amount changes nothing", async (_, amountSeen) => {
    const key = await withPapers();
    expect((await fill(key)).status).toBe(303);
    await expectNothingStored(async () => {
      const answer = await visitor.post(`/unrecorded-deposit/review/${key}`, { amountSeen });
      expect([400, 409]).toContain(answer.status);
    });
  });

  test("another amount is never taken over: the right one is shown to be checked", async () => {
    const key = await withPapers();
    await fill(key);
    await expectNothingStored(async () => {
      const answer = await visitor.post(`/unrecorded-deposit/review/${key}`, {
        amountSeen: "0.01",
      });
      expect(answer.status).toBe(409);
      expect(readPage(answer.text).values["amountSeen"]).toBe("11851.20");
    });
  });

  test("another browser neither sees nor confirms the form", async () => {
    const key = await withPapers();
    await fill(key);
    const stranger = site.visitor();
    const seen = await stranger.get(`/unrecorded-deposit/review/${key}`);
    expect(seen.status).toBe(404);
    expect(seen.text).not.toMatch(/张示例|11,851\.20/);
    const again = await stranger.get(`${path()}?form=${key}`);
    expect(again.text).not.toMatch(/张示例|110101198506155020/);
    await expectNothingStored(async () => {
      const answer = await stranger.post(`/unrecorded-deposit/review/${key}`, {
        amountSeen: "11851.20",
      });
      expect(answer.status).toBe(404);
      const taken = await stranger.post(path(), { ...RIGHT_FORM, submissionKey: key });
      expect([409, 422]).toContain(taken.status);
    });
  });
});

test("no paper is missing unseen: what the form makes necessary is asked for", async () => {
  await expectNothingStored(async () => {
    const answer = await fill(randomUUID(), { areaKind: "measured" });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("请上传购房合同或不动产权证");
    expect(answer.text).toContain("请上传业主身份证");
    expect(answer.text).toContain("请上传面积实测报告");
    expect(readPage(answer.text).values["owner1DocumentNo"]).toBe(RIGHT_FORM.owner1DocumentNo);
  });
});

test("a house on record leads to 业主交款 instead, by address, contract and 不动产单元号", async () => {
  const house = await buildHouse(site.city, { building });
  const room = house.code.split("-").at(-1) ?? "";
  const realEstateUnitNo = `110101001001GB00001F0001${room.padStart(4, "0")}`;
  await site.city.owner
    .updateTable("house")
    .set({ contract_no: "示例预售-2024（000123）", real_estate_unit_no: realEstateUnitNo })
    .where("id", "=", house.houseId)
    .execute();
  const ways: Record<string, string>[] = [
    { room: `${room}室`, floor: "5" },
    { contractNo: "示例预售 2024 000123" },
    { realEstateUnitNo: realEstateUnitNo.toLowerCase() },
  ];
  for (const way of ways) {
    const key = await withPapers();
    await expectNothingStored(async () => {
      const answer = await fill(key, way);
      expect(answer.status, JSON.stringify(way)).toBe(409);
      expect(answer.text).toContain(`href="/deposit/${house.code}"`);
      expect(readPage(answer.text).values["owner1Name"]).toBe(RIGHT_FORM.owner1Name);
    });
  }
});

test("an estate or application that is not there is not found, and no search shows the house before it is paid", async () => {
  expect((await visitor.get("/unrecorded-deposit/ZZ9999")).status).toBe(404);
  expect((await visitor.post("/unrecorded-deposit/ZZ9999", {})).status).toBe(404);
  for (const typed of ["", " ", "a", "地".repeat(200)]) {
    const answer = await visitor.get(`/unrecorded-deposit?estate=${encodeURIComponent(typed)}`);
    expect(answer.status).toBe(422);
  }
  const key = await withPapers();
  await fill(key, { room: "1717", floor: "17" });
  const done = await visitor.post(`/unrecorded-deposit/review/${key}`, { amountSeen: "11851.20" });
  const number = /\d{18}/.exec(done.headers.location ?? "")?.[0] ?? "";
  const { house } = await applicationOf(site.city, number);
  const keys = { estateIds: [house?.estateId ?? 0], buildings: ["12"], rooms: ["1717"] };
  expect(await listHousesByKeys(site.city.db, keys)).toEqual([]);
  const twice = await visitor.post(`/unrecorded-deposit/review/${key}`, { amountSeen: "11851.20" });
  expect(twice.headers.location).toBe(done.headers.location);
  await payFor(site.city, number);
  expect(await listHousesByKeys(site.city.db, keys)).toMatchObject([{ status: "provisional" }]);
  await expectCorrection(number);
});

/** A correction with the house's own 不动产单元号, which does not hide that its contract is another house's. */
async function markedAsAnother(number: string, changes: Record<string, string>) {
  const own = (await applicationOf(site.city, number)).house;
  const other = await buildHouse(site.city, { building });
  const realEstateUnitNo = "110101001001GB00001F00019999";
  const mark = (houseId: bigint, marks: Record<string, string>) =>
    site.city.owner.updateTable("house").set(marks).where("id", "=", houseId).execute();
  await mark(own?.houseId ?? 0n, { real_estate_unit_no: realEstateUnitNo });
  await mark(other.houseId, { contract_no: "示例预售 777" });
  return { ...changes, realEstateUnitNo, contractNo: "示例预售777" };
}

/** 补正 is for the applicant, in its state, and the place of the house stays. */
async function expectCorrection(number: string): Promise<void> {
  const correction = `/unrecorded-deposit/corrections/${number}`;
  const early = await visitor.get(correction);
  expect(early.headers.location).toBe(`/applications/${number}`);
  await decide(site.city, number, "return", { remark: "身份证看不清，请重新上传" });
  const stranger = await site.visitor().get(correction);
  expect(stranger.headers.location).toBe(`/applications/${number}`);
  const form = await visitor.get(correction);
  expect(form.status).toBe(200);
  expect(form.text).toContain("身份证看不清，请重新上传");
  const { submissionKey = "" } = readPage(form.text).values;
  const changes = { ...RIGHT_FORM, submissionKey, room: "999", area: "88.00" };
  const wrong = await visitor.post(correction, { ...changes, owner1Phone: "138" });
  expect(wrong.status).toBe(422);
  expect(readPage(wrong.text).values["area"]).toBe("88.00");
  const otherFund = await visitor.post(correction, { ...changes, houseNature: "reform" });
  expect(otherFund.status).toBe(422);
  expect(otherFund.text).toContain("两种维修资金");
  const twin = await visitor.post(correction, await markedAsAnother(number, changes));
  expect(twin.status).toBe(409);
  expect(twin.text).toContain("已经登记在一套房屋名下");
  const right = await visitor.post(correction, changes);
  expect(right.headers.location).toBe(`/applications/${number}`);
  const after = await applicationOf(site.city, number);
  expect(after.state).toBe("to-verify");
  const house = await site.city.db
    .selectFrom("house")
    .select(["room_label", "area_hundredths"])
    .where("id", "=", after.house?.houseId ?? 0n)
    .executeTakeFirstOrThrow();
  expect(house).toEqual({ room_label: "1717", area_hundredths: 8800 });
}
