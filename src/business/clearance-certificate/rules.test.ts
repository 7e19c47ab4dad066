import { describe, expect, it } from "vitest";
import { fen } from "#src/kernel/money.ts";
import type { HouseStanding } from "#src/ledger/house-standing.ts";
import { type CertifiedHouse, certify } from "./rules.ts";

function house(standing: HouseStanding["kind"], change: Partial<CertifiedHouse> = {}) {
  return {
    houseId: 1n,
    code: "SL0126-12-3-0501",
    address: "示例花园 12幢 3单元 501",
    areaHundredths: 9_876,
    depositedFen: fen(1_185_120n),
    standing,
    isProvisional: false,
    ...change,
  } satisfies CertifiedHouse;
}

describe("a certificate that houses are paid in full", () => {
  it("adds up those that paid and leaves out those that never have to", () => {
    const answer = certify([house("paid-in-full"), house("exempt"), house("closed")]);
    expect(answer).toMatchObject({ ok: true, areaHundredths: 9_876, depositedFen: 1_185_120n });
    expect(answer.ok && answer.houses).toHaveLength(1);
  });

  it.each([
    ["unpaid", "未交 1 户"],
    ["part-paid", "未交清 1 户"],
    ["below-trigger", "应续交 1 户"],
    ["no-standard", "还没有交存标准 1 户"],
  ] as const)("is refused for a building with one house that is %s, and says so", (kind, words) => {
    const answer = certify([house("paid-in-full"), house(kind)]);
    expect(answer).toMatchObject({ ok: false });
    expect(answer.ok || answer.sentence).toContain(words);
  });

  it("is refused while a paid house still waits for verification", () => {
    const answer = certify([house("paid-in-full", { isProvisional: true })]);
    expect(answer.ok || answer.sentence).toContain("还在核验 1 户");
  });

  it("is refused where nobody had to pay, and where nothing is recorded", () => {
    expect(certify([house("exempt")])).toMatchObject({ ok: false });
    expect(certify([])).toMatchObject({ ok: false });
  });
});
