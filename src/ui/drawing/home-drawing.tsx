/** The front of a building: where it stands, its windows as columns × rows, and whether it has a curved roof. */
interface Building {
  x: number;
  width: number;
  top: number;
  columns: number;
  isNear: boolean;
}

const GROUND = 300;
const BUILDINGS: readonly Building[] = [
  { x: 196, width: 74, top: 158, columns: 4, isNear: false },
  { x: 288, width: 94, top: 90, columns: 5, isNear: true },
  { x: 400, width: 76, top: 130, columns: 4, isNear: false },
  { x: 490, width: 110, top: 40, columns: 6, isNear: true },
  { x: 618, width: 84, top: 100, columns: 5, isNear: false },
  { x: 716, width: 100, top: 68, columns: 5, isNear: true },
  { x: 832, width: 70, top: 142, columns: 4, isNear: false },
];
const TREES: readonly [number, number][] = [
  [158, 17],
  [279, 15],
  [392, 13],
  [609, 16],
  [708, 13],
  [822, 16],
];
/** Lit windows as building, column, row. */
const LIT: readonly [number, number, number][] = [
  [1, 2, 2],
  [2, 1, 3],
  [3, 4, 4],
  [3, 0, 2],
  [4, 1, 3],
  [5, 2, 2],
  [5, 4, 5],
];
const ROW = 24;

/**
 * Buildings with curved roofs before hills, in token colours; decoration that is hidden from assistive
 * technology and does not appear on phones. Drawn once, about 2 KB.
 */
export function HomeDrawing() {
  return (
    <svg
      class="drawing"
      viewBox="0 0 960 300"
      aria-hidden="true"
      focusable="false"
      dangerouslySetInnerHTML={{ __html: DRAWING }}
    />
  );
}

const windowX = (building: Building, column: number) =>
  Math.round(building.x + 12 + (column * (building.width - 34)) / (building.columns - 1));
const windowY = (building: Building, row: number) => building.top + 26 + row * ROW;

function buildingShape(building: Building): string {
  const { x, width, top, columns, isNear } = building;
  const rows = Math.floor((GROUND - 20 - top - 26) / ROW);
  const one = Array.from(
    { length: columns },
    (_, c) => `M${windowX(building, c)} 0h10v13h-10z`,
  ).join("");
  const panes = Array.from({ length: rows }, (_, r) =>
    one.replaceAll(" 0h", ` ${windowY(building, r)}h`),
  );
  const roof = isNear
    ? `<path class="roof" d="M${x - 12} ${top + 2}q22-4 34-22h${width - 44}q12 18 34 22z"/>`
    : "";
  const walls = isNear ? "near" : "far";
  return `<path class="${walls}" d="M${x} ${GROUND}V${top}h${width}v${GROUND - top}z"/><path class="pane" d="${panes.join("")}"/>${roof}`;
}

const tree = ([x, radius]: readonly [number, number]) =>
  `<path class="trunk" d="M${x} 300v-30"/><circle class="tree" cx="${x}" cy="${270 - radius / 3}" r="${radius}"/>`;

function litWindow([index, column, row]: readonly [number, number, number]): string {
  const building = BUILDINGS[index] as Building;
  return `M${windowX(building, column)} ${windowY(building, row)}h10v13h-10z`;
}

const DRAWING = [
  '<circle class="sun" cx="766" cy="62" r="40"/>',
  '<path class="hill" d="M0 300C110 282 170 140 268 132c90-8 110 62 180 66 76 4 92-126 186-126 84 0 120 92 196 88 60-4 84-20 130 10v130z"/>',
  ...BUILDINGS.filter((building) => !building.isNear).map(buildingShape),
  '<path class="hill" d="M60 300c90-20 140-92 236-92 86 0 130 44 214 36 92-10 150-66 236-62 80 4 130 30 214 44v74z"/>',
  ...BUILDINGS.filter((building) => building.isNear).map(buildingShape),
  `<path class="lit" d="${LIT.map(litWindow).join("")}"/>`,
  ...TREES.map(tree),
].join("");
