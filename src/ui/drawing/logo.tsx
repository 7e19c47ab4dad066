const SHAPES =
  '<rect width="48" height="48" rx="9" fill="var(--seal,#b23a2e)"/>' +
  '<path d="M16.5 10.2h15" stroke="#fff" stroke-width="3" stroke-linecap="round"/>' +
  '<path d="M17 14h14c1.5 4 5 7 10 8.2-.8 2.4-4 2.6-7 1.4-2-.8-4-1.2-10-1.2s-8 .4-10 1.2c-3 1.2-6.2 1-7-1.4 5-1.2 8.5-4.2 10-8.2z" fill="#fff"/>' +
  '<circle cx="24" cy="32.2" r="8.2" fill="none" stroke="#fff" stroke-width="3"/>' +
  '<rect x="20.8" y="29" width="6.4" height="6.4" fill="#fff"/>';

/** The seal of the house: a curved roof over a coin with a square hole, in cinnabar. */
export function Logo() {
  return (
    <svg
      class="logo"
      viewBox="0 0 48 48"
      aria-hidden="true"
      focusable="false"
      dangerouslySetInnerHTML={{ __html: SHAPES }}
    />
  );
}

/** The same seal as a file of its own, for the browser's tab. */
export const LOGO_FILE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">${SHAPES.replace("var(--seal,#b23a2e)", "#b23a2e")}</svg>`;
