import { beforeAll, describe, expect, it } from "vitest";
import { buildEstateIndex, type EstateIndex, indexEstate } from "./estate-index.ts";
import { makeGazetteer } from "./gazetteer.ts";
import { understandAddress } from "./understand-address.ts";

const gazetteer = makeGazetteer(["示例省", "示例市", "示范区", "样板县"]);
let index: EstateIndex;

beforeAll(async () => {
  const estates = [
    ["阳光小区", "示范区", "示例路8号"],
    ["阳光小区", "样板县", "示例路9号"],
    ["东方一号", "示范区", "示例路10号"],
    ["东方", "示范区", "示例路11号"],
    ["示例花园一期", "示范区", "示例路12号"],
    ["示例花园二期", "示范区", "示例路13号"],
    ["锦绣花园", "示范区", "示例路14号"],
    ["锦西花苑", "示范区", "示例路15号"],
  ];
  index = await buildEstateIndex(
    estates.map(([name = "", districtName = "", address = ""], at) =>
      indexEstate({ id: at + 1, code: `SL000${at}`, name, districtName, address, aliases: [] }),
    ),
  );
});

function idsFor(text: string): number[] {
  return understandAddress(text, index, gazetteer).estates.map((estate) => estate.id);
}

describe("understandAddress", () => {
  it.each([
    ["阳光小区1幢", [1, 2]],
    ["示范区阳光小区1幢", [1]],
    ["示例省示例市样板县阳光小区1幢", [2]],
    ["示例市样板县示例路9号阳光小区1幢", [2]],
    ["示例阳光小区1幢", [1, 2]],
    ["样板阳光小区1幢", [1, 2]],
    ["东方一号3幢", [3]],
    ["东方1号3单元502", [4]],
    ["示例花园12幢", [5]],
    ["示例花园一期12幢", [5]],
    ["示例花园二期12幢", [6]],
    ["我住在示例花园二期", [6]],
    ["陽光小區1幢", [1, 2]],
    ["示範區錦繡花園1棟", [7]],
    ["新阳光小区1幢", []],
    ["阳光小区域1幢", []],
    ["jxhy1-502", []],
    ["dfyh3-502", [3]],
  ])("in %s the estates are %j", (text, ids) => {
    expect(idsFor(text)).toEqual(ids);
  });

  it("guesses, and does not claim, when two names begin with the same letters or a name has a slip", () => {
    const guesses = (text: string) =>
      understandAddress(text, index, gazetteer).guesses.map(({ estate }) => estate.name);
    expect(guesses("jxhy1-502")).toEqual(["锦绣花园", "锦西花苑"]);
    expect(guesses("示例市锦秀花园1幢502")[0]).toBe("锦绣花园");
    expect(guesses("阳光小学1幢502")).toContain("阳光小区");
  });
});
