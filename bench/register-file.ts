import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { seededRandom } from "#src/kernel/random.ts";
import { residentIdCheckCharacter } from "#src/kernel/resident-id.ts";

const HOUSES_PER_ESTATE = 500;
const HOUSES_PER_BUILDING = 50;

const HEADER =
  "物业区域名称,区划代码,地址,开发建设单位,物业服务企业,幢号,单元,所在层,总层数,房号,建筑面积,房屋用途,房屋性质,有无电梯,合同签订日,合同编号,业主1姓名,业主1证件类型,业主1证件号码,业主1手机,业主2姓名,业主2证件类型,业主2证件号码,业主2手机";

/**
 * Writes a register file of made-up houses in the demonstration city's division, UTF-8, as a fund centre
 * would export it: 500 houses to an estate, every house with an owner, every fourth with a second.
 */
export async function writeRegisterFile(path: string, houses: number): Promise<void> {
  const random = seededRandom(20_261_123);
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  file.write(`${HEADER}\n`);
  for (let house = 0; house < houses; house += 1) {
    const second = random.chance(0.25) ? owner(house + houses) : ",,,";
    if (!file.write(`${place(house)},${owner(house)},${second}\n`)) await once(file, "drain");
  }
  file.end();
  await finished(file);
}

function place(house: number): string {
  const estate = Math.trunc(house / HOUSES_PER_ESTATE);
  const building = Math.trunc((house % HOUSES_PER_ESTATE) / HOUSES_PER_BUILDING) + 1;
  const at = house % HOUSES_PER_BUILDING;
  const floor = Math.trunc(at / 4) + 1;
  const area = `${60 + (house % 90)}.${String(house % 100).padStart(2, "0")}`;
  const day = `${2010 + (estate % 16)}-${String((house % 12) + 1).padStart(2, "0")}-15`;
  return `测试家园${estate + 1}号,990101,示范区测试路${estate + 1}号,测试置业有限公司,测试物业服务有限公司,${building}幢,${(at % 2) + 1}单元,${floor},18,${floor}0${(at % 4) + 1},${area},住宅,商品房,有,${day},CS${house}`;
}

function owner(n: number): string {
  const born = `${1950 + (n % 50)}${String((n % 12) + 1).padStart(2, "0")}${String((n % 28) + 1).padStart(2, "0")}`;
  const body = `110101${born}${String(Math.trunc(n / 16_800) % 1_000).padStart(3, "0")}`;
  const phone = `139${String(n % 100_000_000).padStart(8, "0")}`;
  return `测试${n},身份证,${body}${residentIdCheckCharacter(body)},${phone}`;
}
