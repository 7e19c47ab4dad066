import { describe, expect, it } from "vitest";
import { maskAccount, maskDocument, maskEmail, maskName, maskPhone } from "./masking.ts";

describe("masking a name", () => {
  it.each([
    ["张三", "张*"],
    ["李建国", "李**"],
    ["欧阳震华", "欧**"],
    ["阿依古丽·买买提江", "阿**"],
    ["迪丽热巴•迪力木拉提", "迪**"],
    ["买买提吐尔逊", "买**"],
    ["𠮷田", "𠮷*"],
    ["𠮷田一郎", "𠮷**"],
    ["葛\u{E0100}三", "葛\u{E0100}*"],
    ["John Smith", "J**"],
    ["王", "王*"],
    [" 王五 ", "王*"],
    ["", ""],
  ])("%s becomes %s", (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it.each(["张建会", "刘校", "王大厂", "李学院", "欧阳建行", "阿里木·管理局"])(
    "%s is a person, whatever the name ends with",
    (name) => {
      expect(maskName(name)).toMatch(/^.\*{1,2}$/u);
    },
  );

  it.each([
    "示例置业有限公司",
    "示例市物业服务中心",
    "示例机械厂",
    "示例设计院",
    "示例小学",
    "示例花园业主委员会",
    "示例市住房保障和房产管理局",
    "示例置业有限公司（一分公司）",
    "示例市第一人民医院",
    "中国示例银行示例支行",
  ])("%s is an institution and stays", (name) => {
    expect(maskName(name)).toBe(name);
  });

  it("shows nothing of a person's name after its first character", () => {
    for (const name of ["李建国", "欧阳震华", "阿依古丽·买买提江", "𠮷田一郎"]) {
      const rest = [...name].slice(1).join("");
      expect([...rest].some((character) => maskName(name).includes(character))).toBe(false);
    }
  });
});

describe("masking numbers", () => {
  it("keeps the first and the last character of a document", () => {
    expect(maskDocument("11010519491231002X")).toBe("1****************X");
    expect(maskDocument("E12345678")).toBe("E*******8");
    expect(maskDocument("123")).toBe("***");
    expect(maskDocument("")).toBe("");
  });

  it("keeps the first three and last four digits of a mobile", () => {
    expect(maskPhone("13800005678")).toBe("138****5678");
  });

  it("keeps area code and last four digits of a fixed line, and no extension", () => {
    expect(maskPhone("0431-88886666")).toBe("0431-****6666");
    expect(maskPhone("010-62228888-123")).toBe("010-****8888");
  });

  it("hides nearly all of a telephone number of unknown form", () => {
    expect(maskPhone("4008001234")).toBe("****34");
    expect(maskPhone("12345")).toBe("****");
    expect(maskPhone("")).toBe("****");
  });

  it("keeps the last four digits of an account", () => {
    expect(maskAccount("6222 0000 1111 2222 345")).toBe("****2345");
    expect(maskAccount("1234")).toBe("****");
  });
});

describe("masking an address for mail", () => {
  it.each([
    ["office@example.cn", "o***@example.cn"],
    [" 𠮷田@example.cn ", "𠮷***@example.cn"],
    ["a@b.cn", "a***@b.cn"],
    ["", ""],
  ])("%s becomes %s", (email, masked) => {
    expect(maskEmail(email)).toBe(masked);
  });
});
