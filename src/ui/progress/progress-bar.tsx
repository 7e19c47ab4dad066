export interface ProgressBarProps {
  /** What is under way: 正在导入. */
  label: string;
  thousandths: number;
  /** How much that is: 已处理 5000 行. */
  note: string;
}

/** How far long work is, as a bar and in words; the page can be left and opened again. */
export function ProgressBar({ label, thousandths, note }: ProgressBarProps) {
  const percent = Math.floor(thousandths / 10);
  return (
    <div class="progress-of-work">
      <p>
        <strong>
          {label}，{percent}%
        </strong>{" "}
        <span class="quiet">{note}</span>
      </p>
      <progress max={1000} value={thousandths} aria-label={`${label} ${percent}%`} />
    </div>
  );
}
