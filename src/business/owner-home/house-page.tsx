import { HomeFrame } from "#src/accounts/owners/home-frame.tsx";
import { formatArea } from "#src/kernel/area.ts";
import { formatShanghaiTime } from "#src/kernel/calendar-date.ts";
import { standingTag } from "#src/ledger/house-search/standing-tag.ts";
import { Card } from "#src/ui/box/card.tsx";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { Tag } from "#src/ui/drawing/tag.tsx";
import { Actions, Button, ButtonLink } from "#src/ui/form/button.tsx";
import { Form } from "#src/ui/form/form.tsx";
import { Pager } from "#src/ui/list/pager.tsx";
import { Table } from "#src/ui/list/table.tsx";
import { BalanceSplit } from "#src/ui/money/addition.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { type HouseLook, LOOK_DAYS, LOOKS_ON_PAGE, type LookerKind } from "./house-looks.ts";
import { HouseActs } from "./houses-page.tsx";
import type { OwnedHouse } from "./owned-houses.ts";

export interface HousePageProps {
  shell: PageShell;
  owned: OwnedHouse;
  /** Years with entries, newest first. */
  years: readonly number[];
  looks: { rows: readonly HouseLook[]; totalCount: number; page: number };
}

/** One house of the owner's: balance, statements to print, who looked at it, and taking the link away. */
export function HousePage({ shell, owned, years, looks }: HousePageProps) {
  const { house, balance, totalFen } = owned;
  const { words, ...look } = standingTag(owned.standing);
  return (
    <HomeFrame
      shell={shell}
      title={house.address}
      lead={`房屋编号 ${house.code}　建筑面积 ${formatArea(house.areaHundredths)} ㎡`}
      current="/me"
      isBelow
    >
      <BalanceSplit
        label="当前余额"
        fen={totalFen}
        state={
          <p>
            <Tag {...look}>{words}</Tag>
          </p>
        }
        parts={[
          { label: "本金", fen: balance.principalFen },
          { label: "利息", fen: balance.interestFen },
          ...(balance.reservedFen > 0n
            ? [{ label: "冻结（退款正在付）", fen: balance.reservedFen }]
            : []),
        ]}
      />
      <HouseActs owned={owned} />
      <Statements code={house.code} years={years} />
      <Looks code={house.code} {...looks} />
      <Unlink code={house.code} />
    </HomeFrame>
  );
}

function Statements({ code, years }: { code: string; years: readonly number[] }) {
  return (
    <Card title="年度对账单" id="statements">
      {years.length === 0 ? (
        <p>还没有交过维修资金，没有对账单。</p>
      ) : (
        <>
          <p>一年里的每一笔钱、怎么来的、年初和年末余额。A4 纸打印。</p>
          <Actions>
            {years.map((year) => (
              <ButtonLink
                key={year}
                href={`/me/houses/${code}/statements/${year}`}
                icon="print"
                opensNewTab
              >
                打印 {year} 年对账单
              </ButtonLink>
            ))}
          </Actions>
        </>
      )}
    </Card>
  );
}

const LOOKERS: Readonly<Record<LookerKind, string>> = {
  self: "本人",
  "other-owner": "登录的其他业主",
  visitor: "访客",
  staff: "工作人员",
  bank: "银行柜员",
  institution: "机构",
};

const WHAT: Readonly<Record<string, string>> = {
  "fund-detail-read": "查看资金明细",
  "fund-detail-exported": "导出资金明细",
  "deposit-form-opened": "打开交款页面",
  "owner-statement-printed": "打印年度对账单",
  "personal-data-revealed": "审核时查看个人信息明文",
};

function Looks({ code, rows, totalCount, page }: { code: string } & HousePageProps["looks"]) {
  return (
    <Card title="谁看过这套房屋" id="looks">
      <p>最近 {LOOK_DAYS} 天的记录。没有登录的人记为访客，我们不记他是谁，也不显示他从哪里来。</p>
      {rows.length === 0 ? (
        <p class="quiet">这 {LOOK_DAYS} 天没有人看过。</p>
      ) : (
        <Table
          kind="sheet"
          caption={`最近 ${LOOK_DAYS} 天谁看过，新的在前`}
          hidesCaption
          rows={rows}
          rowKey={({ id }) => id.toString()}
          columns={[
            {
              title: "时间",
              isRowHeader: true,
              isWhole: true,
              cell: ({ at }) => formatShanghaiTime(at),
            },
            { title: "谁", place: "top", label: "", cell: ({ looker }) => LOOKERS[looker] },
            { title: "看了什么", cell: ({ event }) => WHAT[event] ?? event },
          ]}
        />
      )}
      <Pager
        page={page}
        pageSize={LOOKS_ON_PAGE}
        totalCount={totalCount}
        hrefOf={(n) => `/me/houses/${code}?page=${n}#looks`}
      />
    </Card>
  );
}

function Unlink({ code }: { code: string }) {
  return (
    <Disclosure summary="取消关联这套房屋">
      <p>取消以后，这套房屋不再出现在您的账户里。钱和登记都不变，以后可以重新关联。</p>
      <Form action={`/me/houses/${code}/unlink`}>
        <Actions>
          <Button kind="danger">取消关联</Button>
        </Actions>
      </Form>
    </Disclosure>
  );
}
