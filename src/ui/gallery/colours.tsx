import { Card } from "../box/card.tsx";

const TOKENS =
  "paper surface sunken line line-strong ink ink-2 ink-3 brand brand-strong on-brand brand-soft brand-line quick deep on-deep seal gold ok ok-soft ok-line wait wait-soft wait-line bad bad-soft bad-line mute-soft focus halo";
/** The tokens of colour, as they look now. */
export function Colours() {
  return (
    <Card title="颜色">
      <ul class="swatches">
        {TOKENS.split(" ").map((token) => (
          <li key={token}>
            <svg viewBox="0 0 96 40" aria-hidden="true" focusable="false">
              <rect width="96" height="40" fill={`var(--${token})`} stroke="var(--line-strong)" />
            </svg>
            <span class="small">{token}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
