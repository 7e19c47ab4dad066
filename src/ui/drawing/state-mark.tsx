/** The marks of a state, drawn so that every system shows the same; the word always stands beside. */
export type MarkName =
  | "full"
  | "half"
  | "quarter"
  | "ring"
  | "dash"
  | "tick"
  | "cross"
  | "triangle"
  | "square";

const SHAPES: Record<MarkName, string> = {
  full: '<circle cx="6" cy="6" r="5" class="filled"/>',
  half: '<circle cx="6" cy="6" r="4.5"/><path d="M6 1.5a4.5 4.5 0 0 0 0 9z" class="filled"/>',
  quarter:
    '<circle cx="6" cy="6" r="4.5"/><path d="M6 6V1.5A4.5 4.5 0 0 1 10.5 6z" class="filled"/>',
  ring: '<circle cx="6" cy="6" r="4.5"/>',
  dash: '<path d="M1.5 6h9"/>',
  tick: '<path d="m1.5 6.5 3 3 6-7"/>',
  cross: '<path d="m2 2 8 8M10 2l-8 8"/>',
  triangle: '<path d="M6 1.2 11.3 10.8H.7z" class="filled" stroke="none"/>',
  square: '<path d="M1 1h10v10H1z" class="filled" stroke="none"/>',
};

/** Every mark, for the gallery. */
export const MARK_NAMES = Object.keys(SHAPES) as MarkName[];

/** Draws a state's mark, 12 px, hidden from assistive technology because a word says the same. */
export function StateMark({ mark }: { mark: MarkName }) {
  return (
    <svg
      class="mark"
      viewBox="0 0 12 12"
      aria-hidden="true"
      focusable="false"
      dangerouslySetInnerHTML={{ __html: SHAPES[mark] }}
    />
  );
}
