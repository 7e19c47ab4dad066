import type { EstateHit } from "#src/register/search/search-houses.ts";
import { HelpLine } from "#src/ui/box/help-line.tsx";
import { Notice } from "#src/ui/box/notice.tsx";
import { ButtonLink } from "#src/ui/form/button.tsx";
import { SearchBar } from "#src/ui/form/search-bar.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import type { EstateGuidance } from "./rules.ts";

/** No list is longer: whoever gets so many has to write more of the name. */
export const ESTATES_MAX = 20;

export interface EstateSearchProps {
  shell: PageShell;
  typed: string;
  found: { guidance: EstateGuidance } | { estates: readonly EstateHit[] };
}

const GUIDANCE: Record<EstateGuidance, string> = {
  empty: "请输入物业区域名称，例如 示例花园。也可以写别名、拼音或拼音首字母，例如 slhy",
  "too-short": "再多输入几个字：物业区域名称至少两个字，例如 示例花园",
  "too-long": "名称太长了，请只写物业区域名称，100 个字以内，例如 示例花园",
};

/** 物业区域查询: the estates that typed words may mean, each with why, and 查看. */
export function EstateSearchPage({ shell, typed, found }: EstateSearchProps) {
  return (
    <Page
      shell={shell}
      title="物业区域查询"
      description="按名称找到自己的小区，看小区概况、楼盘表、维修资金合计和使用公示，不用登录。"
      crumbs={[{ title: "物业区域查询" }]}
    >
      <PageHead title="物业区域查询" />
      <SearchBar
        id="estates"
        action="/my-estate"
        name="q"
        label="物业区域名称"
        placeholder="例如：示例花园"
        value={typed}
        suggests="estates"
        hasWord
      />
      {"guidance" in found ? (
        <Notice title="请输入物业区域名称" icon="search">
          <p>{GUIDANCE[found.guidance]}</p>
        </Notice>
      ) : (
        <FoundEstates typed={typed} estates={found.estates} />
      )}
    </Page>
  );
}

function FoundEstates({ typed, estates }: { typed: string; estates: readonly EstateHit[] }) {
  if (estates.length === 0) {
    return (
      <Notice title={`没有找到“${typed.slice(0, 40)}”`} icon="search">
        <p>请换一种写法：只写小区名称，不写幢和房号；小区改过名的，写原来的名称；也可以写拼音。</p>
        <HelpLine />
      </Notice>
    );
  }
  return (
    <>
      <p role="status">
        找到 {estates.length} 个物业区域。
        {estates.length === ESTATES_MAX && "只列出最像的 20 个，没有您的小区时请把名称写完整。"}
      </p>
      {estates.map((estate) => (
        <article key={estate.code} class="house">
          <div>
            <h2 class="house-name">{estate.name}</h2>
            <p class="house-facts">
              <span>{[estate.districtName, estate.address].filter(Boolean).join(" ")}</span>
              <span>编号 {estate.code}</span>
              <span>{estate.why}</span>
            </p>
          </div>
          <div class="house-actions">
            <ButtonLink href={`/my-estate/${estate.code}`}>查看</ButtonLink>
          </div>
        </article>
      ))}
    </>
  );
}
