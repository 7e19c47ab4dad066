import { addFen, type Fen, formatYuan, maxFen, ZERO_FEN } from "#src/kernel/money.ts";
import { largeAmount } from "../money/large-amount.ts";
import { tenth } from "./axes.tsx";
import { ChartFigure, type ChartWords } from "./chart-figure.tsx";
import { AreaKey, fillOf, LOOKS_MAX, LookPatterns } from "./looks.tsx";

/** A part of a whole. */
export interface DonutPart {
  name: string;
  fen: Fen;
}

export interface DonutChartProps extends ChartWords {
  nameTitle: string;
  parts: readonly DonutPart[];
  isTableOpen?: boolean;
}

const SIZE = [500, 250] as const;
const CENTRE = { x: 250, y: 125 };
const OUTER = 112;
const INNER = 66;

/** The parts of a whole as a ring with the sum in its middle; more than five are drawn as the largest and 其他. */
export function DonutChart(props: DonutChartProps) {
  const { id, parts, nameTitle } = props;
  const whole = addFen(ZERO_FEN, ...parts.map((part) => maxFen(part.fen, ZERO_FEN)));
  if (whole === 0n) return null;
  const drawn = largestParts(parts);
  const { figure, unit } = largeAmount(whole, whole);
  return (
    <ChartFigure
      {...props}
      size={SIZE}
      description={`合计 ${formatYuan(whole)} 元：${drawn.map((part) => `${part.name} ${shareOf(part.fen, whole)}`).join("，")}`}
      table={{
        columns: [
          { title: nameTitle, isRowHeader: true, cell: ({ name }) => name },
          { title: "金额（元）", isMoney: true, cell: (part) => formatYuan(part.fen) },
          { title: "占比", isMoney: true, cell: (part) => shareOf(part.fen, whole) },
        ],
        rows: parts,
        rowKey: ({ name }) => name,
      }}
      legend={drawn.map((part, at) => (
        <AreaKey
          key={part.name}
          id={id}
          look={at}
          word={`${part.name} ${shareOf(part.fen, whole)}`}
        />
      ))}
    >
      <LookPatterns id={id} count={drawn.length} />
      <Ring id={id} parts={drawn} whole={whole} />
      <text class="middle strong large" x={CENTRE.x} y={CENTRE.y + 2}>
        {figure}
      </text>
      <text class="middle" x={CENTRE.x} y={CENTRE.y + 24}>
        {unit}
      </text>
    </ChartFigure>
  );
}

function largestParts(parts: readonly DonutPart[]): DonutPart[] {
  const sorted = parts.filter((part) => part.fen > 0n).toSorted((a, b) => (a.fen < b.fen ? 1 : -1));
  if (sorted.length <= LOOKS_MAX) return sorted;
  const rest = sorted.slice(LOOKS_MAX - 1);
  return [
    ...sorted.slice(0, LOOKS_MAX - 1),
    { name: "其他", fen: addFen(...rest.map((part) => part.fen)) },
  ];
}

function Ring({ id, parts, whole }: { id: string; parts: readonly DonutPart[]; whole: Fen }) {
  let passed = 0n;
  return (
    <>
      {parts.map((part, at) => {
        const from = turnOf(passed, whole);
        passed += part.fen;
        return (
          <path
            key={part.name}
            class="part"
            fill-rule="evenodd"
            fill={fillOf(id, at)}
            d={piece(from, turnOf(passed, whole))}
          />
        );
      })}
    </>
  );
}

/** How far round the ring a sum reaches, from 0 to 1. */
function turnOf(sum: bigint, whole: bigint): number {
  return Number((sum * 1_000_000n) / whole) / 1_000_000;
}

/** An arc that ends where it begins is not drawn: a whole turn is one ring inside of another. */
function piece(from: number, to: number): string {
  if (to - from > 0.999_999) return `${ring(OUTER)}${ring(INNER)}`;
  const far = to - from > 0.5 ? 1 : 0;
  const place = (turn: number, radius: number) => {
    const angle = (turn - 0.25) * 2 * Math.PI;
    return `${tenth(CENTRE.x + radius * Math.cos(angle))} ${tenth(CENTRE.y + radius * Math.sin(angle))}`;
  };
  return `M${place(from, OUTER)}A${OUTER} ${OUTER} 0 ${far} 1 ${place(to, OUTER)}L${place(to, INNER)}A${INNER} ${INNER} 0 ${far} 0 ${place(from, INNER)}z`;
}

function ring(radius: number): string {
  const half = `a${radius} ${radius} 0 1 0`;
  return `M${CENTRE.x - radius} ${CENTRE.y}${half} ${2 * radius} 0${half} ${-2 * radius} 0z`;
}

function shareOf(part: Fen, whole: Fen): string {
  const tenths = (part * 2_000n + whole) / (whole * 2n);
  return `${tenths / 10n}.${tenths % 10n}%`;
}
