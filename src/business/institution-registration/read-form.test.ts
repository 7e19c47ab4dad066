import { describe, expect, test } from "vitest";
import { calendarDate } from "#src/kernel/calendar-date.ts";
import { creditCodeCheckCharacter } from "#src/kernel/credit-code.ts";
import type { InstitutionKind } from "#src/platform/http/route.ts";
import { REGISTRATIONS } from "./descriptor.ts";
import { addEstate, estateRows, removeEstate } from "./estate-rows.ts";
import { type FormEstate, readRegistrationForm } from "./read-form.ts";
import { typedOf, usernameField } from "./schema.ts";

const TODAY = calendarDate("2026-11-23");

function estate(code: string): FormEstate {
  return {
    id: Number.parseInt(code.slice(2), 10),
    code,
    name: `花园${code}`,
    districtName: "示范区",
    address: "",
    developerName: "",
    propertyCompanyName: "",
    committeeName: "",
  };
}

const COMMON = {
  institutionName: "试验物业服务有限公司",
  creditCode: "91350100M000100Y43",
  legalPerson: "钱试验",
  district: "示例省示例市示范区",
  address: "试验路 8 号",
  contactName: "孙联系",
  contactPhone: "13800007001",
};
const ESTATE = {
  estate1Code: "SL0001",
  estate1ContractNo: "试物字 1",
  estate1StartsOn: "2026-01-01",
  estate1EndsOn: "2028-12-31",
  estate1ServiceKind: "elected",
};

function read(kind: InstitutionKind, changes: Record<string, string> = {}) {
  const typed = typedOf({ ...COMMON, ...(kind === "developer" ? {} : ESTATE), ...changes });
  return readRegistrationForm(typed, {
    registration: REGISTRATIONS[kind],
    today: TODAY,
    districts: ["示例省示例市示范区"],
    estates: [estate("SL0001"), estate("SL0002")],
  });
}

function errorsOf(kind: InstitutionKind, changes: Record<string, string>): Record<string, string> {
  const answer = read(kind, changes);
  return answer.ok ? {} : answer.errors;
}

describe("the code of an institution", () => {
  test("with a check digit of 0 is right", () => {
    expect(read("property-company", { creditCode: "912201021107043410" })).toMatchObject({
      ok: true,
      data: { creditCode: "912201021107043410" },
    });
  });

  test("may be typed in lower case, in full width and in groups", () => {
    const answer = read("property-company", { creditCode: "９１３５ 0100-m000 100y43" });
    expect(answer).toMatchObject({ ok: true, data: { creditCode: COMMON.creditCode } });
  });

  test.each([
    ["", "请填写统一社会信用代码，在营业执照上，18 位"],
    ["91350100M000100Y4", "统一社会信用代码少 1 位，应是 18 位"],
    ["91350100M000100Y433", "统一社会信用代码多 1 位，应是 18 位"],
    ["91350100M000100Y44", "统一社会信用代码有一位不对，请对照证书再看一遍"],
    [
      "91350100MO00100Y43",
      "统一社会信用代码只有数字和大写字母，没有 I、O、S、V、Z，请对照证书再看一遍",
    ],
  ])("%s is refused: %s", (creditCode, sentence) => {
    expect(errorsOf("property-company", { creditCode })).toEqual({ creditCode: sentence });
  });

  test("of a committee may be a record number instead, but not nothing", () => {
    expect(read("committee", { creditCode: "", recordNo: "示街备 7 号" })).toMatchObject({
      ok: true,
      data: { creditCode: null, recordNo: "示街备 7 号" },
    });
    expect(errorsOf("committee", { creditCode: "" })).toEqual({
      recordNo: "没有统一社会信用代码的，请填写备案号",
    });
  });

  test("of a company is no record number, whatever was sent", () => {
    expect(
      errorsOf("property-company", { creditCode: "", recordNo: "示街备 7 号" }),
    ).toHaveProperty("creditCode");
  });
});

describe("the contact's phone", () => {
  test.each([
    "+86 138 0000 7001",
    "１３８００００７００１",
    "0086-138-0000-7001",
    " 138 0000 7001 ",
  ])("%s is 13800007001", (contactPhone) => {
    expect(read("property-company", { contactPhone })).toMatchObject({
      data: { profile: { contactPhone: "13800007001" } },
    });
  });

  test("is a mobile one: a fixed line gets no text messages", () => {
    expect(errorsOf("property-company", { contactPhone: "010-88886666" })).toEqual({
      contactPhone: "固定电话收不到短信，请填手机号码",
    });
  });
});

describe("the estates", () => {
  test("a property company has at least one, a developer may have none, and then without dates", () => {
    expect(errorsOf("property-company", { estate1Code: "" })).toHaveProperty("estateSearch");
    const account = {
      accountName: COMMON.institutionName,
      accountBank: "示例银行民生支行",
      accountNo: "62220001",
    };
    expect(read("developer", account)).toMatchObject({ ok: true, data: { bindings: [] } });
    expect(read("developer", { ...account, estate1Code: "SL0002" })).toMatchObject({
      ok: true,
      data: { bindings: [{ startsOn: null, endsOn: null, contractNo: "" }] },
    });
  });

  test("an estate twice is refused at its second row", () => {
    const second = Object.fromEntries(
      Object.entries(ESTATE).map(([name, value]) => [name.replace("1", "2"), value]),
    );
    expect(errorsOf("property-company", second)).toEqual({
      estate2ContractNo: "这个物业区域添加了两次。同一个物业区域只绑定一份合同，请去掉一次",
    });
  });

  test.each([
    [
      { estate1EndsOn: "2025-12-31" },
      "estate1EndsOn",
      "截止日期 2025-12-31 早于开始日期 2026-01-01，请核对",
    ],
    [{ estate1EndsOn: "2026-11-22" }, "estate1EndsOn", "合同已经到期。续签以后请填新合同的日期"],
    [{ estate1EndsOn: "2026-02-30" }, "estate1EndsOn", "合同截止日期应是一个日期，例如 2026-11-23"],
    [{ estate1StartsOn: "" }, "estate1StartsOn", "请填写合同开始日期"],
    [{ estate1ContractNo: "" }, "estate1ContractNo", "请填写合同编号"],
    [{ estate1ServiceKind: "constructor" }, "estate1ServiceKind", "请选择服务类型"],
    [{ estate1Code: "XX9999" }, "estate1ContractNo", "没有这个物业区域，请去掉后重新查询、添加"],
  ])("%o is refused at %s", (changes, field, sentence) => {
    expect(errorsOf("property-company", changes)).toEqual({ [field]: sentence });
  });

  test("a contract that ends today still counts", () => {
    expect(read("property-company", { estate1EndsOn: "2026-11-23" }).ok).toBe(true);
  });

  test("a name that was looked for and not added is no estate", () => {
    expect(errorsOf("property-company", { estateSearch: "示例花园" })["estateSearch"]).toContain(
      "“示例花园”还没有添加",
    );
  });

  test("a committee has exactly one", () => {
    const second = {
      estate2Code: "SL0002",
      estate2StartsOn: "2026-01-01",
      estate2EndsOn: "2028-01-01",
    };
    expect(errorsOf("committee", second)).toEqual({
      estateSearch: "业主委员会只绑定一个物业区域，请去掉多余的",
    });
  });

  test("are added once each, taken out in their place, and the others move up", () => {
    const none = typedOf({});
    const one = addEstate(none, estate("SL0001"), false);
    if (!one.ok) throw new Error("not added");
    const two = addEstate({ ...one.typed, estate1ContractNo: "甲" }, estate("SL0002"), false);
    if (!two.ok) throw new Error("not added");
    expect(addEstate(two.typed, estate("SL0002"), false)).toMatchObject({ ok: false });
    expect(addEstate(one.typed, estate("SL0002"), true)).toMatchObject({ ok: false });
    const left = removeEstate({ ...two.typed, estate2ContractNo: "乙" }, 1);
    expect(estateRows(left)).toMatchObject([{ n: 1, code: "SL0002", contractNo: "乙" }]);
  });
});

describe("a developer's account", () => {
  const account = {
    accountName: COMMON.institutionName,
    accountBank: "示例银行民生支行",
    accountNo: "6222 0001 0002",
  };

  test("is the institution's own", () => {
    expect(read("developer", account).ok).toBe(true);
    expect(errorsOf("developer", { ...account, accountName: "钱试验" })).toEqual({
      accountName: "户名应和机构名称一致：退款只退到单位自己的账户",
    });
  });

  test("is asked of developers alone", () => {
    expect(Object.keys(errorsOf("developer", {}))).toEqual([
      "accountName",
      "accountBank",
      "accountNo",
    ]);
    expect(read("committee").ok).toBe(true);
  });
});

describe("everything that is wrong", () => {
  test("is said at once, from top to bottom", () => {
    const fields = Object.keys(
      errorsOf("property-company", {
        institutionName: "",
        district: "别处",
        contactPhone: "1",
        estate1EndsOn: "",
      }),
    );
    expect(fields).toEqual(["institutionName", "district", "contactPhone", "estate1EndsOn"]);
  });

  test("a licence that is over is told", () => {
    expect(errorsOf("property-company", { licenceUntil: "2026-11-22" })).toEqual({
      licenceUntil: "营业执照已经过期，请先到登记机关换照",
    });
  });
});

describe("the user name", () => {
  test.each([
    ["示例物业", "用户名不能用中文"],
    ["1shili", "用户名的第一位应是字母"],
    ["abc", "用户名应是 4 到 20 位，现在是 3 位"],
    ["a".repeat(21), "用户名应是 4 到 20 位，现在是 21 位"],
    ["shi li", "用户名只能有字母、数字、下划线和短横线"],
    ["", "请填写登录用户名"],
  ])("the name %s is refused: %s", (username, sentence) => {
    const { error } = usernameField.safeParse(username);
    expect(error?.issues[0]?.message).toContain(sentence);
  });

  test("a name in full width is read in half width", () => {
    expect(usernameField.parse("ｓｈｉｌｉ１")).toBe("shili1");
  });
});

test("a made-up code has the check character of its first 17", () => {
  expect(creditCodeCheckCharacter("91220102110704341")).toBe("0");
});
