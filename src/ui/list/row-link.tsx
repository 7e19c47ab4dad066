import { Icon, type IconName } from "../drawing/icon.tsx";
import { keepWhole } from "./keep-whole.tsx";

export interface RowLinkProps {
  href: string;
  icon: IconName;
  title: string;
  /** One line: what it takes. */
  text: string;
}

/** A whole row that leads somewhere: icon, title, one line. */
export function RowLink({ href, icon, title, text }: RowLinkProps) {
  return (
    <a class="row-link" href={href}>
      <Icon name={icon} />
      <span>
        <span class="row-title">{title}</span>
        <span class="small">{keepWhole(text)}</span>
      </span>
      <Icon name="right" />
    </a>
  );
}
