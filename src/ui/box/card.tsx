import type { ComponentChildren } from "preact";

export interface CardProps {
  title?: string;
  /** Makes the card a region named by its heading. */
  id?: string;
  /** What stands at the right of the heading: a link or a tag. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

/** One subject on a white ground with a hairline edge. Never inside another card. */
export function Card({ title, id, aside, children }: CardProps) {
  const headingId = id && title ? `${id}-title` : undefined;
  return (
    <section class="card" id={id} aria-labelledby={headingId}>
      {title && (
        <div class="card-head">
          <h2 id={headingId}>{title}</h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** The heading of a section of the page that is not itself a card. */
export function SectionHead({ title, id, aside }: Omit<CardProps, "children">) {
  return (
    <div class="section-head">
      <h2 id={id}>{title}</h2>
      {aside}
    </div>
  );
}
