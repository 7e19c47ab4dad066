/**
 * How parts of a chart differ without colour: each its own pattern for areas, its own dashes and marker for lines. Five
 * are told apart at a glance; what is more is drawn as 其他.
 */
export const LOOKS_MAX = 5;

const PATTERNS: readonly string[] = [
  "",
  "M-2 2l4-4M0 8l8-8M6 10l4-4",
  "M2 1.5v1M6 5.5v1",
  "M-2 6l4 4M0 0l8 8M6-2l4 4M-2 2l4-4M0 8l8-8M6 10l4-4",
  "M0 4h8",
];

/** The patterns of a chart; their names begin with the chart's, since a page may hold several charts. */
export function LookPatterns({ id, count }: { id: string; count: number }) {
  return (
    <defs>
      {PATTERNS.slice(0, count).map((shape, at) => (
        <pattern
          key={shape}
          id={`${id}-look-${at}`}
          width="8"
          height="8"
          patternUnits="userSpaceOnUse"
        >
          <rect class={`look look-${at}`} width="8" height="8" />
          {shape && <path class={`hatch look-${at}`} d={shape} />}
        </pattern>
      ))}
    </defs>
  );
}

/** What an area of the look at this place is filled with. */
export function fillOf(id: string, at: number): string {
  return `url(#${id}-look-${at % LOOKS_MAX})`;
}

const MARKERS = [
  "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
  "M-4-4h8v8h-8z",
  "M-5 4h10l-5-9z",
  "M0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
  "M-4-4l8 8M4-4l-8 8",
];

/** The marker of a line's point: circle, square, triangle, diamond, cross. */
export function Marker({ look, x, y }: { look: number; x: number; y: number }) {
  const at = look % LOOKS_MAX;
  return <path class={`marker look-${at}`} d={MARKERS[at]} transform={`translate(${x} ${y})`} />;
}

/** A legend's word with the area that it stands for. */
export function AreaKey({ id, look, word }: { id: string; look: number; word: string }) {
  return (
    <span>
      <svg class="chart" viewBox="0 0 28 12" aria-hidden="true" focusable="false">
        <rect class="part" x="1" y="0.5" width="26" height="11" fill={fillOf(id, look)} />
      </svg>
      {word}
    </span>
  );
}

/** A legend's word with the line and the marker that it stands for. */
export function LineKey({ look, word }: { look: number; word: string }) {
  return (
    <span>
      <svg class="chart" viewBox="0 0 28 12" aria-hidden="true" focusable="false">
        <path class={`line look-${look % LOOKS_MAX}`} d="M0 6h28" />
        <Marker look={look} x={14} y={6} />
      </svg>
      {word}
    </span>
  );
}
