export type Point = readonly [x: number, y: number];

/** One movement of the pen: corners joined by straight lines, or points on a smooth curve. */
export interface Stroke {
  readonly kind: "straight" | "smooth";
  readonly points: readonly Point[];
}

/** The height of the box that the shapes below are drawn in; its width is 100. */
export const GLYPH_HEIGHT = 140;

const straight = (...points: Point[]): Stroke => ({ kind: "straight", points });
const smooth = (...points: Point[]): Stroke => ({ kind: "smooth", points });
const turned = (stroke: Stroke): Stroke => ({
  kind: stroke.kind,
  points: stroke.points.map(([x, y]) => [100 - x, GLYPH_HEIGHT - y]),
});

const OVAL = smooth(
  [50, 4],
  [20, 26],
  [12, 70],
  [20, 114],
  [50, 136],
  [80, 114],
  [88, 70],
  [80, 26],
  [50, 4],
);
const SIX = smooth(
  [74, 8],
  [38, 38],
  [16, 92],
  [36, 132],
  [70, 130],
  [84, 98],
  [62, 72],
  [32, 78],
  [18, 100],
);
const EIGHT_TOP = smooth([50, 66], [24, 48], [24, 18], [50, 4], [76, 18], [76, 48], [50, 66]);
const EIGHT_FOOT = smooth([50, 66], [18, 88], [18, 122], [50, 136], [82, 122], [82, 88], [50, 66]);
const TWO_BACK = smooth([14, 36], [28, 10], [58, 4], [82, 24], [74, 60], [42, 98], [12, 132]);
const FIVE_BELLY = smooth([20, 64], [52, 52], [84, 76], [80, 116], [44, 136], [12, 118]);

/**
 * The characters of sums in one or more hands, drawn by ourselves so that no font has to be present. 1 and 7
 * are left out: bent and crossed by a line nobody can tell them apart.
 */
export const GLYPHS: Readonly<Record<string, readonly (readonly Stroke[])[]>> = {
  "0": [[OVAL]],
  "2": [[TWO_BACK, straight([12, 132], [88, 132])]],
  "3": [
    [
      smooth([16, 20], [48, 4], [80, 24], [70, 54], [40, 66]),
      smooth([40, 66], [78, 78], [84, 108], [52, 136], [12, 118]),
    ],
  ],
  "4": [
    [straight([62, 4], [10, 94], [92, 94]), straight([66, 54], [66, 136])],
    [straight([30, 8], [16, 80], [90, 80]), straight([70, 30], [64, 136])],
  ],
  "5": [[straight([80, 6], [26, 6], [20, 64]), FIVE_BELLY]],
  "6": [[SIX]],
  "8": [[EIGHT_TOP, EIGHT_FOOT]],
  "9": [[turned(SIX)]],
  "+": [[straight([8, 76], [92, 76]), straight([50, 34], [50, 118])]],
  "=": [[straight([10, 58], [90, 58]), straight([10, 94], [90, 94])]],
  "?": [
    [
      smooth([16, 36], [32, 8], [68, 8], [84, 38], [60, 66], [50, 96]),
      straight([49, 126], [51, 130]),
    ],
  ],
};
