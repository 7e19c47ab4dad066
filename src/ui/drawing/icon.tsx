/** The icons of the house: 24 px grid, 1.75 px stroke, round ends, no fills. */
const SHAPES = {
  home: '<path d="M3.5 11 12 4l8.5 7"/><path d="M5.5 9.5V20h13V9.5"/><path d="M10 20v-5.5h4V20"/>',
  estate:
    '<path d="M2.5 20.5h19"/><path d="M4.5 20.5V7.5l7-4v17"/><path d="M11.5 9.5h8v11"/><path d="M8 9.5v0M8 13v0M8 16.5v0M15.5 13v0M15.5 16.5v0"/>',
  coin: '<circle cx="12" cy="12" r="8.5"/><rect x="9" y="9" width="6" height="6" rx=".5"/>',
  track:
    '<path d="M6 3.5h8.5L19 8v12.5H6z"/><path d="M14.5 3.5V8H19"/><path d="m9.5 12.5 2 2 3.5-3.5"/><path d="M9.5 17.5h5.5"/>',
  pay: '<rect x="3" y="5.5" width="18" height="13" rx="1.5"/><path d="M3 10h18"/><path d="M6.5 14.5h4"/>',
  refund:
    '<path d="M4.2 9.5A8.4 8.4 0 1 1 3.6 13"/><path d="M3.5 4.5v5h5"/><path d="m9.5 8.5 2.5 3.5 2.5-3.5M12 12v4.5M9.5 12.5h5M9.5 14.7h5"/>',
  doc: '<path d="M6 3.5h8.5L19 8v12.5H6z"/><path d="M14.5 3.5V8H19"/><path d="M9 12.5h7M9 16h7"/>',
  file: '<path d="M6 3.5h8.5L19 8v12.5H6z"/><path d="M14.5 3.5V8H19"/>',
  search: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
  right: '<path d="m9 5.5 6.5 6.5L9 18.5"/>',
  down: '<path d="m5.5 9 6.5 6.5L18.5 9"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
  alert: '<path d="M12 4 2.8 20h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>',
  print: '<path d="M7 9V3.5h10V9"/><path d="M7 17.5H3.5V9h17v8.5H17"/><path d="M7 14h10v6.5H7z"/>',
  copy: '<rect x="8.5" y="8.5" width="12" height="12" rx="1"/><path d="M15.5 8.5v-5h-12v12h5"/>',
  phone:
    '<path d="M8.2 3.5 4.4 4.3c-.6.1-1 .6-.9 1.2.7 7.9 7.1 14.3 15 15 .6.1 1.1-.3 1.2-.9l.8-3.8-4.3-2-2 2.2c-2.6-1.2-4.8-3.4-6-6l2.2-2z"/>',
  user: '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4.2 3.6-6.5 7.5-6.5s6.9 2.3 7.5 6.5"/>',
  people:
    '<circle cx="9" cy="8" r="3.75"/><path d="M2.5 20c.5-3.9 3-6 6.5-6s6 2.1 6.5 6"/><path d="M15.5 4.7a3.6 3.6 0 0 1 0 6.6M18 14.6c2 .8 3.2 2.6 3.5 5.4"/>',
  developer:
    '<path d="M4 20.5V10h7v10.5M11 20.5V4h9v16.5M2.5 20.5h19"/><path d="M14 8h3M14 12h3M14 16h3M7 14h1.5M7 17h1.5"/>',
  shield:
    '<path d="M12 3.5 4.5 6v5.5c0 4.5 3 7.7 7.5 9 4.5-1.3 7.5-4.5 7.5-9V6z"/><path d="m8.8 12 2.3 2.3 4.2-4.3"/>',
  bank: '<path d="M3.5 9 12 4l8.5 5z"/><path d="M5.5 9v8.5M10 9v8.5M14 9v8.5M18.5 9v8.5M3 20.5h18M4 17.5h16"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  minus: '<path d="M5 12h14"/>',
  rotate: '<path d="M19.5 8.5a8.4 8.4 0 1 0 .9 4.5"/><path d="M20.5 4v4.5H16"/>',
} as const;

/** The name of an icon in the set. */
export type IconName = keyof typeof SHAPES;

/** All of them, for the page that shows every component. */
export const ICON_NAMES = Object.keys(SHAPES) as IconName[];

/**
 * Draws an icon of the set in the colour of the text. It accompanies words and is hidden from assistive
 * technology. The page's sprite holds its shape once, however often it is shown.
 */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** Builds the sprite with only those icons that the given HTML shows; empty when it shows none. */
export function spriteFor(html: string): string {
  const used = new Set<string>();
  for (const [, name] of html.matchAll(/<use href="#i-([a-z]+)"/g)) if (name) used.add(name);
  const symbols = Object.entries(SHAPES)
    .filter(([name]) => used.has(name))
    .map(([name, shape]) => `<symbol id="i-${name}" viewBox="0 0 24 24">${shape}</symbol>`);
  if (symbols.length === 0) return "";
  return `<svg class="sprite" aria-hidden="true" focusable="false">${symbols.join("")}</svg>`;
}
