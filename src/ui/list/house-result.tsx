import { Tag, type TagProps } from "../drawing/tag.tsx";
import { ButtonLink } from "../form/button.tsx";

export interface HouseResultProps {
  /** 示例花园 12幢 3单元 502 */
  address: string;
  /** What tells it apart from a house of the same address, such as the district. */
  note?: string | undefined;
  houseCode: string;
  /** Formatted, such as 98.76. */
  area: string;
  /** What is paid or due, with its mark: 未交，应交 11,851.20 元. */
  state?: (Omit<TagProps, "children"> & { words: string }) | undefined;
  /** The one that agrees with every word typed; it carries the only primary button. */
  isExact?: boolean | undefined;
  /** 3 below a heading such as 相近的房屋; without it 2. */
  headingLevel?: 2 | 3 | undefined;
  /** Whichever is given is offered. */
  depositHref?: string | undefined;
  refundHref?: string | undefined;
  detailHref?: string | undefined;
  /** The act that the visitor came for; it is primary at the exact hit. */
  mainAct?: "deposit" | "detail" | undefined;
}

/** One house of a result list with what can be done about it. */
export function HouseResult(props: HouseResultProps) {
  const { address, note, houseCode, area, state, isExact } = props;
  const Heading = props.headingLevel === 3 ? "h3" : "h2";
  return (
    <article class={isExact ? "house exact" : "house"}>
      <div>
        {isExact && (
          <Tag tone="brand" mark="tick">
            与您输入的一致
          </Tag>
        )}
        <Heading class="house-name">{address}</Heading>
        <p class="house-facts">
          {note && <span>{note}</span>}
          <span>房屋编号 {houseCode}</span>
          <span class="whole">{area} ㎡</span>
          {state && <Tag {...(({ words: _, ...look }) => look)(state)}>{state.words}</Tag>}
        </p>
      </div>
      <HouseActions {...props} />
    </article>
  );
}

function HouseActions(props: HouseResultProps) {
  const { isExact, mainAct = "deposit" } = props;
  const acts = [
    { act: "deposit", word: "交款", href: props.depositHref },
    { act: "refund", word: "退款", href: props.refundHref },
    { act: "detail", word: "查看明细", href: props.detailHref },
  ];
  return (
    <div class="house-actions">
      {acts.map(({ act, word, href }) =>
        href === undefined ? null : (
          <ButtonLink key={act} href={href} kind={isExact && act === mainAct ? "primary" : "plain"}>
            {word}
          </ButtonLink>
        ),
      )}
    </div>
  );
}
