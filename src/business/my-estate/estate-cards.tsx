import { formatArea } from "#src/kernel/area.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { HOUSES_TOGETHER_MIN, reachWords } from "#src/ledger/disclosure/small-groups.ts";
import type { EstateBook } from "#src/ledger/estate-book/estate-book.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Actions, ButtonLink } from "#src/ui/form/button.tsx";
import { Facts } from "#src/ui/list/facts.tsx";
import type { Estate } from "./queries.ts";
import type { ToldUse } from "./rules.ts";

/** 小区概况: who built, who manages, how large; never whose the houses are. */
export function OverviewCard({ estate, book }: { estate: Estate; book: EstateBook }) {
  const { houseCount, areaHundredths } = book.totals;
  const orNone = (text: string) => text || "没有登记";
  return (
    <Card title="小区概况" id="overview">
      <Facts
        facts={[
          { label: "编号", value: estate.code },
          { label: "地址", value: orNone(`${estate.districtName}${estate.address}`) },
          { label: "开发单位", value: orNone(estate.developerName) },
          { label: "物业企业", value: orNone(estate.propertyCompanyName) },
          { label: "业委会", value: orNone(estate.committeeName) },
          { label: "建成年份", value: estate.completedYear ?? "没有登记" },
          { label: "幢数", value: `${book.buildings.length} 幢` },
          { label: "户数", value: `${houseCount} 户` },
          { label: "建筑面积", value: `${formatLargeArea(areaHundredths)} ㎡` },
          { label: "专户银行", value: `${estate.bankName}${estate.branchName}` },
        ]}
      />
    </Card>
  );
}

/** An estate's area is far below what a number holds exactly. */
function formatLargeArea(hundredths: bigint): string {
  return formatArea(Number.parseInt(`${hundredths}`, 10));
}

const USES_SHOWN = 5;

/** 最近使用: what was repaired lately and what the fund paid for it. */
export function RecentUsesCard({ estate, uses }: { estate: Estate; uses: readonly ToldUse[] }) {
  return (
    <Card
      title="最近使用"
      id="recent-uses"
      aside={
        uses.length > USES_SHOWN && (
          <a href={`/my-estate/${estate.code}/uses`}>看全部 {uses.length} 个</a>
        )
      }
    >
      {uses.length === 0 ? (
        <p>还没有用过维修资金。</p>
      ) : (
        <ul class="use-lines">
          {uses.slice(0, USES_SHOWN).map((use, at) => (
            <li key={at}>
              <span>
                {use.projectName}
                <span class="small line-note">{useNote(use)}</span>
              </span>
              <strong class="whole">{formatYuan(use.amountFen)}</strong>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function useNote(use: ToldUse): string {
  return `${use.bookDate} · ${reachWords(use)}`;
}

/** Where a total of this estate would tell what a house holds, here or in the one that is told together with it. */
export function WithheldCard({ estate }: { estate: Estate }) {
  return (
    <Card title="资金合计">
      <p>
        这个小区的合计不单独公布，只计入{estate.districtName}的合计：不足 {HOUSES_TOGETHER_MIN}{" "}
        户的小区，公布合计就等于公布每户的余额，要和它们一起合计的小区也一样。新登记的小区等公示整理以后公布。
      </p>
      <p>
        查自家的，请用<a href="/fund">维修资金查询</a>。
      </p>
    </Card>
  );
}

/** The same figures as files, for spreadsheets and for programs. */
export function DownloadCard({ estate }: { estate: Estate }) {
  const path = `/my-estate/${estate.code}/houses`;
  return (
    <Card title="下载数据" id="download">
      <p>各幢的合计，没有任何一户的数据，也没有任何个人信息。</p>
      <Actions>
        <ButtonLink href={`${path}.csv`} label="下载表格，CSV，Excel 可以打开">
          下载表格
        </ButtonLink>
        <ButtonLink href={`${path}.json`} label="下载 JSON，给程序用">
          下载 JSON
        </ButtonLink>
      </Actions>
    </Card>
  );
}
