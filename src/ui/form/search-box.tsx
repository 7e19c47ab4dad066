import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../drawing/icon.tsx";
import { SearchBar, type SearchBarProps } from "./search-bar.tsx";

export interface SearchBoxProps extends SearchBarProps {
  /** The manual's name of the quick service; it names the region too. */
  title: string;
  icon: IconName;
  /** One line: what it is for. */
  why: string;
  /** The main one is the large card in brand colour; `across` lies over two columns. */
  look?: "main" | "plain" | "across" | undefined;
  /** Links below the field. */
  children?: ComponentChildren;
}

/** A quick service: a region named by its heading, holding one text box and the button 搜索. */
export function SearchBox(props: SearchBoxProps) {
  const { title, icon, why, look = "plain", children, ...bar } = props;
  const ground =
    look === "main" ? "quick main on-deep" : look === "across" ? "quick across" : "quick";
  return (
    <section class={ground} aria-labelledby={`${props.id}-title`}>
      <h2 id={`${props.id}-title`}>
        <span class="tile">
          <Icon name={icon} />
        </span>
        {title}
      </h2>
      <p class="why">{why}</p>
      <SearchBar {...bar} />
      {children && <p class="also">{children}</p>}
    </section>
  );
}
