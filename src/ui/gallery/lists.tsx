import { calendarDate } from "#src/kernel/calendar-date.ts";
import { Card } from "../box/card.tsx";
import { SearchBar } from "../form/search-bar.tsx";
import { SearchBox } from "../form/search-box.tsx";
import { Halves } from "../layout.tsx";
import { Facts } from "../list/facts.tsx";
import { HouseResult } from "../list/house-result.tsx";
import { FileLine, Lines, NewsLine } from "../list/lines.tsx";
import { Pager } from "../list/pager.tsx";
import { RowLink } from "../list/row-link.tsx";
import { SessionList } from "../list/session-list.tsx";

/** Where to search, what was found, lines, facts, pages, sessions. */
export function Lists() {
  const house = { houseCode: "SL0126-12-3-0502", area: "98.76" };
  const hrefs = { depositHref: "#main", refundHref: "#main", detailHref: "#main" };
  return (
    <>
      <div class="quick-area">
        <SearchBox
          id="g1"
          title="业主自主办理区"
          icon="home"
          why="主卡片"
          look="main"
          action="/_ui"
          name="q"
          label="房屋地址"
          placeholder="房屋地址"
        />
        <SearchBox
          id="g2"
          title="维修资金查询"
          icon="coin"
          why="卡片"
          action="/_ui"
          name="q"
          label="房屋地址"
          placeholder="房屋地址"
        />
        <SearchBox
          id="g3"
          title="进入我的小区"
          icon="estate"
          why="卡片"
          action="/_ui"
          name="q"
          label="物业区域名称"
          placeholder="物业区域名称"
        />
        <SearchBox
          id="g4"
          title="业务受理状态查询"
          icon="track"
          why="横卡片"
          look="across"
          action="/_ui"
          name="number"
          label="业务单编号"
          placeholder="18 位"
        />
      </div>
      <SearchBar
        id="g5"
        action="/_ui"
        name="q"
        label="房屋地址"
        value="示例花园十二栋3-502"
        hasWord
      />
      <HouseResult
        {...house}
        {...hrefs}
        address="示例花园 12幢3单元502"
        isExact
        state={{ tone: "bad", mark: "ring", words: "未交，应交 11,851.20 元" }}
      />
      <HouseResult
        {...house}
        {...hrefs}
        address="示例花园 12幢3单元505"
        note="同幢"
        state={{ tone: "wait", mark: "half", words: "低于 30%" }}
      />
      <RowLink href="#main" icon="estate" title="示例花园" text="示范区民生路 8 号" />
      <Halves>
        <Card title="列表">
          <Lines>
            <NewsLine
              href="#main"
              category="政策"
              title="首期交存标准公布"
              publishedOn={calendarDate("2026-11-22")}
            />
            <FileLine href="#main" title="用户手册" fileName="manual.pdf" sizeBytes={1258291} />
          </Lines>
        </Card>
        <Card title="事实">
          <Facts
            facts={[
              { label: "坐落", value: "示例花园 12幢3单元502" },
              { label: "交款人", value: "张**" },
            ]}
          />
        </Card>
      </Halves>
      <Pager page={2} pageSize={20} totalCount={158} hrefOf={(page) => `?page=${page}`} />
      <SessionList sessions={SESSIONS} endAction="/_ui" endOthersAction="/_ui" />
    </>
  );
}

const SESSIONS = [
  { id: 1, browserWords: "Chrome · Windows", isThis: true },
  { id: 2, browserWords: "WeChat · HarmonyOS", isThis: false },
].map((session) => ({ ...session, startedAt: new Date(0), lastSeenAt: new Date(3_600_000) }));
