import type { Db } from "#src/platform/database/client.ts";

const RAMP = "正门右侧有坡道，门口有呼叫铃";

const WINDOWS = [
  {
    name: "民生路办事大厅",
    district_code: "990101",
    address: "示例市示范区民生路 1 号一楼 3–8 号窗口",
    phone: "0990-12345678",
    by_bus:
      "示例 1 路、示例 12 路到“民生路口”站，下车往北走约 150 米；地铁示例 2 号线“市民广场”站 B 口，走约 400 米",
    landmarks: "市民广场北侧，灰色六层楼，楼顶有“民生服务”四个字，对面是示例银行民生支行",
    step_free:
      "正门台阶右侧有坡道，走东侧平门也能进；电梯到各层，一楼有无障碍卫生间和低位窗口（8 号）",
    handles: "交款、退款、对账、过户更名、机构注册",
  },
  {
    name: "样板区办事窗口",
    district_code: "990102",
    address: "示例市样板区样板大道 66 号二楼 12 号窗口",
    phone: "0990-12345679",
    by_bus: "示例 7 路到“样板区政府”站，下车即到",
    landmarks: "样板区政务服务中心内，门前有两棵大樟树",
    step_free: "南门有坡道，乘 1 号电梯到二楼",
    handles: "交款、退款咨询与收件",
  },
] as const;

type Branch = readonly [
  bank: string,
  name: string,
  district: string,
  address: string,
  step: string,
];

const BRANCHES: readonly Branch[] = [
  ["SLYH", "民生支行", "990101", "民生路 2 号", RAMP],
  ["SLYH", "示范广场支行", "990101", "广场东街 18 号", RAMP],
  ["SLYH", "样板支行", "990102", "样板大道 70 号", "平门，没有台阶"],
  ["SLYH", "樟树路支行", "990102", "樟树路 5 号", "门口有三级台阶，按铃有人帮忙"],
  ["SLYH", "试点支行", "990103", "试点中路 33 号", RAMP],
  ["SFYH", "示范区支行", "990101", "解放街 101 号", "平门，没有台阶"],
  ["SFYH", "样板大道支行", "990102", "样板大道 12 号", RAMP],
  ["SFYH", "试点支行", "990103", "试点北路 8 号", RAMP],
  ["SFYH", "演示大道支行", "990103", "演示大道 200 号", "平门，没有台阶"],
];

const DISTRICT_NAMES: Record<string, string> = {
  "990101": "示范区",
  "990102": "样板区",
  "990103": "试点区",
};

/** Writes the demonstration's windows and branches; what is there already stays as it is. */
export async function seedServicePlaces(owner: Db): Promise<void> {
  await owner
    .insertInto("service_window")
    .values([...WINDOWS])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await owner
    .insertInto("bank_branch")
    .values(
      BRANCHES.map(([bank_code, name, district_code, street, step_free], at) => ({
        bank_code,
        name,
        district_code,
        address: `示例市${DISTRICT_NAMES[district_code]}${street}`,
        phone: `0990-1234${5701 + at}`,
        hours: "周一至周五 9:00–17:00，周六 9:00–16:00（只办个人业务）",
        step_free,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
