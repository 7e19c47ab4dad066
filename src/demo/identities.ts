import { addDays, calendarDate } from "#src/kernel/calendar-date.ts";
import { creditCodeCheckCharacter } from "#src/kernel/credit-code.ts";
import type { SeededRandom } from "#src/kernel/random.ts";
import { residentIdCheckCharacter } from "#src/kernel/resident-id.ts";
import type { OwnerPlan } from "./plans.ts";

const SURNAMES = Array.from(
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文",
);
const RARE_SURNAMES = ["欧阳", "司马", "诸葛", "上官", "爨", "亓", "逯", "仝", "昝", "𫍯"];
const GIVEN = Array.from(
  "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红建国志海燕云飞鹏宇晨阳雪梅琳佳欣怡然子轩浩博文思远嘉宁若溪雨桐安琪书瑶承泽景行知夏牧之清和",
);
const COMPANY_WORDS = ["示例", "样板", "范例", "演示"];
const COMPANY_TRADES = ["贸易", "置业", "餐饮管理", "信息技术", "文化传播", "商业管理", "物流"];

/** Any valid division would do; owners of the demonstration city all "come from" this one. */
const DIVISION = "110101";
const FIRST_BIRTHDAY = calendarDate("1940-01-01");
const BIRTHDAYS = 365 * 65;

const REGISTRANT_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Makes a company's 统一社会信用代码, with the check character of its middle part and its own (GB 32100-2015). */
function creditCodeFrom(sixDigits: string): string {
  const registrant = `MA${sixDigits}`;
  const sum = REGISTRANT_WEIGHTS.reduce(
    (total, weight, at) => total + weight * Number.parseInt(registrant[at] as string, 36),
    0,
  );
  const seventeen = `91${DIVISION}${registrant}${"0123456789X0"[11 - (sum % 11)]}`;
  return seventeen + creditCodeCheckCharacter(seventeen);
}

/** Makes up who owns a house: mostly one person, sometimes two or three together, sometimes a company. */
export function ownersOf(random: SeededRandom, options: { companyPercent: number }): OwnerPlan[] {
  if (random.int(100) < options.companyPercent) return [company(random)];
  const first = person(random);
  const draw = random.int(100);
  if (draw >= 18) return [first];
  return draw >= 2 ? [first, person(random)] : [first, person(random), person(random)];
}

function person(random: SeededRandom): OwnerPlan {
  const surname = random.int(400) === 0 ? random.pick(RARE_SURNAMES) : random.pick(SURNAMES);
  const second = random.int(100) < 72 ? random.pick(GIVEN) : "";
  const name = surname + random.pick(GIVEN) + second;
  const phone = random.int(100) < 88 ? bulkPhone(random) : null;
  if (random.int(500) === 0) {
    const documentNo = `H${String(random.int(100_000_000)).padStart(8, "0")}`;
    return { name, documentKind: "hmt-permit", documentNo, phone };
  }
  const birthday = addDays(FIRST_BIRTHDAY, random.int(BIRTHDAYS)).replaceAll("-", "");
  const sequence = String(1 + random.int(998)).padStart(3, "0");
  const seventeen = DIVISION + birthday + sequence;
  const documentNo = seventeen + residentIdCheckCharacter(seventeen);
  return { name, documentKind: "resident-id", documentNo, phone };
}

function company(random: SeededRandom): OwnerPlan {
  const number = random.int(1_000_000);
  const name = `${random.pick(COMPANY_WORDS)}${number % 1000}号${random.pick(COMPANY_TRADES)}有限公司`;
  return {
    name,
    documentKind: "credit-code",
    documentNo: creditCodeFrom(String(number).padStart(6, "0")),
    phone: random.int(100) < 80 ? bulkPhone(random) : null,
  };
}

/** 1380000xxxx is nobody's; below 1000 are the owners of the README, who keep their phones to themselves. */
function bulkPhone(random: SeededRandom): string {
  return `1380000${1000 + random.int(9000)}`;
}
