import { describe, expect, it } from "vitest";
import { createLog, type Log } from "./log.ts";

function written(write: (log: Log) => void): string {
  const lines: string[] = [];
  write(createLog({ logLevel: "info" }, { write: (line) => void lines.push(line) }));
  return lines.join("");
}

const person = {
  name: "欧阳示例",
  payerName: "欧阳示例",
  phone: "010-88886666",
  owner_phone: "010-88886666",
  document: "E12345678",
  password: "Demo-2026!",
  code: "482719",
  Cookie: "bank=abcdef",
  "set-cookie": "bank=abcdef",
  authorization: "Basic YWJj",
};

describe("the log", () => {
  it("cuts the code of a slip out of an address that a message quotes", () => {
    const line = written((log) => log.info({ url: "/verify/1126?code=7K3M9QXA2VTB&x=1" }, "asked"));
    expect(line).not.toContain("7K3M9QXA2VTB");
    expect(line).toContain("/verify/1126?code=[隐去]&x=1");
  });

  it("says when, how grave and what, one object a line", () => {
    const line = written((log) => log.info({ houses: 5000n }, "register ready"));
    expect(line.endsWith("}\n")).toBe(true);
    expect(JSON.parse(line)).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      houses: "5000",
      msg: "register ready",
    });
  });

  it("keeps silent below its level", () => {
    expect(written((log) => log.debug("noise"))).toBe("");
  });

  it.each(Object.entries(person))("hides the field %s at any depth", (key, value) => {
    const field = { [key]: value };
    const line = written((log) => {
      log.info(field);
      log.info({ form1: { rows: [{ deep: field }] } }, "nested");
      log.child({ context: 1 }).info(field, "child");
    });
    expect(line).not.toContain(value);
    expect(line.match(/\[隐去\]/g)).toHaveLength(3);
  });

  it("cuts ID numbers and mobile numbers out of any text", () => {
    const line = written((log) => {
      log.info("证件 11010119900307461X 手机13800138000。");
      log.info({ path: "/x?tel=13800138000" }, "asked");
      log.error(new Error("no owner 110101199003074610"));
    });
    expect(line).not.toMatch(/13800138000|1101011990/);
    expect(line.match(/\[隐去\]/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it("keeps application numbers and instants readable", () => {
    const line = written((log) => log.info({ number: "112611230482719537" }, "1795392000000"));
    expect(line).toContain("112611230482719537");
    expect(line).toContain("1795392000000");
  });

  it("keeps of a database error its kind, not the row that it quotes", () => {
    const error = Object.assign(new Error('invalid input syntax for type date: "欧阳示例"'), {
      severity: "ERROR",
      code: "22007",
      detail: "Failing row contains (欧阳示例, …).",
      where: "欧阳示例",
      table: "house_owner",
    });
    const line = written((log) => {
      log.error({ err: error }, "request failed");
      log.error({ err: new Error("wrapped", { cause: error }) }, "request failed");
    });
    expect(line).not.toContain("欧阳示例");
    expect(JSON.parse(line.split("\n")[0] ?? "").err).toMatchObject({
      message: "invalid input syntax for type date: [隐去]",
      errorCode: "22007",
      table: "house_owner",
      stack: expect.stringContaining("log.test.ts"),
    });
  });

  it("cannot be given a second line", () => {
    const line = written((log) => log.info({ path: '/a\r\n{"level":"fatal"}' }, "x\ny\u001b[31m"));
    expect(line.trimEnd().split("\n")).toHaveLength(1);
    expect(line).not.toContain("\u001b");
  });
});
