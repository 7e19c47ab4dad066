import type { ComponentChildren } from "preact";

export interface Figure {
  label: string;
  /** Large: 918.64 万元. */
  value: ComponentChildren;
  /** Tenths of a per cent, drawn as a bar below the value; over 100 % fills it. */
  shareTenths?: bigint | null | undefined;
  /** One line: of when, of how many. */
  note?: ComponentChildren;
}

/** 100 % in tenths of a per cent. */
const FULL = 1000n;

/** A few figures side by side, each on a card of its own. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl class="figures">
      {figures.map((figure) => (
        <div key={figure.label} class="card">
          <dt>{figure.label}</dt>
          <dd class="figure">{figure.value}</dd>
          {typeof figure.shareTenths === "bigint" && (
            <dd aria-hidden="true">
              <progress
                max={`${FULL}`}
                value={`${figure.shareTenths < FULL ? figure.shareTenths : FULL}`}
              />
            </dd>
          )}
          {figure.note && <dd class="small">{figure.note}</dd>}
        </div>
      ))}
    </dl>
  );
}
