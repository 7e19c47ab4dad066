import { formatArea } from "#src/kernel/area.ts";
import type { EstateHit, HouseHit, SearchAnswer } from "#src/register/search/search-houses.ts";
import { Disclosure } from "#src/ui/box/disclosure.tsx";
import { UnderstoodAddress } from "#src/ui/box/explanation.tsx";
import { HelpLine } from "#src/ui/box/help-line.tsx";
import { Notice, WayOut } from "#src/ui/box/notice.tsx";
import { ButtonLink } from "#src/ui/form/button.tsx";
import { SearchBar } from "#src/ui/form/search-bar.tsx";
import { Page, PageHead } from "#src/ui/layout.tsx";
import { HouseResult } from "#src/ui/list/house-result.tsx";
import { RowLink } from "#src/ui/list/row-link.tsx";
import type { PageShell } from "#src/ui/page-shell.ts";
import { owedNow } from "../house-standing.ts";
import type { DescribedAnswer } from "./find-and-describe.ts";
import { standingTag } from "./standing-tag.ts";

/** The quick service that the search belongs to: it names the page and what its houses are found for. */
export interface SearchPurpose {
  title: string;
  /** For search engines. */
  description: string;
  action: string;
  mainAct: "deposit" | "detail";
  /** Only the desk of the owners offers to pay and to claim back. */
  hasDeposit: boolean;
}

export interface SearchPageProps {
  shell: PageShell;
  purpose: SearchPurpose;
  typed: string;
  found: DescribedAnswer;
}

type Answer = Extract<SearchAnswer, { kind: "answer" }>;
type Guidance = Extract<SearchAnswer, { kind: "guidance" }>["reason"];

const GUIDANCE: Record<Guidance, string> = {
  empty: "请输入房屋地址，例如 示例花园12幢3单元502",
  "too-short": "再多输入几个字：先写小区名称，再写幢、单元和房号，例如 示例花园12幢3单元502",
  "too-long": "地址太长了，请只写小区名称、幢、单元和房号，100 个字以内，例如 示例花园12幢3单元502",
  "no-letters":
    "没有认出小区名称，请用文字或拼音写小区名称，再写幢、单元和房号，例如 示例花园12幢3单元502",
};

/** A house search with its answer: how the words were understood, exact hits, near ones, the way out. */
export function HouseSearchPage({ shell, purpose, typed, found }: SearchPageProps) {
  const { answer } = found;
  return (
    <Page
      shell={shell}
      title={purpose.title}
      description={purpose.description}
      crumbs={[{ title: purpose.title }]}
    >
      <PageHead title={purpose.title} />
      <SearchBar
        id="houses"
        action={purpose.action}
        name="q"
        label="房屋地址"
        placeholder="例如：示例花园12幢3单元502"
        value={typed}
        suggests="houses"
        hasWord
      />
      {answer.kind === "guidance" ? (
        <Notice title="请输入房屋地址" icon="search">
          <p>{GUIDANCE[answer.reason]}</p>
        </Notice>
      ) : (
        <Found
          answer={answer}
          purpose={purpose}
          typed={typed}
          found={found}
          isElder={shell.mode === "elder"}
        />
      )}
    </Page>
  );
}

interface FoundProps {
  answer: Answer;
  purpose: SearchPurpose;
  typed: string;
  found: DescribedAnswer;
  isElder: boolean;
}

function Found(props: FoundProps) {
  const { answer } = props;
  const { exact, near, estates } = answer;
  const wayOut = props.purpose.hasDeposit && <UnrecordedWayOut />;
  // Whose house is not there need not pass the neighbours' first.
  const isMissed = exact.length === 0 && near.length > 0;
  return (
    <>
      {answer.understood && (
        <UnderstoodAddress parts={answer.understood.parts}>
          不对？请把小区、幢、单元、房号都写上再搜，或{" "}
          <a href={`/my-estate/${answer.understood.estateCode}`}>按楼盘表找房</a>
        </UnderstoodAddress>
      )}
      <p role="status">{countSentence(answer)}</p>
      {isMissed && wayOut}
      {props.found.isWithheld && <p class="quiet">交存状态不在这里显示，请点“查看明细”。</p>}
      {exact.map((hit) => (
        <Hit
          key={hit.code}
          hit={hit}
          note={hit.why}
          isExact={exact.length === 1}
          level={2}
          {...props}
        />
      ))}
      {near.length > 0 && <NearHits near={near} {...props} />}
      {estates.length > 0 && <Estates estates={estates} {...props} />}
      {exact.length + near.length + estates.length === 0 && (
        <Notice title={`没有找到“${props.typed.slice(0, 40)}”`} icon="search">
          <p>请先写小区名称，再写幢、单元和房号。小区改过名的，也可以写原来的名称或拼音。</p>
          <HelpLine />
        </Notice>
      )}
      {!isMissed && wayOut}
    </>
  );
}

/** So many near houses are seen at once. */
const NEAR_SHOWN = 3;

/**
 * A reason that all have is said once; what is more than a few is one step away. In 适老版 all are where the house
 * itself was found: fewer buttons to choose from.
 */
function NearHits({ near, ...props }: FoundProps & { near: readonly HouseHit[] }) {
  const [first, second] = near;
  const isShared = second !== undefined && near.every(({ why }) => why === first?.why);
  const listed = near.map((hit) => (
    <Hit
      key={hit.code}
      hit={hit}
      note={isShared ? undefined : hit.why}
      isExact={false}
      level={3}
      {...props}
    />
  ));
  const why = isShared && <p class="quiet">{first?.why}</p>;
  if (props.isElder && props.answer.exact.length > 0) {
    return (
      <Disclosure summary={`不是这套？看相近的 ${near.length} 套`}>
        <h2>相近的房屋</h2>
        {why}
        {listed}
      </Disclosure>
    );
  }
  return (
    <>
      <h2>相近的房屋</h2>
      {why}
      {listed.slice(0, NEAR_SHOWN)}
      {near.length > NEAR_SHOWN && (
        <Disclosure summary={`再看相近的 ${near.length - NEAR_SHOWN} 套`}>
          {listed.slice(NEAR_SHOWN)}
        </Disclosure>
      )}
    </>
  );
}

function countSentence({ exact, near, estates, unknownParts = [] }: Answer): string {
  const unknown = unknownParts.join("、").slice(0, 40);
  const missed = unknown === "" ? "" : `登记里没有找到“${unknown}”。`;
  if (exact.length > 0) {
    return `找到 ${exact.length} 套一致的房屋${near.length > 0 ? `，${near.length} 套相近的房屋` : ""}。`;
  }
  if (near.length > 0) return `${missed}没有完全一致的房屋，找到 ${near.length} 套相近的。`;
  if (estates.length > 0) return `${missed}请选小区，再写上幢、单元和房号。`;
  return "没有找到房屋。";
}

interface HitProps extends FoundProps {
  hit: HouseHit;
  note: string | undefined;
  isExact: boolean;
  level: 2 | 3;
}

function Hit({ hit, note, isExact, level, purpose, found }: HitProps) {
  const standing = found.standings.get(hit.houseId);
  return (
    <HouseResult
      address={hit.address}
      note={note}
      houseCode={hit.code}
      area={formatArea(hit.areaHundredths)}
      state={standing && standingTag(standing)}
      isExact={isExact}
      headingLevel={level}
      mainAct={standing && owedNow(standing) === null ? "detail" : purpose.mainAct}
      depositHref={purpose.hasDeposit ? `/deposit/${hit.code}` : undefined}
      refundHref={purpose.hasDeposit ? `/refund/${hit.code}` : undefined}
      detailHref={`/fund/${hit.code}`}
    />
  );
}

function Estates({ estates, purpose }: FoundProps & { estates: readonly EstateHit[] }) {
  return (
    <>
      <h2>您是不是要找</h2>
      <ul class="rows">
        {estates.map((estate) => (
          <li key={estate.code}>
            <RowLink
              href={`${purpose.action}?q=${encodeURIComponent(estate.name)}`}
              icon="estate"
              title={estate.name}
              text={[estate.districtName, estate.address].filter(Boolean).join(" ")}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function UnrecordedWayOut() {
  return (
    <WayOut
      title="没有您的房屋？"
      text="可能还没有备案。您可以先交款，同时把房屋补录进来，需要购房合同和身份证。"
    >
      <ButtonLink href="/unrecorded-deposit">未备案房屋交款</ButtonLink>
    </WayOut>
  );
}
