import type { ComponentChildren } from "preact";
import { Icon } from "../drawing/icon.tsx";

export interface SearchBarProps {
  action: string;
  /** The name of the query's parameter, `q` or `number`. */
  name: string;
  /** Makes ids unique where a page has several. */
  id: string;
  /** What the text box is called; heard, not seen. */
  label: string;
  value?: string | undefined;
  placeholder?: string | undefined;
  inputMode?: "text" | "numeric" | "search" | undefined;
  /** What the script may suggest while typing: houses and estates, or estates alone. */
  suggests?: "houses" | "estates" | undefined;
  /** Shows the word 搜索 beside the glass. */
  hasWord?: boolean | undefined;
  hasFocus?: boolean | undefined;
  /** Hidden fields that go with the query: the filters that stay. */
  children?: ComponentChildren;
}

/** A text box and the button 搜索, joined. Works by itself as a GET form. */
export function SearchBar(props: SearchBarProps) {
  return (
    <form action={props.action} method="get">
      {props.children}
      <div class={props.hasWord ? "search-bar with-word" : "search-bar"}>
        <label class="heard" for={`${props.id}-text`}>
          {props.label}
        </label>
        <input
          type="text"
          id={`${props.id}-text`}
          name={props.name}
          value={props.value ?? ""}
          placeholder={props.placeholder}
          inputMode={props.inputMode}
          enterKeyHint="search"
          autocomplete="off"
          spellcheck={false}
          data-suggests={props.suggests}
          data-focus={props.hasFocus}
        />
        <button type="submit">
          <Icon name="search" />
          <span class="search-word">搜索</span>
        </button>
      </div>
    </form>
  );
}
