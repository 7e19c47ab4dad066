import { describe, expect, it } from "vitest";
import { buildingKey, houseCode, roomKey, unitKey } from "./keys.ts";

describe("buildingKey", () => {
  it.each([
    ...[
      "12幢",
      "12栋",
      "12号楼",
      "12#",
      "012",
      "十二幢",
      "12撞",
      "12懂",
      "12号搂",
      "１２幢",
      "第12栋",
    ],
    ...["12座", "12楼", "12号", "12", "十二号楼", "12高楼", "⑫幢", " 12 幢 ", "12排"],
  ])("reads %s as building 12", (label) => {
    expect(buildingKey(label)).toBe("12");
  });

  it.each(["A座", "A栋", "Ａ", "a幢", "A"])("reads %s as building A", (label) => {
    expect(buildingKey(label)).toBe("A");
  });

  it.each([
    ["Ⅱ", "2"],
    ["Ⅻ幢", "12"],
    ["A-5幢", "A5"],
    ["5A", "5A"],
    ["A05栋", "A5"],
    ["24-3号", "24-3"],
    ["24至3号", "24-3"],
    ["甲", "甲"],
    ["甲座", "甲"],
    ["二十一幢", "21"],
    ["一百零二号", "102"],
    ["一〇二号", "102"],
    ["南座", "南座"],
    ["南栋", "南座"],
    ["西楼", "西座"],
    ["综合楼", "综合楼"],
    ["二期12幢", "2期-12"],
    ["A区5幢", "A区-5"],
    ["C组团5栋", "C区-5"],
    ["3弄12号", "3弄-12"],
    ["12号院3号楼", "12院-3"],
    ["地下车库", "车库"],
    ["负一层车库", "车库"],
    ["", ""],
  ])("reads %s as %s", (label, key) => {
    expect(buildingKey(label)).toBe(key);
  });

  it("keeps different buildings apart", () => {
    const labels = [
      "1幢",
      "11幢",
      "12幢",
      "112幢",
      "1-2幢",
      "A12幢",
      "12A幢",
      "甲12幢",
      "二期12幢",
      "三期12幢",
    ];
    expect(new Set(labels.map(buildingKey)).size).toBe(labels.length);
  });
});

describe("unitKey", () => {
  it.each(["3单元", "3门", "3梯", "三单元", "03", "3单无", "3单", "3", "Ⅲ单元", "第3单元"])(
    "reads %s as unit 3",
    (label) => {
      expect(unitKey(label)).toBe("3");
    },
  );

  it.each([
    ["东单元", "东单元"],
    ["西门", "西单元"],
    ["A单元", "A"],
    ["", ""],
    ["无", ""],
    ["无单元", ""],
    ["-", ""],
    ["/", ""],
    ["十二单元", "12"],
  ])("reads %s as %s", (label, key) => {
    expect(unitKey(label)).toBe(key);
  });
});

describe("formal numerals and traditional characters", () => {
  it.each([
    ["拾贰幢", "12"],
    ["贰拾壹號樓", "21"],
    ["伍棟", "5"],
    ["陆羽楼", "陆羽楼"],
    ["拾光楼", "拾光楼"],
  ])("read the building %s as %s", (label, key) => {
    expect(buildingKey(label)).toBe(key);
  });

  it.each([
    ["伍零贰", "502"],
    ["壹佰零贰室", "102"],
    ["伍樓贰號", "502"],
    ["貳拾貳", "22"],
  ])("read the room %s as %s", (label, key) => {
    expect(roomKey(label)).toBe(key);
  });

  it("read the unit 叁單元 as 3", () => {
    expect(unitKey("叁單元")).toBe("3");
  });
});

describe("roomKey", () => {
  it.each([
    ...["502室", "0502", "502房", "502号", "502", "502市", "502户", "5楼2号", "5层02", "五楼二号"],
    ...[
      "5-2",
      "5-02",
      "5-502",
      "５０２",
      "五〇二室",
      "五零二",
      "5楼502",
      "5F02",
      "5L02",
      "502号房",
      "跃层502",
    ],
  ])("reads %s as room 502", (label) => {
    expect(roomKey(label)).toBe("502");
  });

  it.each([
    ["1102", "1102"],
    ["102", "102"],
    ["A502", "A502"],
    ["A-502", "A502"],
    ["502A", "502A"],
    ["502-A", "502A"],
    ["12-5", "1205"],
    ["十一楼2号", "1102"],
    ["5-6层501", "501"],
    ["501、502", "501"],
    ["501-502", "501"],
    ["502-1", "502-1"],
    ["附1号", "附1"],
    ["502甲", "502甲"],
    ["首层3号", "103"],
    ["地下一层A区103号", "B1-A103"],
    ["负一层车位A103", "B1-A103"],
    ["B1层A区103号(车位)", "B1-A103"],
    ["B1-A103", "B1-A103"],
    ["负二层车位007", "B2-7"],
    ["车位103", "P103"],
    ["A103车位", "PA103"],
    ["P103", "P103"],
    ["商铺5", "S5"],
    ["网点5", "S5"],
    ["门市05号", "S5"],
    ["5号商铺", "S5"],
    ["S5", "S5"],
    ["2层商铺5", "S205"],
    ["储藏室12", "储12"],
    ["", ""],
    ["室", ""],
  ])("reads %s as %s", (label, key) => {
    expect(roomKey(label)).toBe(key);
  });

  it.each([
    ["02", 5, "502"],
    ["2室", 12, "1202"],
    ["502", 5, "502"],
    ["5楼2号", 5, "502"],
    ["A", 5, "5A"],
    ["7A", 7, "7A"],
    ["7A室", 7, "7A"],
    ["7A", 12, "1207A"],
    ["12A", 12, "12A"],
    ["7", 7, "707"],
    ["A103", -1, "B1-A103"],
    ["车位103", -1, "B1-103"],
    ["商铺5", 1, "S5"],
    ["5", null, "5"],
  ])("reads %s recorded on storey %s as %s", (label, floor, key) => {
    expect(roomKey(label, floor)).toBe(key);
  });

  it("gives a label that says its storey one key, whether or not the storey is recorded beside it", () => {
    for (const [label, floor] of [
      ["7A", 7],
      ["12B", 12],
      ["502", 5],
      ["502A", 5],
    ] as const) {
      expect(roomKey(label, floor)).toBe(roomKey(label));
    }
  });

  it("reads its own keys as themselves", () => {
    for (const key of [
      "502",
      "A502",
      "502A",
      "B1-A103",
      "B2-7",
      "P103",
      "PA103",
      "S5",
      "储12",
      "附1",
      "P2-12",
    ]) {
      expect(roomKey(key)).toBe(key);
    }
  });
});

describe("houseCode", () => {
  it.each([
    ["SL0126", "12", "3", "502", "SL0126-12-3-0502"],
    ["SL0126", "A", "", "1102", "SL0126-A-0-1102"],
    ["SL0126", "24-3", "东单元", "A502", "SL0126-24D3-DONG-A502"],
    ["SL0126", "南座", "", "502", "SL0126-NAN-0-0502"],
    ["SL0126", "2期-12", "1", "502", "SL0126-2QD12-1-0502"],
    ["SL0126", "车库", "", "B1-A103", "SL0126-CK-0-B1-A103"],
    ["SL0126", "1", "", "储12", "SL0126-1-0-CHU12"],
  ])("of %s, %s, %s, %s is %s", (estate, building, unit, room, code) => {
    expect(houseCode(estate, building, unit, room)).toBe(code);
  });

  it("writes names as a short form that differs from name to name and always fits", () => {
    const names = ["综合楼", "商务楼", "望江楼", "望湖楼", "附属综合楼之二东侧裙房"];
    const codes = names.map((name) =>
      houseCode("SL01260001", buildingKey(name), unitKey("裙房侧"), "会所"),
    );
    expect(new Set(codes).size).toBe(names.length);
    for (const code of codes) expect(code).toMatch(/^[A-Z0-9-]{6,40}$/u);
  });
});
