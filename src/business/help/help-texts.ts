import type { Db } from "#src/platform/database/client.ts";
import type { SiteText } from "#src/platform/site-text.ts";
import { OBJECTION_WAYS } from "./objections.ts";
import { type BankBranch, listBankBranches, listServiceWindows } from "./queries.ts";
import { questionGroups } from "./questions.ts";

/** Lists what the help says, for the search over the whole site: questions, objections, windows, branches. */
export async function listHelpTexts(db: Db, isSmsAvailable: boolean): Promise<SiteText[]> {
  const groups = questionGroups(isSmsAvailable);
  const [windows, branches] = await Promise.all([
    listServiceWindows(db),
    listBankBranches(db, { bank: "", district: "", q: "" }),
  ]);
  return [
    help(
      "/help",
      "帮助",
      "打电话 12345 找人帮办 热线 客服 人工 联系我们 服务时间 上班时间 几点开门",
    ),
    help("/help/questions", "常见问题", groups.map(({ title }) => title).join(" ")),
    help(
      "/help/branches",
      "银行网点",
      `在哪里交款 哪家银行 支行 网点 地址 电话 营业时间 ${branches.map(branchWords).join(" ")}`,
    ),
    ...windows.map((window) =>
      help(
        "/help#windows",
        window.name,
        [window.address, window.byBus, window.landmarks, window.stepFree, window.handles].join(
          "。",
        ),
      ),
    ),
    ...groups.flatMap((group) =>
      group.questions.map(({ question, answer }) =>
        help(`/help/questions#${group.id}`, question, answer),
      ),
    ),
    ...OBJECTION_WAYS.map(({ id, title, what, steps, basis }) =>
      help(`/help/objections#${id}`, title, [what, ...steps, basis].join(" ")),
    ),
  ];
}

function branchWords({ bankName, name, districtName, address }: BankBranch): string {
  return `${bankName}${name}（${districtName ?? ""}，${address}）`;
}

function help(href: string, title: string, text: string): SiteText {
  return { href, kind: "帮助", title, text, date: null };
}
