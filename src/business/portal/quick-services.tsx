import { Icon } from "#src/ui/drawing/icon.tsx";
import { SearchBox } from "#src/ui/form/search-box.tsx";

/** 快捷服务: the manual's four entries, each a region with one text box and the button 搜索. */
export function QuickServices() {
  return (
    <section class="quick-area" aria-label="快捷服务">
      <SearchBox
        id="owner-service"
        title="业主自主办理区"
        icon="home"
        why="输入房屋地址，办理交款、退款。不用登录。"
        look="main"
        action="/owner-service"
        name="q"
        label="房屋地址"
        placeholder="例如：示例花园12幢3单元502"
        suggests="houses"
      >
        <a href="/unrecorded-deposit">
          未备案房屋交款
          <Icon name="right" />
        </a>
        <a href="/guides/owner-deposit#how-much">
          要交多少？
          <Icon name="right" />
        </a>
      </SearchBox>
      <SearchBox
        id="my-estate"
        title="进入我的小区"
        icon="estate"
        why="看小区概况、楼盘表和资金合计。"
        action="/my-estate"
        name="q"
        label="物业区域名称"
        placeholder="物业区域名称"
        suggests="estates"
      />
      <SearchBox
        id="fund"
        title="维修资金查询"
        icon="coin"
        why="看一套房屋的余额和每一笔明细。"
        action="/fund"
        name="q"
        label="房屋地址"
        placeholder="房屋地址"
        suggests="houses"
      />
      <SearchBox
        id="status"
        title="业务受理状态查询"
        icon="track"
        why="办到哪一步、还差什么、几号办好。"
        look="across"
        action="/status"
        name="number"
        label="业务单编号"
        placeholder="18 位业务单编号"
        inputMode="numeric"
      />
    </section>
  );
}
