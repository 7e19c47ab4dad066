import { Icon } from "#src/ui/drawing/icon.tsx";
import { SearchBox } from "#src/ui/form/search-box.tsx";

const WORDS = {
  ownerService: "输入房屋地址，办理交款、退款。不用登录。",
  address: "例如：示例花园12幢3单元502",
  myEstate: "看小区概况、楼盘表和资金合计。",
  fund: "看一套房屋的余额和每一笔明细。",
  status: "办到哪一步、还差什么、几号办好。",
};

/** Shorter where the letters are larger. */
const ELDER_WORDS: typeof WORDS = {
  ownerService: "交款、退款，不用登录。",
  address: "房屋地址",
  myEstate: "看小区有多少钱。",
  fund: "看自家余额和每一笔。",
  status: "看办到哪一步了。",
};

/** 快捷服务: the manual's four entries, each a region with one text box and the button 搜索. */
export function QuickServices({ isElder }: { isElder: boolean }) {
  const words = isElder ? ELDER_WORDS : WORDS;
  return (
    <section class="quick-area" aria-label="快捷服务">
      <SearchBox
        id="owner-service"
        title="业主自主办理区"
        icon="home"
        why={words.ownerService}
        look="main"
        action="/owner-service"
        name="q"
        label="房屋地址"
        placeholder={words.address}
        suggests="houses"
      >
        {!isElder && <AlsoForOwners />}
      </SearchBox>
      <SearchBox
        id="my-estate"
        title="进入我的小区"
        icon="estate"
        why={words.myEstate}
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
        why={words.fund}
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
        why={words.status}
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

function AlsoForOwners() {
  return (
    <>
      <a href="/unrecorded-deposit">
        未备案房屋交款
        <Icon name="right" />
      </a>
      <a href="/guides/owner-deposit#how-much">
        要交多少，怎么算
        <Icon name="right" />
      </a>
    </>
  );
}
