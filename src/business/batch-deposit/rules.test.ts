import { describe, expect, it } from "vitest";
import { BATCH_HOUSES_MAX } from "#src/bank/issue-batch-notice.ts";
import { fen } from "#src/kernel/money.ts";
import type { House } from "#src/register/find-house.ts";
import { batchRefusal, type FoundHouse, judgeBatch } from "./rules.ts";
import { readHouseCode } from "./schema.ts";

function found(code: string, offer: FoundHouse["offer"]): [string, FoundHouse] {
  return [code, { house: { code } as House, offer, firstPaidFen: fen(0n), openNoticeCount: 0 }];
}

const HOUSES = new Map([
  found("A-1", { ok: true, depositKind: "00", amountFen: fen(100n) }),
  found("A-2", { ok: true, depositKind: "00", amountFen: fen(23n) }),
  found("A-3", { ok: true, depositKind: "04", amountFen: fen(5n) }),
  found("A-4", { ok: true, depositKind: "02", amountFen: fen(7n) }),
  found("A-5", { ok: false, reason: "paid-in-full" }),
  found("A-6", { ok: false, reason: "exempt" }),
]);

const judge = (...codes: string[]) =>
  judgeBatch(
    codes.map((code, at) => ({ code, line: at + 2 })),
    HOUSES,
  );

describe("the houses of a batch", () => {
  it("are those that can be asked, each once, in the order of the list", () => {
    const { chosen, depositKind, obstacles } = judge("A-2", "A-1", "A-2");
    expect(chosen.map(({ house }) => house.code)).toEqual(["A-2", "A-1"]);
    expect(depositKind).toBe("00");
    expect(obstacles).toMatchObject([{ kind: "repeated", line: 4 }]);
    expect(obstacles[0]?.reason).toContain("与第 2 行重复");
  });

  it("are of one kind: that of the first", () => {
    expect(judge("A-3", "A-1")).toMatchObject({
      depositKind: "04",
      obstacles: [{ code: "A-1", kind: "other-kind" }],
    });
  });

  it.each([
    ["A-4", "paid"],
    ["A-5", "paid"],
    ["A-6", "not-due"],
    ["B-1", "unknown"],
  ])("are not %s, which is told as %s", (code, kind) => {
    expect(judge("A-1", code).obstacles).toMatchObject([{ code, kind }]);
  });

  it("make no batch when there is none, when none fits, and when there are too many", () => {
    expect(batchRefusal(judge(), 0)).toBe("请至少选一套房屋");
    expect(batchRefusal(judge("A-5"), 1)).toContain("没有一套能交款");
    expect(batchRefusal(judge("A-1"), BATCH_HOUSES_MAX + 1)).toContain("最多 2000 套");
    expect(batchRefusal(judge("A-1"), 1)).toBeNull();
  });
});

it("a house code is read as people write it", () => {
  expect(readHouseCode(" ｓｌ0126－12-3-0502 ")).toBe("SL0126-12-3-0502");
  expect(readHouseCode("'SL0126—12—3—0502")).toBe("SL0126-12-3-0502");
});
